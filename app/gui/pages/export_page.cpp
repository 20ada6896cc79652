// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/export_page.h"

#include "base/error.h"
#include "export_model.h"
#include "job_runner.h"
#include "look_lane.h"
#include "pages/type_exceptions.h"
#include "project/project.h"
#include "session.h"
#include "texts.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCommandLinkButton>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QUrl>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("export estimate");

QString listed(const QString& title, const QStringList& sentences)
{
    if (sentences.isEmpty())
        return {};
    QString out = QStringLiteral("<p><b>%1</b></p><ul>").arg(title.toHtmlEscaped());
    for (const QString& sentence : sentences)
        out += QStringLiteral("<li>%1</li>").arg(sentence.toHtmlEscaped());
    return out + QStringLiteral("</ul>");
}

// What a run of this kind costs in the target's own types, each a link that chooses it.
QString nearestTable(const std::vector<ExportNearest>& nearest)
{
    if (nearest.empty())
        return {};
    QString out = QStringLiteral("<p><b>%1</b></p><table cellspacing='4'><tr><td>%2</td><td>%3</td><td>%4</td></tr>")
                      .arg(tr("Types that would make it small").toHtmlEscaped(), tr("type").toHtmlEscaped(),
                           tr("bits per weight").toHtmlEscaped(), tr("error added, measured on one layer").toHtmlEscaped());
    for (const ExportNearest& n : nearest)
        out += QStringLiteral("<tr><td><a href='%1'>%1</a></td><td align='right'>%2</td><td align='right'>%3</td></tr>")
                   .arg(n.type.toHtmlEscaped(), QLocale().toString(n.bitsPerWeight, 'f', 2), percentText(n.error, 2));
    return out + QStringLiteral("</table>");
}

} // namespace

ExportPage::ExportPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_source(new QComboBox), m_cards(new QButtonGroup(this))
{
    m_source->setAccessibleName(tr("What to export"));
    m_source->setObjectName(QStringLiteral("source"));
    auto* head = new QHBoxLayout;
    head->addWidget(new QLabel(tr("Export")));
    head->addWidget(m_source, 1);
    auto* middle = new QHBoxLayout;
    middle->addWidget(makeCards());
    middle->addWidget(makeReview(), 1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 12, 16, 12);
    rows->setSpacing(12);
    rows->addLayout(head);
    rows->addLayout(middle, 1);
    rows->addWidget(makeFoot());
    connect(m_source, &QComboBox::activated, this, [this] { m_chosen = true; });
    connect(m_source, &QComboBox::currentIndexChanged, this, &ExportPage::showTarget);
    connect(m_cards, &QButtonGroup::idClicked, this, &ExportPage::showTarget);
    connect(&session, &Session::checkpointChanged, this, &ExportPage::fillSources);
    connect(&session.project(), &Project::runsChanged, this, &ExportPage::fillSources);
    connect(&session.jobs(), &JobRunner::finished, this,
            [this](std::shared_ptr<const RunOutcome> outcome) { showOutcome(*outcome); });
    fillSources();
}

QWidget* ExportPage::makeCards()
{
    auto* cards = new QWidget;
    auto* rows = new QVBoxLayout(cards);
    rows->setContentsMargins(0, 0, 0, 0);
    int id = 0;
    for (const ExportTarget* target : exportTargets()) {
        auto* card = new QCommandLinkButton(target->title(), target->purpose());
        card->setObjectName(target->id());
        card->setCheckable(true);
        card->setIcon(style()->standardIcon(target->isFolder() ? QStyle::SP_DirIcon : QStyle::SP_FileIcon));
        m_cards->addButton(card, id);
        card->setChecked(id++ == 0);
        rows->addWidget(card);
    }
    rows->addStretch(1);
    cards->setFixedWidth(330);
    return cards;
}

