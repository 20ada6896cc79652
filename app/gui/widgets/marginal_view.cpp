// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/marginal_view.h"

#include "texts.h"
#include "widgets/heatmap_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr int kThickness = 34; // pixels

} // namespace

MarginalView::MarginalView(Qt::Orientation orientation, const HeatmapView& map, QWidget* parent)
    : QWidget(parent), m_orientation(orientation), m_map(map)
{
    const bool across = orientation == Qt::Horizontal;
    setSizePolicy(across ? QSizePolicy::Expanding : QSizePolicy::Fixed,
                  across ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    setMouseTracking(true);
    setAccessibleName(across ? tr("Root mean square of the columns") : tr("Root mean square of the rows"));
    connect(&map, &HeatmapView::zoomed, this, qOverload<>(&QWidget::update));
}

QSize MarginalView::sizeHint() const
{
    return {kThickness, kThickness};
}

void MarginalView::setEnergies(const std::vector<float>& energies)
{
    m_sums.assign(1, 0);
    float most = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < energies.size(); ++i) {
        m_sums.push_back(m_sums.back() + double(energies[i]));
        if (energies[i] > most) {
            most = energies[i];
            at = i;
        }
    }
    if (energies.empty())
        m_sums.clear();
    else
        setAccessibleDescription(tr("Largest: %1 at %2").arg(numberText(std::sqrt(double(most))), countText(qint64(at))));
    update();
}

MarginalView::Bars MarginalView::bars() const
{
    Bars out;
    const HeatmapView::Reach reach = m_map.reach(m_orientation);
    const double pixels = reach.to - reach.from;
    if (m_sums.size() < 2 || pixels < 1)
        return out;
    out.from = reach.from;
    const auto last = std::int64_t(m_sums.size()) - 1;
    for (int pixel = 0; pixel < int(pixels); ++pixel) {
        const double step = (reach.end - reach.begin) / pixels;
        const auto begin = std::clamp<std::int64_t>(std::int64_t(reach.begin + pixel * step), 0, last - 1);
        const auto end = std::clamp<std::int64_t>(std::int64_t(reach.begin + (pixel + 1) * step), begin + 1, last);
        out.values.push_back(
            float(std::sqrt((m_sums[std::size_t(end)] - m_sums[std::size_t(begin)]) / double(end - begin))));
        out.most = std::max(out.most, out.values.back());
    }
    return out;
}

void MarginalView::paintEvent(QPaintEvent*)
{
    const Bars shown = bars();
    if (shown.most <= 0)
        return;
    QPainter painter(this);
    const QColor color = palette().color(QPalette::Highlight);
    const bool across = m_orientation == Qt::Horizontal;
    const double room = (across ? height() : width()) - 3;
    for (std::size_t i = 0; i < shown.values.size(); ++i) {
        const double length = std::max(1.0, double(shown.values[i] / shown.most) * room);
        const double at = shown.from + double(i);
        painter.fillRect(across ? QRectF(at, room - length, 1, length) : QRectF(room - length, at, length, 1), color);
    }
}

void MarginalView::mouseMoveEvent(QMouseEvent* event)
{
    const Bars shown = bars();
    const double along = m_orientation == Qt::Horizontal ? event->position().x() : event->position().y();
    const auto at = std::int64_t(along - shown.from);
    if (at < 0 || at >= std::int64_t(shown.values.size())) {
        QToolTip::hideText();
        return;
    }
    const HeatmapView::Reach reach = m_map.reach(m_orientation);
    const auto index = qint64(reach.begin + double(at) * (reach.end - reach.begin) / (reach.to - reach.from));
    const QString value = numberText(double(shown.values[std::size_t(at)]));
    QToolTip::showText(event->globalPosition().toPoint(),
                       m_orientation == Qt::Horizontal
                           ? tr("column %1: root mean square %2").arg(countText(index), value)
                           : tr("row %1: root mean square %2").arg(countText(index), value),
                       this);
}

void MarginalView::leaveEvent(QEvent*)
{
    QToolTip::hideText();
}

} // namespace halftone
