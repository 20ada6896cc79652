// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sentencepiece_pairs.h"

#include "base/error.h"
#include "model/merge_symbols.h"
#include "model/utf8.h"

namespace halftone {

SentencePiecePairs::SentencePiecePairs(Vocabulary vocabulary, std::vector<float> scores, int unknown)
    : m_vocabulary(std::move(vocabulary)), m_scores(std::move(scores)), m_bytes(byteTokens(m_vocabulary))
{
    for (int byte = 0; byte < 256; ++byte) {
        int& token = m_bytes[static_cast<std::size_t>(byte)];
        if (token >= 0)
            continue;
        const auto found = m_vocabulary.find(std::string(1, static_cast<char>(byte)));
        token = found == m_vocabulary.end() ? unknown : found->second;
    }
}

void SentencePiecePairs::encode(std::string_view word, std::vector<int>& tokens) const
{
    if (word.size() >= (1u << 31))
        throw Error(tr("A text of %1 bytes without a place to split it is too long for the tokenizer; "
                       "it takes less than 2 GiB at once.").arg(word.size()));
    const auto tokenOf = [&](std::size_t begin, std::size_t length) {
        const auto found = m_vocabulary.find(word.substr(begin, length));
        return found == m_vocabulary.end() ? -1 : found->second;
    };
    std::vector<Symbol> symbols;
    symbols.reserve(word.size());
    for (std::size_t position = 0, length = 0; position < word.size(); position += length) {
        length = characterLength(word, position);
        symbols.push_back({static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(length),
                           tokenOf(position, length)});
    }
    mergeSymbols(symbols, [&](const Symbol& left, const Symbol& right) {
        const int token = tokenOf(left.begin, left.length + right.length);
        return token < 0 ? Merge{} : Merge{-double(m_scores[static_cast<std::size_t>(token)]), token};
    });
    for (const Symbol& symbol : symbols) {
        if (symbol.length == 0)
            continue;
        if (symbol.token >= 0) {
            tokens.push_back(symbol.token);
            continue;
        }
        for (const char byte : word.substr(symbol.begin, symbol.length)) {
            if (const int token = m_bytes[static_cast<unsigned char>(byte)]; token >= 0)
                tokens.push_back(token);
        }
    }
}

} // namespace halftone
