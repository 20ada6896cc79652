// SPDX-License-Identifier: GPL-3.0-or-later
#include "choice_text.h"

#include <QCoreApplication>

namespace halftone {

namespace {

struct ChoiceRow
{
    const char* choice;
    const char* title;
};

// Names of papers and formats (FP32, XNOR, ReCU, 2:4) are the same in every language.
constexpr ChoiceRow kChoices[] = {
    {"absmean", QT_TRANSLATE_NOOP("ChoiceText", "Mean magnitude")},
    {"activation", QT_TRANSLATE_NOOP("ChoiceText", "Activations")},
    {"bi-real", "Bi-Real"},
    {"bnn", "BNN"},
    {"column", QT_TRANSLATE_NOOP("ChoiceText", "Whole columns")},
    {"element", QT_TRANSLATE_NOOP("ChoiceText", "Single weights")},
    {"exact", QT_TRANSLATE_NOOP("ChoiceText", "Exact")},
    {"fda", "FDA"},
    {"fp32", "FP32"},
    {"fp64", "FP64"},
    {"free", QT_TRANSLATE_NOOP("ChoiceText", "Free")},
    {"group", QT_TRANSLATE_NOOP("ChoiceText", "Group")},
    {"hessian", QT_TRANSLATE_NOOP("ChoiceText", "Hessian")},
    {"lloyd", QT_TRANSLATE_NOOP("ChoiceText", "Lloyd")},
    {"magnitude", QT_TRANSLATE_NOOP("ChoiceText", "Magnitude")},
    {"masked", QT_TRANSLATE_NOOP("ChoiceText", "Masked")},
    {"matrix", QT_TRANSLATE_NOOP("ChoiceText", "Matrix")},
    {"optimal", QT_TRANSLATE_NOOP("ChoiceText", "Optimal")},
    {"paper", QT_TRANSLATE_NOOP("ChoiceText", "As in the paper")},
    {"plain", QT_TRANSLATE_NOOP("ChoiceText", "Plain")},
    {"published", QT_TRANSLATE_NOOP("ChoiceText", "Published code")},
    {"q1_0", "Q1_0"},
    {"q2_0", "Q2_0"},
    {"q2_k", "Q2_K"},
    {"q4_0", "Q4_0"},
    {"q4_k", "Q4_K"},
    {"raw", QT_TRANSLATE_NOOP("ChoiceText", "As they are")},
    {"rc", "RC"},
    {"recu", "ReCU"},
    {"row", QT_TRANSLATE_NOOP("ChoiceText", "Row")},
    {"salient", QT_TRANSLATE_NOOP("ChoiceText", "Salient weights")},
    {"tq2_0", "TQ2_0"},
    {"twn", "TWN"},
    {"uniform", QT_TRANSLATE_NOOP("ChoiceText", "Uniform")},
    {"x", "X"},
    {"xnor", "XNOR"},
};

const ChoiceRow* rowOf(const QString& choice)
{
    for (const ChoiceRow& row : kChoices)
        if (choice == QLatin1String(row.choice))
            return &row;
    return nullptr;
}

} // namespace

bool hasChoiceText(const QString& choice)
{
    return rowOf(choice) != nullptr;
}

QString choiceText(const QString& choice)
{
    if (const ChoiceRow* row = rowOf(choice))
        return QCoreApplication::translate("ChoiceText", row->title);
    QString text = choice;
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    return text.left(1).toUpper() + text.mid(1);
}

} // namespace halftone
