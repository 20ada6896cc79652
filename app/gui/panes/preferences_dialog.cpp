// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/preferences_dialog.h"

#include "app/backends.h"
#include "look_lane.h"
#include "original_hessians.h"
#include "pipeline/hessian_cache.h"
#include "session.h"
#include "texts.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace halftone {

namespace {

enum Column { Name, Memory, Features, ColumnCount };

} // namespace

PreferencesDialog::PreferencesDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_devices(new QTableWidget(0, ColumnCount)), m_say(new QLabel)
{
    setWindowTitle(tr("Preferences"));
    auto* heading = new QLabel(tr("New runs are computed on"));
    heading->setBuddy(m_devices);
    m_devices->setObjectName(QStringLiteral("devices"));
    m_devices->setAccessibleName(tr("Devices that runs can be computed on"));
    m_devices->setHorizontalHeaderLabels({tr("Device"), tr("Memory"), tr("Features")});
    m_devices->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_devices->setSelectionMode(QAbstractItemView::SingleSelection);
    m_devices->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_devices->setTabKeyNavigation(false);
    m_devices->setShowGrid(false);
    m_devices->verticalHeader()->hide();
    m_devices->horizontalHeader()->setHighlightSections(false);
    m_devices->horizontalHeader()->setStretchLastSection(true);
    m_say->setObjectName(QStringLiteral("preferencesSay"));
    m_say->setWordWrap(true);
    m_say->setText(tr("Looking for devices…"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(heading);
    rows->addWidget(m_devices, 1);
    rows->addWidget(m_say);
    if (session.hessians().cache())
        rows->addWidget(makeKept());
    rows->addWidget(buttons);
    resize(760, 320);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::take);
    // A driver may take its time.
    session.look().ask<std::vector<DeviceRow>>(
        QStringLiteral("devices of the preferences"), this, [](Progress&) { return devices(); },
        [this](std::shared_ptr<const std::vector<DeviceRow>> found) { showDevices(*found); },
        [this](const QString& sentence) { m_say->setText(sentence); });
}

// Files are counted and removed on the lane, as all files are.
QWidget* PreferencesDialog::makeKept()
{
    auto* pane = new QWidget;
    auto* say = new QLabel;
    auto* clear = new QPushButton(tr("Clear"));
    clear->setObjectName(QStringLiteral("clearHessians"));
    clear->setAccessibleName(tr("Clear the kept Hessians"));
    say->setObjectName(QStringLiteral("keptHessians"));
    say->setWordWrap(true);
    auto* row = new QHBoxLayout(pane);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(say, 1);
    row->addWidget(clear);
    const auto count = [this, say, clear](bool clearing) {
        m_session.look().ask<std::int64_t>(
            QStringLiteral("kept hessians"), this,
            [cache = m_session.hessians().keptIn(), clearing](Progress&) {
                if (clearing)
                    cache->clear();
                return cache->bytes();
            },
            [this, say, clear](std::shared_ptr<const std::int64_t> bytes) {
                say->setText(tr("Hessians of models seen before take %1 of at most %2 on disk.")
                                 .arg(sizeText(*bytes), sizeText(m_session.hessians().cache()->limit())));
                clear->setEnabled(*bytes > 0);
            });
    };
    connect(clear, &QPushButton::clicked, this, [count] { count(true); });
    count(false);
    return pane;
}

void PreferencesDialog::showDevices(const std::vector<DeviceRow>& rows)
{
    const auto add = [this](const QString& id, const QStringList& cells) {
        const int row = m_devices->rowCount();
        m_devices->insertRow(row);
        for (int column = 0; column < ColumnCount; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setData(Qt::UserRole, id);
            item->setToolTip(cells[column]);
            m_devices->setItem(row, column, item);
        }
        if (id == m_session.recipe().backend)
            m_devices->selectRow(row);
    };
    add(QStringLiteral("auto"), {tr("the best device"), QString(), tr("a GPU that can do it, else the processor")});
    for (const DeviceRow& row : rows)
        add(row.id, {row.name, row.memoryBytes > 0 ? sizeText(row.memoryBytes) : QString(), row.details});
    m_devices->resizeColumnToContents(Name);
    m_devices->resizeColumnToContents(Memory);
    m_say->setText(rows.size() > 1 ? tr("A device that lacks something says so. Jobs in the queue stay where they are.")
                                   : tr("There is no GPU with Vulkan here; the processor does everything."));
    m_devices->setFocus();
}

void PreferencesDialog::take()
{
    if (const QTableWidgetItem* item = m_devices->item(m_devices->currentRow(), 0))
        m_session.setBackend(item->data(Qt::UserRole).toString());
    accept();
}

} // namespace halftone
