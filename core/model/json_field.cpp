// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/json_field.h"

#include "base/error.h"

namespace halftone {

namespace {

Error wrongType(const char* key, const char* where, const char* expected, const nlohmann::json* found)
{
    return Error(tr("The field '%1' of the tokenizer's '%2' should be %3 but is %4.")
                     .arg(QString::fromUtf8(key), QString::fromUtf8(where), QString::fromUtf8(expected),
                          found ? QString::fromUtf8(found->type_name()) : tr("missing")));
}

} // namespace

const nlohmann::json* optionalField(const nlohmann::json& object, const char* key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

bool boolField(const nlohmann::json& object, const char* key, bool absent, const char* where)
{
    const nlohmann::json* field = optionalField(object, key);
    if (!field)
        return absent;
    if (!field->is_boolean())
        throw wrongType(key, where, "true or false", field);
    return field->get<bool>();
}

std::string stringField(const nlohmann::json& object, const char* key, const std::string& absent,
                        const char* where)
{
    return optionalField(object, key) ? requireString(object, key, where) : absent;
}

const std::string& requireString(const nlohmann::json& object, const char* key, const char* where)
{
    const nlohmann::json* field = optionalField(object, key);
    if (!field || !field->is_string())
        throw wrongType(key, where, "a string", field);
    return field->get_ref<const std::string&>();
}

const nlohmann::json& requireArray(const nlohmann::json& object, const char* key, const char* where)
{
    const nlohmann::json* field = optionalField(object, key);
    if (!field || !field->is_array())
        throw wrongType(key, where, "an array", field);
    return *field;
}

const nlohmann::json& requireObject(const nlohmann::json& object, const char* key, const char* where)
{
    const nlohmann::json* field = optionalField(object, key);
    if (!field || !field->is_object())
        throw wrongType(key, where, "an object", field);
    return *field;
}

int requireIndex(const nlohmann::json& value, std::int64_t limit, const char* what)
{
    const bool isWhole = value.is_number_integer();
    const bool fits = isWhole
                      && (value.is_number_unsigned()
                              ? value.get<std::uint64_t>() < static_cast<std::uint64_t>(limit)
                              : value.get<std::int64_t>() >= 0 && value.get<std::int64_t>() < limit);
    if (!fits) {
        const QString found = value.is_number() ? QString::fromStdString(value.dump())
                                                : QString::fromUtf8(value.type_name());
        throw Error(tr("The tokenizer's %1 should be a whole number from 0 to %2 but is %3.")
                        .arg(QString::fromUtf8(what)).arg(limit - 1).arg(found));
    }
    return static_cast<int>(value.get<std::int64_t>());
}

} // namespace halftone
