// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/result_page.h"

#include "job_runner.h"
#include "models/layer_table_model.h"
#include "session.h"
#include "texts.h"
#include "widgets/save_picture.h"

#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace halftone {

namespace {

QString decimals(double value, int count = 2)
{
    return QLocale().toString(value, 'f', count);
}

QString change(const QString& before, const QString& after)
{
    return ResultPage::tr("%1 → %2").arg(before, after);
}

// A value stays on one line; its name may take two.
QString tile(const QString& value, const QString& name)
{
    return QStringLiteral("<td style='padding-right:14px'>"
                          "<p style='white-space:nowrap; margin:0; font-size:x-large'>%1</p><p style='margin:0'>%2</p></td>")
        .arg(value, name);
}

// Three to a line: the pane beside the chart is narrow.
QString tiles(const Report& report, const RunTimes& times)
{
    QStringList all{tile(change(sizeText(report.size.originalFile), sizeText(report.size.packedFile)),
                         ResultPage::tr("size of the model files")),
                    tile(decimals(report.size.diskBits), ResultPage::tr("bits per weight on disk")),
                    tile(decimals(report.size.nominalBits), ResultPage::tr("nominal bits"))};
    if (report.evaluation) {
        const Evaluation& evaluation = *report.evaluation;
        const QString after = decimals(evaluation.perplexity.value);
        all += tile(evaluation.referencePerplexity
                        ? change(decimals(evaluation.referencePerplexity->value), after)
                        : after,
                    ResultPage::tr("perplexity (± %1)").arg(decimals(evaluation.perplexity.standardError)));
        if (evaluation.divergence)
            all += QStringList{tile(decimals(evaluation.divergence->mean, 3), ResultPage::tr("KL divergence, nats a token")),
                               tile(percentText(evaluation.divergence->sameTop, 1), ResultPage::tr("same top token"))};
    }
    all += tile(durationText(times.total), ResultPage::tr("time"));
    QString rows;
    for (qsizetype i = 0; i < all.size(); i += 3)
        rows += QStringLiteral("<tr>%1</tr>").arg(all.mid(i, 3).join(QString()));
    return QStringLiteral("<table>%1</table>").arg(rows);
}

QString bill(const SizeReport& size)
{
    QStringList parts{ResultPage::tr("linear layers %1")
                          .arg(change(sizeText(size.linearOriginal), sizeText(size.linearPacked))),
                      ResultPage::tr("embedding %1")
                          .arg(change(sizeText(size.embeddingOriginal), sizeText(size.embeddingPacked)))};
    if (size.headOriginal > 0)
        parts += ResultPage::tr("head %1").arg(change(sizeText(size.headOriginal), sizeText(size.headPacked)));
    parts += ResultPage::tr("norms, biases and headers %1").arg(sizeText(size.otherPacked));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ResultPage::ResultPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_layers(new LayerTableModel(this)), m_title(new QLabel),
      m_facts(new QLabel), m_figures(new QLabel), m_bill(new QLabel), m_notes(new QLabel)
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setObjectName(QStringLiteral("figures"));
    m_figures->setAccessibleDescription(tr("Figures of the result"));
    m_notes->setObjectName(QStringLiteral("notes"));
    m_notes->setAccessibleDescription(tr("Notes"));
    m_title->setWordWrap(true);
    for (QLabel* label : {m_facts, m_figures, m_bill, m_notes}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* folder = new QPushButton(tr("Open folder"));
    auto* page = new QPushButton(tr("Open report"));
    page->setToolTip(tr("The whole report, ready to be printed, in the browser"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(page);
    buttons->addWidget(folder);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_figures);
    layout->addLayout(buttons);
    for (QLabel* label : {m_bill, m_notes})
        layout->addWidget(label);
    layout->addWidget(makeTable(), 1);
    connect(folder, &QPushButton::clicked, this, [this] { open({}); });
    connect(page, &QPushButton::clicked, this, [this] { open(QStringLiteral("report.html")); });
    connect(&session, &Session::outcomeChanged, this, [this] {
        const RunOutcome& outcome = *m_session.outcome();
        showRun(outcome.report, outcome.times, outcome.order.out);
    });
}

QTableView* ResultPage::makeTable()
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_layers);
    sorted->setSortRole(LayerTableModel::SortRole);
    auto* table = new QTableView;
    table->setModel(sorted);
    table->setSortingEnabled(true);
    table->sortByColumn(LayerTableModel::Name, Qt::AscendingOrder);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setAccessibleName(tr("Layers and their errors"));
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultSectionSize(86);
    table->horizontalHeader()->resizeSection(LayerTableModel::Name, 220);
    table->setTextElideMode(Qt::ElideMiddle);
    addTableSaving(*table, [this] { return m_title->text() + QLatin1Char('\n') + m_facts->text(); });
    table->setMinimumHeight(6 * table->verticalHeader()->defaultSectionSize());
    return table;
}

void ResultPage::open(const QString& file)
{
    const QString path = QDir(m_folder).filePath(file);
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        emit m_session.complained(tr("No program was found that opens '%1'.").arg(QDir::toNativeSeparators(path)));
}

void ResultPage::showRun(const Report& report, const RunTimes& times, const QString& folder)
{
    m_folder = folder;
    m_title->setText(tr("%1 with %2").arg(report.model, report.method));
    m_facts->setText(tr("%1 windows of %2 tokens from %3 · %4")
                         .arg(countText(report.calibrationWindows), countText(report.calibrationContext),
                              report.calibrationText, QDir::toNativeSeparators(folder)));
    m_figures->setText(tiles(report, times));
    m_bill->setText(bill(report.size));
    m_notes->setText(QStringLiteral("• ") + report.notes.join(QStringLiteral("\n• ")));
    m_notes->setVisible(!report.notes.isEmpty());
    m_layers->setLayers(report.layers);
}

} // namespace halftone
