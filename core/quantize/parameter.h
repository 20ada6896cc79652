// SPDX-License-Identifier: GPL-3.0-or-later
// What a method lets a person choose. Command-line flags, the window's form and the recipe's keys are
// made from these rows; a method reads the checked values.
#pragma once

#include <QString>
#include <QStringList>
#include <nlohmann/json.hpp>
#include <vector>

namespace halftone {

struct Parameter
{
    enum class Kind { Integer, Real, Choice, Boolean };

    QString id;                 ///< key in the recipe: "salient_ratio"
    QString title;              ///< translated
    QString unit;               ///< translated, may be empty
    Kind kind = Kind::Real;
    double minimum = 0;         ///< Integer, Real
    double maximum = 0;
    double step = 0;            ///< Integer: allowed values are minimum + i step; Real: a form's step
    nlohmann::json standard;    ///< value when none is given
    QStringList choices;        ///< Choice: the allowed strings
    QString why;                ///< translated: what it changes, in one or two sentences
    bool basic = false;         ///< shown without asking for more
};

/// Values by Parameter::id. Settings handed to a Quantizer are complete and checked.
using Settings = nlohmann::json;

/// `given` (an object or null) with every missing value filled in. Throws Error for an unknown key, a
/// value of the wrong kind or out of range; `where` names what is being set ("method 'pb-llm'").
Settings completeSettings(const std::vector<Parameter>& parameters, const Settings& given,
                          const QString& where);

QString choice(const Settings& settings, const char* id);

/// One line for people: what may be given and what it changes.
QString describe(const Parameter& parameter);

} // namespace halftone
