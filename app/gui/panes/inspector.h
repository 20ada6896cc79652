// SPDX-License-Identifier: GPL-3.0-or-later
// The right pane: the recipe, what it means for the selected matrix, and Start.
#pragma once

#include <QWidget>
#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace halftone {

class CurveView;
class ParameterForm;
class SalienceCurve;
class Session;

class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(Session& session, QWidget* parent = nullptr);

private:
    QWidget* makePreview();
    QWidget* makeFoot();
    void rebuildForm();
    void wantCurve();
    void showPoint();
    void suggestOutput();
    void chooseOutput();
    void enableStart();
    void start();
    double ratio() const;

    Session& m_session;
    QComboBox* m_method;
    ParameterForm* m_form;
    QWidget* m_preview;
    CurveView* m_curveView;
    QLabel* m_figures;
    QLineEdit* m_output;
    QPushButton* m_start;
    std::shared_ptr<const SalienceCurve> m_curve;
};

} // namespace halftone
