// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/budget_dialog.h"

#include "pipeline/allocate_bits.h"
#include "quantize/quantizers.h"
#include "session.h"
#include "texts.h"
#include "widgets/ratio_slider.h"
#include "widgets/save_picture.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("budget");

} // namespace

BudgetDialog::BudgetDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_unit(new QComboBox), m_value(new DecimalBox),
      m_spread(new QPushButton(tr("Spread"))), m_bar(new QProgressBar), m_say(new QLabel), m_table(new QTableWidget)
{
    setWindowTitle(tr("Fit a budget"));
    m_unit->addItems({tr("bits per weight on disk"), tr("MB in all")});
    m_unit->setAccessibleName(tr("What the budget counts"));
    m_value->setObjectName(QStringLiteral("budgetValue"));
    m_value->setAccessibleName(tr("Budget"));
    m_spread->setObjectName(QStringLiteral("spread"));
    m_say->setWordWrap(true);
    m_say->setObjectName(QStringLiteral("budgetSays"));
    m_say->setMinimumHeight(4 * fontMetrics().height());
    m_say->setAlignment(Qt::AlignTop);
    m_bar->setAccessibleName(tr("Progress of the spreading"));
    m_bar->setRange(0, 1000);
    auto* first = new QHBoxLayout;
    first->addWidget(new QLabel(tr("Fit in")));
    first->addWidget(m_value);
    first->addWidget(m_unit);
    first->addStretch(1);
    first->addWidget(m_spread);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_use = buttons->addButton(tr("Use as recipe"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName(QStringLiteral("useBudget"));
    auto* rows = new QVBoxLayout(this);
    rows->addLayout(first);
    rows->addWidget(m_bar);
    rows->addWidget(m_say);
    rows->addWidget(makeTable(), 1);
    rows->addWidget(buttons);
    setMinimumWidth(520);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &BudgetDialog::showUnit);
    connect(m_spread, &QPushButton::clicked, this, &BudgetDialog::spread);
    connect(m_use, &QPushButton::clicked, this, &BudgetDialog::use);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showUnit();
    setBusy(false);
    m_say->setText(tr("Each layer is disturbed in turn, to see how much the model feels it; what it feels most gets most bits."));
    if (bitsParameter(session.recipe().method).isEmpty()) {
        m_spread->setEnabled(false);
        m_say->setText(tr("The method '%1' has nothing by which bits could be spent layer by layer. Choose PB-LLM or "
                          "another with a salient ratio, or one of the presets.")
                           .arg(quantizer(session.recipe().method).title()));
    }
}

QWidget* BudgetDialog::makeTable()
{
    m_table->setColumnCount(5);
    m_table->setAccessibleName(tr("What each kind of layer gets"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setHorizontalHeaderLabels({tr("Kind"), tr("Least"), tr("Mean"), tr("Most"), tr("in block")});
    addTableSaving(*m_table, [this] { return m_say->text(); });
    m_table->setMinimumHeight(9 * (fontMetrics().height() + 12));
    return m_table;
}

void BudgetDialog::showUnit()
{
    const bool megabytes = m_unit->currentIndex() == 1;
    m_value->setDecimals(megabytes ? 1 : 2);
    m_value->setSingleStep(megabytes ? 1 : 0.1);
    m_value->setRange(megabytes ? 0.1 : 0.5, megabytes ? 1e6 : 16);
    const double whole = m_session.checkpoint() ? double(m_session.checkpoint()->fileBytes()) / 1e6 : 100;
    m_value->setValue(megabytes ? whole / 4 : 2.5);
}

void BudgetDialog::setBusy(bool busy)
{
    m_bar->setVisible(busy);
    m_spread->setEnabled(!busy);
    m_use->setEnabled(!busy && m_plan);
}

void BudgetDialog::spread()
{
    m_plan.reset();
    setBusy(true);
    m_bar->setValue(0);
    Recipe recipe = m_session.recipe();
    recipe.overrides.clear();
    // The lane ends before the dialog does, so that what it posts finds its receiver or is dropped.
    const auto told = [this](double share, const QString& stage) {
        QMetaObject::invokeMethod(
            this,
            [this, share, stage] {
                m_bar->setValue(int(1000 * share));
                m_say->setText(tr("%1…").arg(stage));
            },
            Qt::QueuedConnection);
    };
    m_lane.ask<BudgetPlan>(
        kTag, this,
        [recipe, value = m_value->value(), megabytes = m_unit->currentIndex() == 1, told](Progress& progress) {
            return planBudget(recipe, value, megabytes, progress, told);
        },
        [this](std::shared_ptr<const BudgetPlan> plan) {
            m_plan = std::move(plan);
            showPlan();
        },
        [this](const QString& sentence) {
            setBusy(false);
            m_say->setText(sentence);
        });
}

void BudgetDialog::showPlan()
{
    setBusy(false);
    const bool share = m_plan->parameter == QLatin1String("salient_ratio");
    const auto text = [share](double value) {
        return share ? percentText(value, 1) : QLocale().toString(value, 'f', 2);
    };
    m_table->setRowCount(int(m_plan->rows.size()));
    for (int row = 0; row < int(m_plan->rows.size()); ++row) {
        const BudgetPlan::Row& each = m_plan->rows[std::size_t(row)];
        const QStringList cells{each.kind, text(each.least), text(each.mean), text(each.most), countText(each.richest)};
        for (int column = 0; column < int(cells.size()); ++column)
            m_table->setItem(row, column, new QTableWidgetItem(cells[column]));
    }
    QString name = m_plan->parameter;
    for (const Parameter& parameter : quantizer(m_plan->recipe.method).parameters())
        if (parameter.id == m_plan->parameter)
            name = parameter.title;
    m_say->setText(tr("%1 of each layer below. It costs about %2 (now %3), %4 bits per weight on disk, and %5 to make.")
                       .arg(name, sizeText(m_plan->estimate.packedBytes), sizeText(m_plan->estimate.originalBytes),
                            QLocale().toString(m_plan->estimate.diskBits, 'f', 2), durationText(m_plan->estimate.seconds)));
    m_use->setDefault(true);
}

void BudgetDialog::use()
{
    m_session.setRecipe(m_plan->recipe, tr("budget"));
    accept();
}

} // namespace halftone
