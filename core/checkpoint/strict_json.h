// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from files nobody vouches for: refuses duplicate keys, deep nesting and anything behind the
// value. Says where it failed. Knows nothing about what the keys mean.
#pragma once

#include <QString>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

namespace halftone {

/// Arrays and objects may be nested this deep.
inline constexpr int kJsonDepth = 64;

/// Whether // and /* */ are skipped: in files that people write.
enum class JsonComments { Refused, Allowed };

/// Throws Error: `what` ("config.json"), line, column, and the reason.
nlohmann::json parseStrictJson(std::string_view text, const QString& what,
                               JsonComments comments = JsonComments::Refused);

/// Reads and parses a file of at most `limit` bytes. Throws Error naming the path.
nlohmann::json readStrictJson(const QString& path, std::int64_t limit = 100 << 20);

/// The sentence for a JSON error at byte `position` of `text`; for parsers with their own handler.
QString jsonErrorSentence(std::string_view text, std::size_t position, const QString& what,
                          const QString& reason);

/// The parser's own words without its prefix and position.
QString jsonReason(const nlohmann::json::exception& failure);

} // namespace halftone
