// SPDX-License-Identifier: GPL-3.0-or-later
// A share from 0 to 100 %: a slider to 50 % for dragging, with ticks at the ratios of the papers, and a
// box beside it for typing, in steps of 0.1.
#pragma once

#include <QDoubleSpinBox>
#include <QSlider>

namespace halftone {

/// A slider that tells assistive programs "13.7 %", not its tenths.
class ShareSlider : public QSlider
{
    Q_OBJECT

public:
    explicit ShareSlider(QWidget* parent = nullptr);
    double percent() const { return value() / 10.0; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// Takes 2.5 and 2,5 in every locale.
class DecimalBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QValidator::State validate(QString& text, int& position) const override;
    double valueFromText(const QString& text) const override;

private:
    QString inLocale(const QString& text) const;
};

class RatioSlider : public QWidget
{
    Q_OBJECT

public:
    explicit RatioSlider(const QString& name, QWidget* parent = nullptr);
    double ratio() const; ///< 0..1
    void setRatio(double ratio);

signals:
    void ratioChanged(double ratio);
    void dragBegan();
    void dragEnded();

private:
    ShareSlider* m_slider;
    DecimalBox* m_box;
};

} // namespace halftone