QWidget* ExportPage::makeReview()
{
    m_type = new QComboBox;
    m_type->setAccessibleName(tr("How the weights are stored"));
    m_review = new QLabel;
    m_review->setTextFormat(Qt::RichText);
    m_review->setWordWrap(true);
    m_review->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_review->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard |
                                      Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_review, &QLabel::linkActivated, this, [this](const QString& type) {
        m_type->setCurrentIndex(std::max(0, m_type->findData(type)));
    });
    m_review->setAccessibleDescription(tr("What the export weighs, who reads it and what is lost"));
    m_review->setObjectName(QStringLiteral("review"));
    m_review->setMargin(8);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_review);
    scroll->setWidgetResizable(true);
    auto* choice = new QHBoxLayout;
    choice->addWidget(new QLabel(tr("Weights as")));
    choice->addWidget(m_type, 1);
    auto* pane = new QWidget;
    auto* rows = new QVBoxLayout(pane);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(choice);
    m_exceptions = new TypeExceptions;
    rows->addWidget(m_exceptions);
    m_turned = new QCheckBox(tr("Turn the weights for quantizing"));
    m_turned->setToolTip(tr("The same model in another basis, which is folded into its weights: what quantizes it loses less "
                            "where some inputs are far larger than others"));
    m_turned->setObjectName(QStringLiteral("turned"));
    rows->addWidget(m_turned);
    rows->addWidget(scroll, 1);
    connect(m_type, &QComboBox::currentIndexChanged, this, &ExportPage::wantEstimate);
    connect(m_turned, &QCheckBox::toggled, this, &ExportPage::wantEstimate);
    connect(m_exceptions, &TypeExceptions::changed, this, &ExportPage::wantEstimate);
    return pane;
}

QWidget* ExportPage::makeFoot()
{
    m_output = new QLineEdit;
    m_output->setAccessibleName(tr("Where to write"));
    auto* browse = new QPushButton(tr("Choose…"));
    m_start = new QPushButton(tr("Export"));
    m_start->setObjectName(QStringLiteral("export"));
    auto* copy = new QPushButton(tr("Copy command"));
    copy->setToolTip(tr("The same export, to be typed in a terminal"));
    m_open = new QPushButton(tr("Open folder"));
    m_open->setEnabled(false);
    m_verified = new QLabel;
    m_verified->setWordWrap(true);
    m_verified->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verified->setAccessibleDescription(tr("Result of the export"));
    m_verified->setObjectName(QStringLiteral("verified"));
    auto* row = new QHBoxLayout;
    for (QWidget* widget : {static_cast<QWidget*>(m_output), static_cast<QWidget*>(browse), static_cast<QWidget*>(copy),
                            static_cast<QWidget*>(m_open), static_cast<QWidget*>(m_start)})
        row->addWidget(widget, widget == m_output ? 1 : 0);
    auto* foot = new QWidget;
    auto* rows = new QVBoxLayout(foot);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    rows->addWidget(m_verified);
    connect(browse, &QPushButton::clicked, this, &ExportPage::chooseOutput);
    connect(m_start, &QPushButton::clicked, this, &ExportPage::start);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(exportCommand(source(), order())); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        const QFileInfo place(m_written);
        QDesktopServices::openUrl(QUrl::fromLocalFile(place.isDir() ? m_written : place.absolutePath()));
    });
    return foot;
}

void ExportPage::fillSources()
{
    const QString before = source();
    {
        const QSignalBlocker blocker(m_source);
        m_source->clear();
        const auto& runs = m_session.project().runs();
        for (auto run = runs.rbegin(); run != runs.rend(); ++run)
            m_source->addItem(tr("%1 (result, %2)").arg((*run)->label, sizeText((*run)->report.size.packedFile)), (*run)->folder);
        if (const auto checkpoint = m_session.checkpoint())
            m_source->addItem(tr("%1 (the open model, %2)").arg(m_session.name(), sizeText(checkpoint->fileBytes())), checkpoint->path());
        // The newest result, unless something else was chosen.
        m_source->setCurrentIndex(m_chosen ? std::max(0, m_source->findData(before)) : 0);
    }
    showTarget();
}

QString ExportPage::source() const
{
    return m_source->currentData().toString();
}

const ExportTarget& ExportPage::target() const
{
    return *exportTargets()[std::size_t(std::max(0, m_cards->checkedId()))];
}

