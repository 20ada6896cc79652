// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf/error_chart.h"

#include "base/error.h"

#include <QPainter>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr std::array kKinds{"q", "k", "v", "o", "gate", "up", "down"};
// Okabe and Ito's colours, told apart by colour-blind eyes.
constexpr std::array kColours{"#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#000000"};

struct Range
{
    double low = 1e300, high = -1e300;
    Index blocks = 0;
};

Range rangeOf(const Report& report)
{
    Range r;
    for (const LayerReport& l : report.layers)
        if (l.error > 0 && std::isfinite(l.error)) {
            r.low = std::min(r.low, std::log10(l.error));
            r.high = std::max(r.high, std::log10(l.error));
            r.blocks = std::max(r.blocks, l.block + 1);
        }
    r.low = std::floor(r.low);
    r.high = std::max(std::ceil(r.high), r.low + 1);
    return r;
}

} // namespace

QImage errorChart(const Report& report, int width)
{
    const Range range = rangeOf(report);
    if (range.blocks < 1)
        return {};
    // The picture is 760 x 300 units, drawn at a higher resolution for print.
    const double scale = width / 760.0;
    QImage image(width, static_cast<int>(300 * scale), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter p(&image);
    p.setRenderHint(QPainter::Antialiasing);
    p.scale(scale, scale);
    QFont font = p.font();
    font.setPixelSize(12);
    p.setFont(font);
    const auto y = [&](double power) { return 20 + 240 * (range.high - power) / (range.high - range.low); };
    const auto x = [&](Index block) { return 60 + 630.0 * (static_cast<double>(block) + 0.5) / static_cast<double>(range.blocks); };
    for (int power = static_cast<int>(range.low); power <= static_cast<int>(range.high); ++power) {
        p.setPen(QColor(QStringLiteral("#e4e7eb")));
        p.drawLine(QPointF(60, y(power)), QPointF(690, y(power)));
        p.setPen(Qt::black);
        p.drawText(QRectF(0, y(power) - 10, 52, 20), Qt::AlignRight | Qt::AlignVCenter, QString::number(std::pow(10.0, power), 'g', 3));
    }
    for (Index b = 0; b < range.blocks; b += blocksPerLabel(range.blocks))
        p.drawText(QRectF(x(b) - 20, 262, 40, 18), Qt::AlignCenter, QString::number(b));
    p.drawText(QRectF(60, 280, 625, 20), Qt::AlignCenter, tr("block"));
    p.drawText(QPointF(60, 12), tr("Relative error"));
    for (std::size_t k = 0; k < kKinds.size(); ++k) {
        p.setPen(QPen(QColor(QLatin1String(kColours[k])), 1.5));
        p.setBrush(QColor(QLatin1String(kColours[k])));
        QPointF last;
        bool any = false;
        for (const LayerReport& l : report.layers) {
            if (l.linear != QLatin1String(kKinds[k]) || !(l.error > 0) || !std::isfinite(l.error))
                continue;
            const QPointF at(x(l.block), y(std::log10(l.error)));
            if (any)
                p.drawLine(last, at);
            p.drawEllipse(at, 2.5, 2.5);
            last = at;
            any = true;
        }
        p.drawText(QPointF(700, 40 + 20 * static_cast<double>(k)), QLatin1String(kKinds[k]));
    }
    return image;
}

} // namespace halftone
