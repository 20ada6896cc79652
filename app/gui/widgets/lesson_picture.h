// SPDX-License-Identifier: GPL-3.0-or-later
// Draws what a lesson's step shows: a histogram with the levels, a map of salient weights, or the bill
// of bits. It computes nothing.
#pragma once

#include "lessons/lesson_pictures.h"

#include <QWidget>

namespace halftone {

class LessonPicture : public QWidget
{
    Q_OBJECT

public:
    explicit LessonPicture(QWidget* parent = nullptr);
    void show(const LessonView& view);
    QSize sizeHint() const override { return {320, 220}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    void paintHistogram(QPainter& painter, const QRectF& area) const;
    void paintMap(QPainter& painter, const QRectF& area) const;
    void paintBill(QPainter& painter, const QRectF& area) const;
    void paintWalk(QPainter& painter, const QRectF& area) const;

    LessonView m_view;
};

} // namespace halftone
