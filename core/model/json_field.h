// SPDX-License-Identifier: GPL-3.0-or-later
// Typed reading of a tokenizer's JSON: a field of the wrong type is an Error that names it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace halftone {

/// `where` names the object in messages: "model", "tokenizer.ggml.tokens".
/// A field that is missing or null gives `absent`.
bool boolField(const nlohmann::json& object, const char* key, bool absent, const char* where);
std::string stringField(const nlohmann::json& object, const char* key, const std::string& absent,
                        const char* where);
/// Throws Error when the field is missing too.
const std::string& requireString(const nlohmann::json& object, const char* key, const char* where);
const nlohmann::json& requireArray(const nlohmann::json& object, const char* key, const char* where);
const nlohmann::json& requireObject(const nlohmann::json& object, const char* key, const char* where);
/// nullptr if missing or null.
const nlohmann::json* optionalField(const nlohmann::json& object, const char* key);
/// A whole number in [0, limit); anything else is an Error.
int requireIndex(const nlohmann::json& value, std::int64_t limit, const char* what);

} // namespace halftone
