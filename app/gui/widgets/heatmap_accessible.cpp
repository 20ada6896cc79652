// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap_accessible.h"

#include "texts.h"
#include "widgets/heatmap_view.h"

#include <QAccessibleWidget>
#include <QPointer>
#include <QWindow>
#include <algorithm>
#include <map>

namespace halftone {

namespace {

constexpr int kMostBlocks = 32;

int blocksAlong(double weights)
{
    return std::clamp(int(weights), 0, kMostBlocks);
}

// The cursor (index 0) or a block (from 1, row by row).
class AccessibleCell : public QAccessibleInterface
{
public:
    AccessibleCell(HeatmapView* map, int index) : m_map(map), m_index(index) {}

    bool isValid() const override { return m_map != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_map->window()->windowHandle(); }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        state.focusable = m_index == 0;
        state.focused = m_index == 0 && m_map->hasFocus();
        return state;
    }
    QRect rect() const override
    {
        const Block b = block();
        return {m_map->mapToGlobal(QPoint(int(b.x), int(b.y))), QSize(int(b.width), int(b.height))};
    }
    QString text(QAccessible::Text kind) const override
    {
        if (m_index == 0)
            return kind == QAccessible::Name    ? HeatmapView::tr("Cursor")
                   : kind == QAccessible::Value ? m_map->readout()
                                                : QString();
        const Block b = block();
        if (kind == QAccessible::Name)
            return HeatmapView::tr("rows %1 to %2, columns %3 to %4")
                .arg(countText(b.top), countText(b.bottom - 1), countText(b.left), countText(b.right - 1));
        if (kind == QAccessible::Value)
            return numberText(double(m_map->aggregate(b.share[0], b.share[1], b.share[2], b.share[3])));
        return {};
    }

private:
    struct Block
    {
        qint64 top = 0, left = 0, bottom = 0, right = 0;
        double share[4] = {0, 0, 1, 1}; ///< top, left, bottom, right of what is on show
        double x = 0, y = 0, width = 0, height = 0;
    };
    Block block() const
    {
        const HeatmapView::Reach down = m_map->reach(Qt::Vertical), across = m_map->reach(Qt::Horizontal);
        const int rows = std::max(1, blocksAlong(down.end - down.begin));
        const int columns = std::max(1, blocksAlong(across.end - across.begin));
        const int at = std::max(0, m_index - 1);
        const double row = at / columns, column = at % columns;
        Block b;
        b.share[0] = row / rows;
        b.share[1] = column / columns;
        b.share[2] = (row + 1) / rows;
        b.share[3] = (column + 1) / columns;
        const auto weight = [](const HeatmapView::Reach& r, double share) {
            return qint64(r.begin + share * (r.end - r.begin));
        };
        b.top = weight(down, b.share[0]);
        b.bottom = std::max(b.top + 1, weight(down, b.share[2]));
        b.left = weight(across, b.share[1]);
        b.right = std::max(b.left + 1, weight(across, b.share[3]));
        b.x = across.from + b.share[1] * (across.to - across.from);
        b.y = down.from + b.share[0] * (down.to - down.from);
        b.width = (across.to - across.from) / columns;
        b.height = (down.to - down.from) / rows;
        return b;
    }

    QPointer<HeatmapView> m_map;
    int m_index;
};

class AccessibleHeatmap : public QAccessibleWidget
{
public:
    explicit AccessibleHeatmap(HeatmapView* map) : QAccessibleWidget(map, QAccessible::Chart), m_map(map) {}
    ~AccessibleHeatmap() override
    {
        for (const auto& [index, id] : m_cells)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        if (!m_map->showsPicture())
            return 0;
        const HeatmapView::Reach down = m_map->reach(Qt::Vertical), across = m_map->reach(Qt::Horizontal);
        return 1 + blocksAlong(down.end - down.begin) * blocksAlong(across.end - across.begin);
    }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_cells.find(index);
        if (known != m_cells.end())
            return QAccessible::accessibleInterface(known->second);
        auto* cell = new AccessibleCell(m_map, index);
        m_cells[index] = QAccessible::registerAccessibleInterface(cell);
        return cell;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [index, id] : m_cells)
            if (QAccessible::accessibleInterface(id) == child)
                return index;
        return -1;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return m_map->readout();
        return QAccessibleWidget::text(kind);
    }

private:
    HeatmapView* m_map;
    mutable std::map<int, QAccessible::Id> m_cells;
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    auto* map = className == QLatin1String("halftone::HeatmapView") ? qobject_cast<HeatmapView*>(object) : nullptr;
    return map ? new AccessibleHeatmap(map) : nullptr;
}

} // namespace

void installAccessibleHeatmap()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace halftone