ExportOrder ExportPage::order() const
{
    ExportOrder order;
    order.target = target().id();
    if (!m_type->currentData().toString().isEmpty())
        order.settings["type"] = m_type->currentData().toString().toStdString();
    if (tellsTensorsApart())
        for (const ExportException& e : m_exceptions->exceptions())
            order.settings["type_for"].push_back({e.pattern.toStdString(), e.type.toStdString()});
    if (m_turned->isVisibleTo(this) && m_turned->isChecked())
        order.settings["turned"] = true;
    order.out = QDir::fromNativeSeparators(m_output->text().trimmed());
    return order;
}

bool ExportPage::tellsTensorsApart() const
{
    return target().id() == QLatin1String("gguf");
}

void ExportPage::showTarget()
{
    {
        const QSignalBlocker blocker(m_type);
        m_type->clear();
        m_type->addItem(tr("what suits the model best"), QString());
        for (const ExportType& type : target().types()) {
            m_type->addItem(type.title, type.id);
            m_type->setItemData(m_type->count() - 1, type.readers, Qt::ToolTipRole);
        }
    }
    m_turned->setVisible(target().id() == QLatin1String("huggingface"));
    m_exceptions->setVisible(tellsTensorsApart());
    if (tellsTensorsApart())
        m_exceptions->offer(target().types());
    suggestOutput();
    wantEstimate();
}

void ExportPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wantEstimate();
}

void ExportPage::wantEstimate()
{
    m_start->setEnabled(false);
    if (source().isEmpty() || !isVisible())
        return;
    m_review->setText(tr("Working out what it weighs…"));
    const ExportChoices choices = choicesOf(order());
    m_session.look().ask<ExportEstimate>(
        kTag, this,
        [choices, path = source(), &chosen = target()](Progress&) { return chosen.estimate(*Checkpoint::open(path), choices); },
        [this](std::shared_ptr<const ExportEstimate> estimate) { showEstimate(*estimate); },
        [this](const QString& sentence) { m_review->setText(sentence.toHtmlEscaped()); });
}

void ExportPage::showEstimate(const ExportEstimate& estimate)
{
    QString text = QStringLiteral("<p><span style='font-size:x-large'>%1</span></p><table cellspacing='4'>")
                       .arg(tr("%1 instead of %2").arg(sizeText(estimate.bytes), sizeText(estimate.originalBytes)).toHtmlEscaped());
    for (const ExportPart& part : estimate.parts)
        if (part.bytes > 0)
            text += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr>").arg(part.title.toHtmlEscaped(), sizeText(part.bytes));
    text += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr></table>")
                .arg(tr("bits per linear weight"), QLocale().toString(estimate.bitsPerWeight, 'f', 2));
    text += listed(tr("Read by"), estimate.readers);
    text += listed(tr("What is lost"), estimate.losses.isEmpty() ? QStringList{tr("Nothing: the weights are taken over as they are.")}
                                                                 : estimate.losses);
    text += nearestTable(estimate.nearest);
    text += listed(tr("To know"), estimate.notes);
    m_review->setText(text);
    m_start->setEnabled(true);
}

void ExportPage::suggestOutput()
{
    if (source().isEmpty())
        return;
    const QFileInfo model(QDir::cleanPath(source()));
    const QString ending = target().isFolder() ? QStringLiteral("-") + target().id() : QStringLiteral(".gguf");
    QString path = QDir::home().filePath(model.completeBaseName() + ending);
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = QDir::home().filePath(QStringLiteral("%1-%2%3").arg(model.completeBaseName()).arg(i).arg(ending));
    m_output->setText(QDir::toNativeSeparators(path));
}

void ExportPage::chooseOutput()
{
    auto* dialog = new QFileDialog(this, tr("Where to write"), m_output->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_output->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void ExportPage::start()
{
    RunOrder run{m_session.recipe(), {}};
    run.recipe.model = source();
    run.exported = order();
    m_verified->setText(tr("In the queue; its result appears here."));
    m_session.jobs().start(run);
}

void ExportPage::showOutcome(const RunOutcome& outcome)
{
    if (!outcome.exported)
        return;
    m_written = outcome.exported->path;
    m_verified->setText(QDir::toNativeSeparators(m_written) + QStringLiteral(": ") + outcome.exported->facts.join(QLatin1Char(' ')));
    m_open->setEnabled(true);
    suggestOutput();
}

} // namespace halftone
