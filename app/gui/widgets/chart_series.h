// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart shows, as plain values: the same ones fill the picture and the table behind it.
#pragma once

#include <QColor>
#include <QString>
#include <vector>

namespace halftone {

struct ChartPoint
{
    double x = 0, y = 0;
    double error = 0;     ///< half height of the bar; 0 draws none
    QString name{};       ///< read out at the point and in the table
    qint64 key = 0;       ///< the owner's; given back when the point is clicked
};

struct ChartSeries
{
    enum class Mark { Solid, Hollow, Diamond };

    QString name;
    std::vector<ChartPoint> points;
    bool line = true;     ///< joins the points
    Mark mark = Mark::Solid;
    int color = -1;       ///< place in seriesColor(); -1: the series' own place
};

struct ChartText
{
    QString xTitle, yTitle;
    bool logX = false, logY = false;
    bool wholeX = false;  ///< x counts things
    QString empty{};      ///< what stands there without points
};

/// Okabe and Ito's colours, told apart by colour-blind eyes, lightened for dark backgrounds.
QColor seriesColor(int place, bool dark);

} // namespace halftone
