// SPDX-License-Identifier: GPL-3.0-or-later
// Where a model can go: one card a target, what it would weigh, who reads it and what is lost, then one
// job that writes, verifies and reports.
#pragma once

#include "export/targets.h"
#include "job.h"

#include <QWidget>
#include <memory>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace halftone {

class Session;
class TypeExceptions;

class ExportPage : public QWidget
{
    Q_OBJECT

public:
    explicit ExportPage(Session& session, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeCards();
    QWidget* makeReview();
    QWidget* makeFoot();
    void fillSources();
    QString source() const;
    const ExportTarget& target() const;
    ExportOrder order() const;
    bool tellsTensorsApart() const;
    void showTarget();
    void wantEstimate();
    void showEstimate(const ExportEstimate& estimate);
    void suggestOutput();
    void chooseOutput();
    void start();
    void showOutcome(const RunOutcome& outcome);

    Session& m_session;
    QComboBox* m_source;
    bool m_chosen = false; ///< the source, by hand
    QButtonGroup* m_cards;
    QComboBox* m_type = nullptr;
    TypeExceptions* m_exceptions = nullptr; ///< shown for targets that can be told of single tensors
    QCheckBox* m_turned = nullptr;          ///< for Hugging Face folders
    QLabel* m_review = nullptr;
    QLineEdit* m_output = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_open = nullptr;
    QLabel* m_verified = nullptr;
    QString m_written;
};

} // namespace halftone
