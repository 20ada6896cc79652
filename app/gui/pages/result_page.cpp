// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/result_page.h"

#include "job_runner.h"
#include "session.h"
#include "texts.h"

#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace halftone {

namespace {

QString tile(const QString& value, const QString& name)
{
    return QStringLiteral("<td style='padding-right:36px'><span style='font-size:x-large'>%1</span>"
                          "<br>%2</td>")
        .arg(value, name);
}

} // namespace

ResultPage::ResultPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_title(new QLabel), m_figures(new QLabel),
      m_report(new QTextBrowser)
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setAccessibleName(tr("Figures of the result"));
    m_report->setAccessibleName(tr("Report"));
    m_report->setOpenExternalLinks(false);
    auto* folder = new QPushButton(tr("Open folder"));
    auto* page = new QPushButton(tr("Open report in browser"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(page);
    head->addWidget(folder);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addWidget(m_figures);
    layout->addWidget(m_report, 1);
    const auto openPath = [this](const QString& file) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QDir(m_session.outcome()->order.out).filePath(file)));
    };
    connect(folder, &QPushButton::clicked, this, [openPath] { openPath(QString()); });
    connect(page, &QPushButton::clicked, this, [openPath] { openPath(QStringLiteral("report.html")); });
    connect(&session, &Session::outcomeChanged, this, &ResultPage::showOutcome);
}

void ResultPage::showOutcome()
{
    const RunOutcome& outcome = *m_session.outcome();
    const Report& report = outcome.report;
    const auto decimals = [](double value) { return QLocale().toString(value, 'f', 2); };
    m_title->setText(tr("%1 with %2").arg(report.model, report.method));
    QString tiles = tile(tr("%1 → %2").arg(sizeText(report.size.originalFile), sizeText(report.size.packedFile)),
                         tr("size of the model files")) +
                    tile(decimals(report.size.diskBits), tr("bits per weight on disk")) +
                    tile(decimals(report.size.nominalBits), tr("nominal bits"));
    if (report.evaluation) {
        const Evaluation& evaluation = *report.evaluation;
        const QString after = decimals(evaluation.perplexity.value);
        tiles += tile(evaluation.referencePerplexity
                          ? tr("%1 → %2").arg(decimals(evaluation.referencePerplexity->value), after)
                          : after,
                      tr("perplexity"));
    }
    tiles += tile(durationText(outcome.times.total), tr("time"));
    m_figures->setText(QStringLiteral("<table><tr>%1</tr></table>").arg(tiles));
    m_report->setHtml(reportHtml(report, outcome.times));
}

} // namespace halftone
