// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/ratio_slider.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

namespace halftone {

RatioSlider::RatioSlider(const QString& name, QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_box(new QDoubleSpinBox)
{
    m_slider->setRange(0, 500);
    m_slider->setPageStep(50);
    m_slider->setTickInterval(50);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setAccessibleName(name);
    m_box->setRange(0, 100);
    m_box->setDecimals(1);
    m_box->setSingleStep(0.5);
    m_box->setSuffix(tr(" %"));
    m_box->setAccessibleName(name);
    setFocusProxy(m_slider);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    connect(m_slider, &QSlider::valueChanged, this, [this](int tenths) { m_box->setValue(tenths / 10.0); });
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(int(percent * 10 + 0.5));
        emit ratioChanged(percent / 100);
    });
}

double RatioSlider::ratio() const
{
    return m_box->value() / 100;
}

void RatioSlider::setRatio(double ratio)
{
    m_box->setValue(ratio * 100);
}

} // namespace halftone
