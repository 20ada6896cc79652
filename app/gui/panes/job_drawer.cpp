// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/job_drawer.h"

#include "app/backends.h"
#include "job_runner.h"
#include "layer_errors.h"
#include "look_lane.h"
#include "models/job_table_model.h"
#include "session.h"
#include "texts.h"
#include "widgets/chart_pane.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

namespace halftone {

JobDrawer::JobDrawer(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_model(new JobTableModel(session.jobs(), this)), m_table(new QTableView)
{
    auto* halves = new QSplitter;
    halves->addWidget(makeQueue());
    halves->addWidget(makeDetails());
    halves->setSizes({560, 560});
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setChildrenCollapsible(false);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(8, 4, 8, 0);
    rows->addWidget(halves);
    setMinimumHeight(210);
    JobRunner& jobs = session.jobs();
    connect(&jobs, &JobRunner::queueChanged, this, [this] {
        enableButtons();
        showDetails();
    });
    connect(&jobs, &JobRunner::started, this, [this] { select(m_session.jobs().running()->id); });
    connect(&jobs, &JobRunner::jobAdvanced, this, [this](int id) {
        if (id == selectedId())
            showDetails();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        enableButtons();
        showDetails();
    });
    fillDevices();
    enableButtons();
    showDetails();
}

// Devices are asked on the Look lane: a driver may take its time.
void JobDrawer::fillDevices()
{
    connect(m_device, &QComboBox::activated, this, [this] { m_session.setBackend(m_device->currentData().toString()); });
    m_session.look().ask<std::vector<DeviceRow>>(
        QStringLiteral("devices"), this, [](Progress&) { return devices(); },
        [this](std::shared_ptr<const std::vector<DeviceRow>> rows) {
            for (const DeviceRow& row : *rows) {
                const QString memory = sizeText(row.memoryBytes);
                m_device->addItem(row.name + QStringLiteral(", ") + memory, row.id);
                m_device->setItemData(m_device->count() - 1, memory + QStringLiteral(", ") + row.details, Qt::ToolTipRole);
            }
            // One that is no longer here is not asked for again.
            if (m_device->findData(m_session.keptBackend()) >= 0)
                m_session.setBackend(m_session.keptBackend());
            if (rows->size() == 1)
                m_device->setToolTip(tr("No Vulkan device was found: everything runs on the processor."));
        });
    connect(&m_session, &Session::recipeChanged, this, [this] {
        m_device->setCurrentIndex(std::max(0, m_device->findData(m_session.recipe().backend)));
    });
}

QWidget* JobDrawer::makeQueue()
{
    m_table->setObjectName(QStringLiteral("jobs"));
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(JobTableModel::Where, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(JobTableModel::Title, 190);
    m_table->horizontalHeader()->resizeSection(JobTableModel::Share, 60);
    auto* buttons = new QHBoxLayout;
    m_pause = addButton(buttons, tr("Pause"), tr("Stops a running job until it is resumed; a waiting one is passed by"), &JobDrawer::pauseOrResume);
    m_cancel = addButton(buttons, tr("Cancel"), tr("Ends the job; finished blocks stay on disk"), &JobDrawer::cancel);
    m_again = addButton(buttons, tr("Start again"), tr("Goes on from the last finished block"), &JobDrawer::again);
    m_earlier = addButton(buttons, tr("Earlier"), tr("Moves the job up in the queue"), &JobDrawer::earlier);
    m_later = addButton(buttons, tr("Later"), tr("Moves the job down in the queue"), &JobDrawer::later);
    m_clear = addButton(buttons, tr("Clear ended"), tr("Takes ended jobs from the list; results stay"), &JobDrawer::clear);
    buttons->addStretch(1);
    m_device = new QComboBox;
    m_device->setAccessibleName(tr("Where new jobs run"));
    m_device->setToolTip(tr("Where new jobs run"));
    m_device->addItem(tr("best device"), QStringLiteral("auto"));
    buttons->addWidget(m_device);
    auto* queue = new QWidget;
    auto* rows = new QVBoxLayout(queue);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_table, 1);
    rows->addLayout(buttons);
    return queue;
}

QToolButton* JobDrawer::addButton(QLayout* row, const QString& text, const QString& help, void (JobDrawer::*act)())
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(help);
    row->addWidget(button);
    connect(button, &QToolButton::clicked, this, act);
    return button;
}

QWidget* JobDrawer::makeDetails()
{
    m_chart = new ChartPane(tr("Errors of the layers"));
    m_log = new QPlainTextEdit;
    m_log->setReadOnly(true);
    m_log->setAccessibleName(tr("Log of the job"));
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_chart, tr("Layers"));
    tabs->addTab(m_log, tr("Log"));
    connect(m_chart, &ChartPane::complained, &m_session, &Session::complained);
    return tabs;
}

int JobDrawer::selectedId() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? current.data(JobTableModel::IdRole).toInt() : 0;
}

const Job* JobDrawer::selectedJob() const
{
    return m_session.jobs().job(selectedId());
}

void JobDrawer::select(int id)
{
    const int row = m_session.jobs().rowOf(id);
    if (row >= 0)
        m_table->selectRow(row);
}

void JobDrawer::pauseOrResume()
{
    const Job* job = selectedJob();
    if (job)
        m_session.jobs().setPaused(job->id, job->state == Job::State::Running || job->state == Job::State::Waiting);
}

void JobDrawer::cancel()
{
    m_session.jobs().cancel(selectedId());
}

void JobDrawer::again()
{
    m_session.jobs().again(selectedId());
}

void JobDrawer::earlier()
{
    const int id = selectedId();
    m_session.jobs().move(id, -1);
    select(id);
}

void JobDrawer::later()
{
    const int id = selectedId();
    m_session.jobs().move(id, 1);
    select(id);
}

void JobDrawer::clear()
{
    const int id = selectedId();
    m_session.jobs().clearEnded();
    select(id);
}

void JobDrawer::enableButtons()
{
    const Job* job = selectedJob();
    using State = Job::State;
    const auto& jobs = m_session.jobs().jobs();
    const bool stands = job && (job->state == State::Paused || job->state == State::Held);
    m_pause->setText(stands ? tr("Resume") : tr("Pause"));
    m_pause->setEnabled(job && job->open());
    m_cancel->setEnabled(job && job->open());
    m_again->setEnabled(job && !job->open() && job->state != State::Finished);
    m_earlier->setEnabled(job && m_session.jobs().rowOf(job->id) > 0);
    m_later->setEnabled(job && m_session.jobs().rowOf(job->id) + 1 < int(jobs.size()));
    m_clear->setEnabled(std::any_of(jobs.begin(), jobs.end(), [](const auto& other) { return !other->open(); }));
}

void JobDrawer::showDetails()
{
    const Job* job = selectedJob();
    if (!job || job->id != m_shownId) {
        m_log->clear();
        m_shownLines = 0;
        m_shownLayers = -1;
    }
    m_shownId = job ? job->id : 0;
    for (; job && m_shownLines < job->log.size(); ++m_shownLines)
        m_log->appendPlainText(job->log[m_shownLines]);
    const int layers = job ? int(job->layers.size()) : 0;
    if (layers != m_shownLayers)
        showLayerErrors(*m_chart, job ? job->layers : std::vector<LayerReport>());
    m_shownLayers = layers;
}

} // namespace halftone
