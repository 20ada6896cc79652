// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/parameter.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

QString shown(const Settings& value)
{
    return QString::fromStdString(
        value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).substr(0, 60));
}

// What would be right, as the middle of a sentence.
QString expectation(const Parameter& p)
{
    switch (p.kind) {
    case Parameter::Kind::Boolean:
        return tr("true or false");
    case Parameter::Kind::Choice:
        return tr("one of %1").arg(p.choices.join(QStringLiteral(", ")));
    case Parameter::Kind::Integer:
        if (p.step > 1)
            return tr("a whole number from %1 to %2 in steps of %3")
                .arg(p.minimum).arg(p.maximum).arg(p.step);
        return tr("a whole number from %1 to %2").arg(p.minimum).arg(p.maximum);
    case Parameter::Kind::Real:
        break;
    }
    return tr("a number from %1 to %2").arg(p.minimum).arg(p.maximum);
}

bool allowed(const Parameter& p, const Settings& value)
{
    switch (p.kind) {
    case Parameter::Kind::Boolean:
        return value.is_boolean();
    case Parameter::Kind::Choice:
        return value.is_string() &&
               p.choices.contains(QString::fromStdString(value.get<std::string>()));
    case Parameter::Kind::Integer:
        if (!value.is_number_integer())
            return false;
        break;
    case Parameter::Kind::Real:
        if (!value.is_number())
            return false;
        break;
    }
    const auto number = value.get<double>();
    if (!(number >= p.minimum && number <= p.maximum))
        return false;
    return p.kind == Parameter::Kind::Real || p.step <= 1 ||
           std::fmod(number - p.minimum, p.step) == 0;
}

} // namespace

Settings completeSettings(const std::vector<Parameter>& parameters, const Settings& given,
                          const QString& where)
{
    Settings complete = Settings::object();
    for (const Parameter& p : parameters)
        complete[p.id.toStdString()] = p.standard;
    if (given.is_null())
        return complete;
    if (!given.is_object())
        throw Error(tr("The settings of %1 are %2 instead of an object of values.")
                        .arg(where, shown(given)));
    for (const auto& [key, value] : given.items()) {
        const QString id = QString::fromStdString(key);
        const auto p = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Parameter& each) { return each.id == id; });
        if (p == parameters.end()) {
            QStringList known;
            for (const Parameter& each : parameters)
                known.append(each.id);
            throw Error(tr("There is no setting '%1' in %2; it has %3.")
                            .arg(id, where, known.join(QStringLiteral(", "))));
        }
        if (!allowed(*p, value))
            throw Error(tr("The setting '%1' of %2 is %3; expected is %4.")
                            .arg(id, where, shown(value), expectation(*p)));
        complete[key] = value;
    }
    return complete;
}

QString describe(const Parameter& parameter)
{
    return tr("%1: %2. %3").arg(parameter.title, expectation(parameter), parameter.why);
}

QString choice(const Settings& settings, const char* id)
{
    return QString::fromStdString(settings.at(id).get<std::string>());
}

} // namespace halftone
