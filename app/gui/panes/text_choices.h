// SPDX-License-Identifier: GPL-3.0-or-later
// On which texts a run calibrates and judges itself, and on how much of each: folded away until wanted.
#pragma once

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace halftone {

class Session;
struct TextChoice;

class TextChoices : public QWidget
{
    Q_OBJECT

public:
    explicit TextChoices(Session& session, QWidget* parent = nullptr);

private:
    struct Fields
    {
        QLineEdit* file = nullptr;
        QSpinBox* windows = nullptr;
        QSpinBox* context = nullptr;
    };
    Fields addFields(QVBoxLayout* rows, const QString& title, const QString& standard, const QString& why);
    QWidget* makeSeed();
    void choose(QLineEdit* file);
    void show(const Fields& fields, const TextChoice& choice);
    void showRecipe();
    void take();

    Session& m_session;
    Fields m_calibration, m_evaluation;
    QSpinBox* m_seed;
    QCheckBox* m_judge;
    bool m_showing = false;
};

} // namespace halftone
