// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the texts of a vocabulary into the bytes they stand for.
#pragma once

#include "model/subword_model.h"

#include <QString>
#include <string>
#include <string_view>

namespace halftone {

/// Byte-level vocabularies: stand-ins to bytes; texts with other characters stand for themselves.
std::string byteLevelPiece(std::string_view text);
/// U+2581 to space.
std::string sentencePiecePiece(std::string_view text);
/// Adds text -> token; throws Error if the text is there already.
void addToVocabulary(Vocabulary& vocabulary, const std::string& text, int token);
/// For messages: a token's text in quotes, shortened.
QString quotedToken(std::string_view text);

/// U+2581, SentencePiece's visible space.
inline constexpr std::string_view kVisibleSpace = "\xe2\x96\x81";

} // namespace halftone
