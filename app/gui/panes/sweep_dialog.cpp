// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/sweep_dialog.h"

#include "job_runner.h"
#include "session.h"
#include "texts.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <algorithm>

namespace halftone {

namespace {

// The ratios of PB-LLM's tables (Shang et al. 2023), in percent.
const auto kPapersRatios = "2  5  10  20  30";

} // namespace

SweepDialog::SweepDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_ratios(new QLineEdit(QLatin1String(kPapersRatios))),
      m_repeats(new QSpinBox), m_folder(new QLineEdit), m_say(new QLabel)
{
    setWindowTitle(tr("Sweep"));
    m_ratios->setObjectName(QStringLiteral("ratios"));
    m_ratios->setAccessibleName(tr("Salient ratios in percent"));
    m_repeats->setRange(1, 20);
    m_repeats->setObjectName(QStringLiteral("repeats"));
    m_repeats->setAccessibleName(tr("Seeds for each ratio"));
    m_repeats->setToolTip(tr("Each seed calibrates on windows from other places of the text; Compare shows their mean and spread."));
    m_folder->setObjectName(QStringLiteral("folder"));
    m_folder->setAccessibleName(tr("Folder that holds the results"));
    const QFileInfo model(QDir::cleanPath(session.recipe().model));
    m_folder->setText(QDir::toNativeSeparators(QDir::home().filePath(model.completeBaseName() + QStringLiteral("-sweep"))));
    m_say->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    auto* form = new QFormLayout;
    form->addRow(tr("Salient ratios, %"), m_ratios);
    form->addRow(tr("Seeds for each"), m_repeats);
    form->addRow(tr("Results in"), m_folder);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(new QLabel(tr("One run for each ratio, with the recipe as it stands. Finished ones are not repeated.")));
    rows->addLayout(form);
    rows->addWidget(m_say);
    rows->addWidget(buttons);
    setMinimumWidth(520);
    QWidget* last = m_ratios;
    for (QWidget* next : {static_cast<QWidget*>(m_repeats), static_cast<QWidget*>(m_folder), static_cast<QWidget*>(m_start),
                          static_cast<QWidget*>(buttons->button(QDialogButtonBox::Cancel))}) {
        setTabOrder(last, next);
        last = next;
    }
    connect(m_ratios, &QLineEdit::textChanged, this, &SweepDialog::check);
    connect(m_repeats, &QSpinBox::valueChanged, this, &SweepDialog::check);
    connect(m_folder, &QLineEdit::textChanged, this, &SweepDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &SweepDialog::start);
    m_ratios->selectAll(); // what is typed takes their place
    check();
}

std::vector<double> SweepDialog::ratiosIn(const QString& text)
{
    static const QRegularExpression between(QStringLiteral("[\\s;%]+|,\\s+|,$"));
    std::vector<double> ratios;
    for (QString part : text.split(between, Qt::SkipEmptyParts)) {
        bool ok = false;
        const double percent = part.replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&ok);
        if (!ok || percent < 0 || percent > 100)
            return {};
        ratios.push_back(percent / 100);
    }
    std::sort(ratios.begin(), ratios.end());
    ratios.erase(std::unique(ratios.begin(), ratios.end()), ratios.end());
    return ratios;
}

void SweepDialog::check()
{
    const auto ratios = ratiosIn(m_ratios->text());
    m_start->setEnabled(!ratios.empty() && !m_folder->text().trimmed().isEmpty() && m_session.checkpoint());
    m_say->setText(ratios.empty() ? tr("Write shares from 0 to 100, separated by spaces, such as 5 10 20.")
                                  : tr("%n runs will be put into the queue.", nullptr, int(ratios.size()) * m_repeats->value()));
}

void SweepDialog::start()
{
    const QString folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (!QDir().mkpath(folder)) {
        m_say->setText(tr("The folder '%1' cannot be made.").arg(folder));
        return;
    }
    const int first = m_session.recipe().calibration.seed;
    for (const double ratio : ratiosIn(m_ratios->text()))
        for (int seed = first; seed < first + m_repeats->value(); ++seed) {
            RunOrder order{m_session.recipe(), {}};
            order.recipe.settings["salient_ratio"] = ratio;
            order.recipe.calibration.seed = seed;
            QString name = QStringLiteral("%1-%2").arg(order.recipe.method, QString::number(100 * ratio, 'g', 4));
            order.label = tr("%1 at %2 %").arg(m_session.name(), QLocale().toString(100 * ratio, 'g', 4));
            if (seed != 0)
                name += QStringLiteral("-seed-%1").arg(seed);
            if (m_repeats->value() > 1)
                order.label = tr("%1, seed %2").arg(order.label).arg(seed);
            order.out = QDir(folder).filePath(name);
            m_session.jobs().start(order);
        }
    accept();
}

} // namespace halftone
