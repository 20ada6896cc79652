// SPDX-License-Identifier: GPL-3.0-or-later
// What the recipe means for the selected matrix: the curve over all ratios and the figures at this one,
// each with what it rests on, and the calibration that better ones need.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace halftone {

class CurveView;
class Session;

class RatioPreview : public QWidget
{
    Q_OBJECT

public:
    explicit RatioPreview(Session& session, QWidget* parent = nullptr);

private:
    void showCurve();
    void showSample();
    void showFigures();
    void showHessians();
    QString solvedText() const;

    Session& m_session;
    CurveView* m_curve;
    QLabel* m_figures;
    QLabel* m_hessians;
    QPushButton* m_measure;
};

} // namespace halftone
