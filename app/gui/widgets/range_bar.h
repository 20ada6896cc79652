// SPDX-License-Identifier: GPL-3.0-or-later
// How far the colours of a map reach: by percentiles, by deviations, by the ends, or by hand; the same to
// both sides or not; linear or logarithmic.
#pragma once

#include "inspect/tensor_stats.h"
#include "widgets/color_scale.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace halftone {

class RangeBar : public QWidget
{
    Q_OBJECT

public:
    explicit RangeBar(QWidget* parent = nullptr);

    /// For values that run to both sides of zero (diverging) or up from it.
    ColorScale scaleFor(const TensorStats& stats, bool diverging) const;
    /// From now on the ends are these, until another choice.
    void setByHand(double low, double high);

signals:
    void changed();

private:
    enum Choice { Deviations, Percent999, Percent99, Percent95, Ends, ByHand };

    QComboBox* m_choice;
    QCheckBox* m_symmetric;
    QCheckBox* m_logarithmic;
    double m_low = 0, m_high = 0;
};

/// The value below which this share of the weights lies, from the histogram: within a bin.
double quantile(const Histogram& histogram, double share);

} // namespace halftone
