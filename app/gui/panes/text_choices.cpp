// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/text_choices.h"

#include "session.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

namespace halftone {

namespace {

std::optional<Index> numberOf(const QSpinBox& box)
{
    return box.value() == 0 ? std::optional<Index>() : box.value();
}

} // namespace

TextChoices::TextChoices(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_seed(new QSpinBox), m_judge(new QCheckBox(tr("Judge the result")))
{
    auto* more = new QToolButton;
    more->setText(tr("Texts"));
    more->setObjectName(QStringLiteral("texts"));
    more->setToolTip(tr("What a run calibrates on and is judged by"));
    more->setCheckable(true);
    more->setAutoRaise(true);
    more->setArrowType(Qt::RightArrow);
    more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(4);
    m_calibration = addFields(inner, tr("Calibration"), tr("the text that comes with Halftone"),
                              tr("The text on which the inputs of the layers are observed"));
    inner->addWidget(makeSeed());
    m_judge->setToolTip(tr("Measures perplexity and divergence before and after"));
    inner->addWidget(m_judge);
    m_evaluation = addFields(inner, tr("Held-out text"), tr("what follows the calibration windows"),
                             tr("The text by which the result is judged; it should not be the calibration text"));
    content->hide();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(more);
    rows->addWidget(content);
    connect(more, &QToolButton::toggled, content, [more, content](bool on) {
        more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        content->setVisible(on);
    });
    connect(m_judge, &QCheckBox::toggled, this, &TextChoices::take);
    connect(&session, &Session::recipeChanged, this, &TextChoices::showRecipe);
    showRecipe();
}

QWidget* TextChoices::makeSeed()
{
    m_seed->setRange(0, 999999);
    m_seed->setKeyboardTracking(false);
    m_seed->setSpecialValueText(tr("0: the first windows"));
    m_seed->setObjectName(QStringLiteral("calibrationSeed"));
    m_seed->setAccessibleName(tr("Calibration: seed"));
    m_seed->setToolTip(tr("Another seed calibrates on windows from other places of the text and is judged on the same. Compare shows "
                          "runs that differ in it alone as repeats, with their mean and spread."));
    auto* label = new QLabel(tr("Seed"));
    label->setBuddy(m_seed);
    auto* pane = new QWidget;
    auto* row = new QHBoxLayout(pane);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(label);
    row->addWidget(m_seed, 1);
    connect(m_seed, &QSpinBox::valueChanged, this, &TextChoices::take);
    return pane;
}

TextChoices::Fields TextChoices::addFields(QVBoxLayout* rows, const QString& title, const QString& standard, const QString& why)
{
    Fields fields{new QLineEdit, new QSpinBox, new QSpinBox};
    fields.file->setPlaceholderText(standard);
    fields.file->setToolTip(why);
    fields.file->setAccessibleName(title);
    auto* browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose a file for: %1").arg(title));
    auto* first = new QHBoxLayout;
    first->addWidget(fields.file, 1);
    first->addWidget(browse);
    auto* second = new QHBoxLayout;
    const auto add = [&](QSpinBox* box, const QString& name, int most) {
        box->setRange(0, most);
        box->setKeyboardTracking(false);
        box->setSpecialValueText(tr("as usual"));
        box->setAccessibleName(tr("%1: %2").arg(title, name));
        auto* label = new QLabel(name);
        label->setBuddy(box);
        second->addWidget(label);
        second->addWidget(box, 1);
        connect(box, &QSpinBox::valueChanged, this, &TextChoices::take);
    };
    add(fields.windows, tr("Windows"), 100000);
    add(fields.context, tr("of tokens"), 1 << 20);
    rows->addWidget(new QLabel(title));
    rows->addLayout(first);
    rows->addLayout(second);
    connect(fields.file, &QLineEdit::editingFinished, this, &TextChoices::take);
    connect(browse, &QToolButton::clicked, this, [this, file = fields.file] { choose(file); });
    return fields;
}

void TextChoices::choose(QLineEdit* file)
{
    auto* dialog = new QFileDialog(this, tr("Open a text"), file->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString& path) {
        file->setText(path);
        take();
    });
    dialog->open();
}

void TextChoices::show(const Fields& fields, const TextChoice& choice)
{
    fields.file->setText(choice.text);
    fields.windows->setValue(int(choice.windows.value_or(0)));
    fields.context->setValue(int(choice.context.value_or(0)));
}

void TextChoices::showRecipe()
{
    m_showing = true;
    show(m_calibration, m_session.recipe().calibration);
    show(m_evaluation, m_session.recipe().evaluation);
    m_seed->setValue(m_session.recipe().calibration.seed);
    m_judge->setChecked(m_session.recipe().judge);
    m_showing = false;
}

void TextChoices::take()
{
    if (m_showing)
        return;
    Recipe recipe = m_session.recipe();
    const auto choice = [](const Fields& fields) {
        return TextChoice{fields.file->text().trimmed(), numberOf(*fields.windows), numberOf(*fields.context)};
    };
    recipe.calibration = choice(m_calibration);
    recipe.calibration.seed = m_seed->value();
    recipe.evaluation = choice(m_evaluation);
    recipe.judge = m_judge->isChecked();
    m_session.setRecipe(recipe, tr("texts"));
}

} // namespace halftone
