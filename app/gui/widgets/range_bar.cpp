// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/range_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

namespace halftone {

double quantile(const Histogram& histogram, double share)
{
    double all = 0, below = 0;
    for (const std::int64_t count : histogram.counts)
        all += double(count);
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
        const auto count = double(histogram.counts[bin]);
        if (count > 0 && below + count >= share * all)
            return histogram.low +
                   (double(bin) + std::max(0.0, share * all - below) / count) * histogram.binWidth();
        below += count;
    }
    return histogram.high;
}

RangeBar::RangeBar(QWidget* parent)
    : QWidget(parent), m_choice(new QComboBox), m_symmetric(new QCheckBox(tr("Symmetric"))),
      m_logarithmic(new QCheckBox(tr("Log colours")))
{
    m_choice->addItem(tr("3 standard deviations"), Deviations);
    m_choice->addItem(tr("99.9 % of the weights"), Percent999);
    m_choice->addItem(tr("99 % of the weights"), Percent99);
    m_choice->addItem(tr("95 % of the weights"), Percent95);
    m_choice->addItem(tr("Minimum to maximum"), Ends);
    m_choice->addItem(tr("By hand"), ByHand);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(10);
    m_choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_choice->setMaximumWidth(220);
    m_choice->setAccessibleName(tr("Range of the colours"));
    m_choice->setObjectName(QStringLiteral("range"));
    m_symmetric->setChecked(true);
    m_symmetric->setToolTip(tr("The colours reach as far below zero as above it."));
    auto* label = new QLabel(tr("Range"));
    label->setBuddy(m_choice);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_choice, 1);
    layout->addWidget(m_symmetric);
    layout->addWidget(m_logarithmic);
    layout->addStretch(0);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &RangeBar::changed);
    connect(m_symmetric, &QCheckBox::toggled, this, &RangeBar::changed);
    connect(m_logarithmic, &QCheckBox::toggled, this, &RangeBar::changed);
}

void RangeBar::setByHand(double low, double high)
{
    m_low = low;
    m_high = high;
    const QSignalBlocker blocker(m_choice);
    m_choice->setCurrentIndex(m_choice->findData(ByHand));
    emit changed();
}

ColorScale RangeBar::scaleFor(const TensorStats& stats, bool diverging) const
{
    double low = stats.minimum, high = stats.maximum;
    const auto between = [&](double share) {
        low = quantile(stats.histogram, (1 - share) / 2);
        high = quantile(stats.histogram, (1 + share) / 2);
    };
    switch (m_choice->currentData().toInt()) {
    case Deviations:
        low = std::max(low, stats.mean - 3 * stats.deviation);
        high = std::min(high, stats.mean + 3 * stats.deviation);
        break;
    case Percent999: between(0.999); break;
    case Percent99: between(0.99); break;
    case Percent95: between(0.95); break;
    case ByHand:
        low = m_low;
        high = m_high;
        break;
    default: break;
    }
    const double most = std::max(std::abs(low), std::abs(high));
    ColorScale scale{low, high, diverging, m_logarithmic->isChecked()};
    if (!diverging)
        scale.low = 0;
    if (!diverging || m_symmetric->isChecked())
        scale.high = most;
    if (diverging && m_symmetric->isChecked())
        scale.low = -most;
    if (diverging && !m_symmetric->isChecked()) {
        scale.low = std::min(0.0, low);
        scale.high = std::max(0.0, high);
    }
    return scale;
}

} // namespace halftone
