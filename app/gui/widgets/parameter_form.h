// SPDX-License-Identifier: GPL-3.0-or-later
// A form made from a method's own Parameters: one labelled control each, the basic ones first, the
// others behind a button. Knows no method.
#pragma once

#include "quantize/parameter.h"

#include <QWidget>
#include <functional>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace halftone {

class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);
    /// Values of settings, standard values where they have none.
    void setParameters(const std::vector<Parameter>& parameters, const Settings& settings);
    /// Shows these values, signalling nothing.
    void showSettings(const Settings& settings);
    /// Parameters for which it is true stand bold, with a dot and a button that resets them.
    void mark(const std::function<bool(const QString& parameter)>& marked);

signals:
    void changed(const QString& parameter, const nlohmann::json& value);
    void resetWanted(const QString& parameter);
    void dragBegan();
    void dragEnded();

private:
    QWidget* makeControl(const Parameter& parameter);
    QWidget* makeNumber(const Parameter& parameter);
    QWidget* makeShare(const Parameter& parameter);
    QWidget* makeChoice(const Parameter& parameter);
    QWidget* makeSwitch(const Parameter& parameter);
    void report(const QString& parameter, const nlohmann::json& value);
    QHBoxLayout* makeLine(const Parameter& parameter, QWidget* control);

    struct Field
    {
        std::string id;
        nlohmann::json standard;
        std::function<void(const nlohmann::json&)> show;
        QString title;
        QLabel* label = nullptr;   ///< of a switch: empty but for the dot
        QToolButton* reset = nullptr;
    };

    QWidget* m_content = nullptr;
    std::vector<Field> m_fields;
    bool m_showing = false;
    bool m_unfolded = false;
};

} // namespace halftone
