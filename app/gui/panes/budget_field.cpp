// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/budget_field.h"

#include <QRegularExpression>

namespace halftone {

namespace {

constexpr double kMostBits = 16;

} // namespace

BudgetField::BudgetField(QWidget* parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("any size, or 2.5 bits, 60 MB"));
    setAccessibleName(tr("Fit in"));
    setToolTip(tr("Spreads bits over the layers by how much the model feels each, so that the result has this size"));
    setObjectName(QStringLiteral("fitIn"));
    setClearButtonEnabled(true);
}

std::optional<Budget> BudgetField::budgetIn(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)\\s*(\\D*)$"));
    const QString said = text.trimmed();
    if (said.isEmpty())
        return Budget{};
    const auto match = form.match(said);
    if (!match.hasMatch())
        return {};
    double value = match.captured(1).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    const QString unit = match.captured(2).trimmed().toLower();
    const bool bits = unit.startsWith(QLatin1String("b")) || unit == tr("bits").toLower();
    if (unit == QLatin1String("gb"))
        value *= 1000;
    else if (!unit.isEmpty() && !bits && unit != QLatin1String("mb"))
        return {};
    const Budget budget{value, !bits && (!unit.isEmpty() || value > kMostBits)};
    if (!(value > 0) || (!budget.megabytes && value > kMostBits))
        return {};
    return budget;
}

} // namespace halftone
