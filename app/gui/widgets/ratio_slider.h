// SPDX-License-Identifier: GPL-3.0-or-later
// A share from 0 to 100 %: a slider to 50 % for dragging, a box beside it for typing, in steps of 0.1.
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace halftone {

class RatioSlider : public QWidget
{
    Q_OBJECT

public:
    explicit RatioSlider(const QString& name, QWidget* parent = nullptr);
    double ratio() const; ///< 0..1
    void setRatio(double ratio);

signals:
    void ratioChanged(double ratio);

private:
    QSlider* m_slider;
    QDoubleSpinBox* m_box;
};

} // namespace halftone
