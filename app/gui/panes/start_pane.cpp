// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/start_pane.h"

#include "export/targets.h"
#include "job_runner.h"
#include "panes/budget_field.h"
#include "panes/estimate_line.h"
#include "pipeline/allocate_bits.h"
#include "session.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace halftone {

namespace {

// What a target cannot hold of a method's result, before an hour was spent on it.
QString hintFor(const QString& target, const QString& method)
{
    const bool grid = method == QLatin1String("rtn") || method == QLatin1String("gptq");
    if (target == QLatin1String("gguf") && !grid && !method.startsWith(QLatin1String("gguf-")))
        return StartPane::tr("GGUF has no type for what this method makes: it becomes 16-bit floats there. Methods named gguf stay small.");
    if ((target == QLatin1String("gptq") || target == QLatin1String("compressed-tensors")) && !grid)
        return StartPane::tr("This format takes results of rounding to nearest and GPTQ over as they are; others are rounded anew.");
    return target == QLatin1String("huggingface") ? StartPane::tr("This folder has every weight as a float, at the size of the original.") : QString();
}

} // namespace

StartPane::StartPane(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_output(new QLineEdit), m_target(new QComboBox), m_hint(new QLabel),
      m_budget(new BudgetField), m_estimate(new EstimateLine(session)), m_start(new QPushButton(tr("Start")))
{
    m_output->setAccessibleName(tr("Folder for the result"));
    m_output->setPlaceholderText(tr("Folder for the result"));
    m_output->setObjectName(QStringLiteral("resultFolder"));
    auto* browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setAccessibleName(tr("Choose the folder for the result"));
    m_target->setAccessibleName(tr("Also write for"));
    m_target->setObjectName(QStringLiteral("thenExport"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_target->setMinimumContentsLength(12);
    m_target->addItem(tr("nothing else"), QString());
    for (const ExportTarget* target : exportTargets()) {
        m_target->addItem(target->title(), target->id());
        m_target->setItemData(m_target->count() - 1, target->purpose(), Qt::ToolTipRole);
    }
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setShortcut(Qt::CTRL | Qt::Key_Return);
    m_start->setEnabled(false);
    m_start->setDefault(true);
    auto* folder = new QHBoxLayout;
    folder->addWidget(new QLabel(tr("Result")));
    folder->addWidget(m_output, 1);
    folder->addWidget(browse);
    auto* then = new QHBoxLayout;
    then->addWidget(new QLabel(tr("Also write")));
    then->addWidget(m_target, 1);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->hide();
    auto* fit = new QHBoxLayout;
    fit->addWidget(new QLabel(tr("Fit in")));
    fit->addWidget(m_budget, 1);
    auto* sweep = new QPushButton(tr("Sweep…"));
    sweep->setObjectName(QStringLiteral("sweepHere"));
    sweep->setToolTip(tr("Runs the recipe at several salient ratios"));
    auto* starts = new QHBoxLayout;
    starts->addWidget(m_start, 1);
    starts->addWidget(sweep);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 8, 12, 12);
    rows->addLayout(folder);
    rows->addLayout(then);
    rows->addWidget(m_hint);
    rows->addLayout(fit);
    rows->addWidget(m_estimate);
    rows->addLayout(starts);
    m_start->setToolTip(tr("Quantize the whole model with this recipe (%1)")
                            .arg(m_start->shortcut().toString(QKeySequence::NativeText)));
    connect(m_output, &QLineEdit::textChanged, this, &StartPane::enableStart);
    connect(browse, &QToolButton::clicked, this, &StartPane::chooseOutput);
    connect(m_start, &QPushButton::clicked, this, &StartPane::start);
    connect(m_target, &QComboBox::currentIndexChanged, this, &StartPane::showHint);
    connect(&session, &Session::recipeChanged, this, &StartPane::showHint);
    connect(m_budget, &QLineEdit::textChanged, this, &StartPane::showBudget);
    connect(sweep, &QPushButton::clicked, this, &StartPane::sweepWanted);
    connect(&session, &Session::recipeChanged, this, &StartPane::showBudget);
    connect(&session, &Session::checkpointChanged, this, &StartPane::suggestOutput);
}

QString StartPane::out() const
{
    return QDir::fromNativeSeparators(m_output->text().trimmed());
}

void StartPane::showHint()
{
    m_hint->setText(hintFor(m_target->currentData().toString(), m_session.recipe().method));
    m_hint->setVisible(!m_hint->text().isEmpty());
}

Budget StartPane::budget() const
{
    return m_budget->isEnabled() ? m_budget->budget().value_or(Budget{}) : Budget{};
}

void StartPane::showBudget()
{
    m_budget->setEnabled(!bitsParameter(m_session.recipe().method).isEmpty());
    const bool clear = !m_budget->isEnabled() || m_budget->budget();
    m_estimate->setBudget(budget(), clear ? QString() : tr("Write a size such as 60 MB, or bits per weight such as 2.5 bits."));
    enableStart();
}

void StartPane::suggestOutput()
{
    const QFileInfo model(QDir::cleanPath(m_session.checkpoint()->path()));
    const QString base = QDir::home().filePath(model.completeBaseName() + QStringLiteral("-halftone"));
    // A run refuses a folder that is there, and jobs that wait have taken theirs.
    const auto taken = [this](const QString& path) {
        const auto& jobs = m_session.jobs().jobs();
        return QFileInfo::exists(path) || std::any_of(jobs.begin(), jobs.end(), [&](const auto& job) {
                   return job->open() && job->order.out == path;
               });
    };
    QString path = base;
    for (int i = 2; taken(path); ++i)
        path = QStringLiteral("%1-%2").arg(base).arg(i);
    m_output->setText(QDir::toNativeSeparators(path));
}

void StartPane::chooseOutput()
{
    auto* dialog = new QFileDialog(this, tr("Folder for the result"), m_output->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_output->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void StartPane::enableStart()
{
    m_start->setEnabled(m_session.checkpoint() && !out().isEmpty() && (!m_budget->isEnabled() || m_budget->budget()));
}

void StartPane::start()
{
    RunOrder order{m_session.recipe(), out()};
    order.budget = budget();
    const QString id = m_target->currentData().toString();
    if (!id.isEmpty()) {
        order.exported.target = id;
        order.exported.out = order.out + (exportTarget(id).isFolder() ? QStringLiteral("-") + id : QStringLiteral(".gguf"));
    }
    m_session.jobs().start(order);
    suggestOutput(); // for the next one, which may be put into the queue at once
}

} // namespace halftone
