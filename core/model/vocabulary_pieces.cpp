// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/vocabulary_pieces.h"

#include "base/error.h"
#include "model/byte_alphabet.h"

namespace halftone {

std::string byteLevelPiece(std::string_view text)
{
    return bytesOfStandIns(text).value_or(std::string(text));
}

std::string sentencePiecePiece(std::string_view text)
{
    std::string piece;
    for (std::size_t at = 0; at < text.size();) {
        const bool space = text.substr(at).starts_with(kVisibleSpace);
        piece += space ? ' ' : text[at];
        at += space ? kVisibleSpace.size() : 1;
    }
    return piece;
}

void addToVocabulary(Vocabulary& vocabulary, const std::string& text, int token)
{
    const auto [known, isNew] = vocabulary.try_emplace(text, token);
    if (!isNew)
        throw Error(tr("The tokenizer's vocabulary has %1 twice, as token %2 and as token %3.")
                        .arg(quotedToken(text), QString::number(known->second), QString::number(token)));
}

QString quotedToken(std::string_view text)
{
    const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return QLatin1Char('\'') + (whole.size() > 60 ? whole.left(60) + QStringLiteral("...") : whole)
           + QLatin1Char('\'');
}

} // namespace halftone
