// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/parameter_form.h"

#include "choice_text.h"
#include "widgets/ratio_slider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace halftone {

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void ParameterForm::report(const QString& parameter, const nlohmann::json& value)
{
    if (!m_showing)
        emit changed(parameter, value);
}

QWidget* ParameterForm::makeShare(const Parameter& parameter)
{
    auto* slider = new RatioSlider(parameter.title);
    connect(slider, &RatioSlider::dragBegan, this, &ParameterForm::dragBegan);
    connect(slider, &RatioSlider::dragEnded, this, &ParameterForm::dragEnded);
    connect(slider, &RatioSlider::ratioChanged, this,
            [this, id = parameter.id](double ratio) { report(id, ratio); });
    m_fields.back().show = [slider](const nlohmann::json& value) { slider->setRatio(value.get<double>()); };
    return slider;
}

QWidget* ParameterForm::makeNumber(const Parameter& parameter)
{
    if (parameter.kind == Parameter::Kind::Integer) {
        auto* box = new QSpinBox;
        box->setRange(int(parameter.minimum), int(parameter.maximum));
        box->setSingleStep(std::max(1, int(parameter.step)));
        connect(box, &QSpinBox::valueChanged, this,
                [this, id = parameter.id](int value) { report(id, value); });
        m_fields.back().show = [box](const nlohmann::json& value) { box->setValue(value.get<int>()); };
        return box;
    }
    auto* box = new DecimalBox;
    const double step = parameter.step > 0 ? parameter.step : 0.01;
    box->setDecimals(std::clamp(int(std::ceil(-std::log10(step))) + 1, 1, 6));
    box->setRange(parameter.minimum, parameter.maximum);
    box->setSingleStep(step);
    connect(box, &QDoubleSpinBox::valueChanged, this,
            [this, id = parameter.id](double value) { report(id, value); });
    m_fields.back().show = [box](const nlohmann::json& value) { box->setValue(value.get<double>()); };
    return box;
}

QWidget* ParameterForm::makeChoice(const Parameter& parameter)
{
    auto* box = new QComboBox;
    for (const QString& choice : parameter.choices)
        box->addItem(choiceText(choice), choice);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, id = parameter.id] {
        report(id, box->currentData().toString().toStdString());
    });
    m_fields.back().show = [box](const nlohmann::json& value) {
        box->setCurrentIndex(box->findData(QString::fromStdString(value.get<std::string>())));
    };
    return box;
}

QWidget* ParameterForm::makeSwitch(const Parameter& parameter)
{
    auto* box = new QCheckBox(parameter.title);
    connect(box, &QCheckBox::toggled, this, [this, id = parameter.id](bool on) { report(id, on); });
    m_fields.back().show = [box](const nlohmann::json& value) { box->setChecked(value.get<bool>()); };
    return box;
}

QWidget* ParameterForm::makeControl(const Parameter& parameter)
{
    m_fields.push_back({parameter.id.toStdString(), parameter.standard, {}, parameter.title});
    QWidget* control = nullptr;
    const bool share = parameter.kind == Parameter::Kind::Real && parameter.minimum == 0 &&
                       parameter.maximum == 1 && parameter.basic;
    switch (parameter.kind) {
    case Parameter::Kind::Choice: control = makeChoice(parameter); break;
    case Parameter::Kind::Boolean: control = makeSwitch(parameter); break;
    default: control = share ? makeShare(parameter) : makeNumber(parameter); break;
    }
    control->setObjectName(parameter.id);
    control->setToolTip(parameter.why);
    control->setAccessibleName(parameter.title);
    control->setAccessibleDescription(parameter.why);
    return control;
}

// Label, the button that resets, and the control unless it stands on a line of its own.
QHBoxLayout* ParameterForm::makeLine(const Parameter& parameter, QWidget* control)
{
    Field& field = m_fields.back();
    const bool isSwitch = parameter.kind == Parameter::Kind::Boolean;
    field.label = new QLabel(isSwitch ? QString() : parameter.title);
    field.label->setToolTip(parameter.why);
    field.label->setWordWrap(true);
    field.reset = new QToolButton;
    field.reset->setText(tr("↺"));
    field.reset->setAutoRaise(true);
    field.reset->setFocusPolicy(Qt::TabFocus);
    field.reset->setObjectName(QStringLiteral("reset ") + parameter.id);
    field.reset->setAccessibleName(tr("Reset %1").arg(parameter.title));
    field.reset->setToolTip(tr("Reset to what it inherits"));
    field.reset->hide();
    connect(field.reset, &QToolButton::clicked, this, [this, id = parameter.id] { emit resetWanted(id); });
    auto* line = new QHBoxLayout;
    if (isSwitch) {
        line->addWidget(control);
        line->addWidget(field.label);
        line->addWidget(field.reset);
        line->addStretch(1);
        return line;
    }
    line->addWidget(field.label, 1);
    line->addWidget(field.reset);
    if (control) {
        field.label->setBuddy(control);
        control->setFixedWidth(120);
        line->addWidget(control);
    }
    return line;
}

void ParameterForm::mark(const std::function<bool(const QString&)>& marked)
{
    for (const Field& field : m_fields) {
        const bool own = marked(QString::fromStdString(field.id));
        QFont font = field.label->font();
        font.setBold(own);
        field.label->setFont(font);
        const QString title = field.standard.is_boolean() ? QString() : field.title; // a switch bears its own
        field.label->setText(own ? tr("● %1").arg(title).trimmed() : title);
        field.reset->setVisible(own);
    }
}

void ParameterForm::setParameters(const std::vector<Parameter>& parameters, const Settings& settings)
{
    m_fields.clear();
    delete m_content;
    m_content = new QWidget;
    auto* rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    auto* advanced = new QWidget;
    auto* advancedRows = new QVBoxLayout(advanced);
    advancedRows->setContentsMargins(0, 0, 0, 0);
    advancedRows->setSpacing(4);
    for (const Parameter& parameter : parameters) {
        auto* target = parameter.basic ? rows : advancedRows;
        QWidget* control = makeControl(parameter);
        if (qobject_cast<RatioSlider*>(control)) {
            target->addLayout(makeLine(parameter, nullptr));
            target->addWidget(control);
        } else {
            target->addLayout(makeLine(parameter, control));
        }
    }
    if (advancedRows->count() > 0) {
        auto* more = new QToolButton;
        more->setText(tr("More settings"));
        more->setCheckable(true);
        more->setAutoRaise(true);
        more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        const auto unfold = [this, more, advanced](bool on) {
            m_unfolded = on;
            more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
            advanced->setVisible(on);
        };
        connect(more, &QToolButton::toggled, advanced, unfold);
        rows->addWidget(more);
        rows->addWidget(advanced);
        more->setChecked(m_unfolded);
        unfold(m_unfolded);
    } else {
        delete advanced;
    }
    layout()->addWidget(m_content);
    showSettings(settings);
}

void ParameterForm::showSettings(const Settings& settings)
{
    m_showing = true;
    for (const Field& field : m_fields)
        field.show(settings.is_object() && settings.contains(field.id) ? settings.at(field.id)
                                                                      : field.standard);
    m_showing = false;
}

} // namespace halftone
