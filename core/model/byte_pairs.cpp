// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/byte_pairs.h"

#include "base/error.h"
#include "model/byte_alphabet.h"
#include "model/merge_symbols.h"
#include "model/utf8.h"

namespace halftone {

namespace {

std::uint64_t pairKey(int left, int right)
{
    return static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right);
}

int requireToken(const Vocabulary& vocabulary, const std::string& text, std::size_t rank)
{
    const auto found = vocabulary.find(text);
    if (found == vocabulary.end())
        throw Error(tr("Merge %1 of the tokenizer needs the token '%2', which is not in its vocabulary.")
                        .arg(rank)
                        .arg(QString::fromStdString(text)));
    return found->second;
}

} // namespace

BytePairs::BytePairs(Vocabulary vocabulary,
                     const std::vector<std::pair<std::string, std::string>>& merges,
                     const BytePairRules& rules)
    : m_rules(rules)
{
    m_merges.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto& [left, right] = merges[rank];
        const int leftToken = requireToken(vocabulary, left, rank);
        const int rightToken = requireToken(vocabulary, right, rank);
        const int merged = requireToken(vocabulary, left + right, rank);
        // The last of equal merges counts, as in the reference implementation.
        m_merges.insert_or_assign(pairKey(leftToken, rightToken), Ranked{static_cast<int>(rank), merged});
    }
    if (!rules.byteLevel) {
        m_bytes = byteTokens(vocabulary);
        m_vocabulary = std::move(vocabulary);
        return;
    }
    m_bytes.assign(256, -1);
    for (int byte = 0; byte < 256; ++byte) {
        const auto found = vocabulary.find(standIn(static_cast<unsigned char>(byte)));
        if (found != vocabulary.end())
            m_bytes[static_cast<std::size_t>(byte)] = found->second;
    }
    if (rules.wholeWordFirst) {
        m_vocabulary.reserve(vocabulary.size());
        for (const auto& [text, token] : vocabulary) {
            if (auto bytes = bytesOfStandIns(text))
                m_vocabulary.emplace(*std::move(bytes), token);
        }
    }
}

int BytePairs::startingToken(std::string_view text) const
{
    if (m_rules.byteLevel)
        return m_bytes[static_cast<unsigned char>(text[0])];
    const auto found = m_vocabulary.find(text);
    return found == m_vocabulary.end() ? -1 : found->second;
}

void BytePairs::encode(std::string_view word, std::vector<int>& tokens) const
{
    if (word.size() >= (1u << 31))
        throw Error(tr("A text of %1 bytes without a place to split it is too long for the tokenizer; "
                       "it takes less than 2 GiB at once.").arg(word.size()));
    if (m_rules.wholeWordFirst) {
        if (const auto found = m_vocabulary.find(word); found != m_vocabulary.end()) {
            tokens.push_back(found->second);
            return;
        }
    }
    std::vector<Symbol> symbols;
    symbols.reserve(word.size());
    const auto add = [&](std::size_t begin, std::size_t length, int token) {
        symbols.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length), token});
    };
    // An unknown symbol waits until the next known one, so that its neighbours can join it.
    std::size_t unknownBegin = 0, unknownLength = 0;
    const auto flushUnknown = [&] {
        if (unknownLength > 0)
            add(unknownBegin, unknownLength, m_rules.unknown);
        unknownLength = 0;
    };
    for (std::size_t position = 0, length = 0; position < word.size(); position += length) {
        length = m_rules.byteLevel ? 1 : characterLength(word, position);
        const std::string_view text = word.substr(position, length);
        if (const int token = startingToken(text); token >= 0) {
            flushUnknown();
            add(position, length, token);
            continue;
        }
        bool everyByte = m_rules.byteFallback;
        for (const char byte : text)
            everyByte = everyByte && m_bytes[static_cast<unsigned char>(byte)] >= 0;
        if (everyByte) {
            for (std::size_t i = 0; i < length; ++i)
                add(position + i, 1, m_bytes[static_cast<unsigned char>(text[i])]);
        } else if (m_rules.unknown >= 0) {
            if (!m_rules.fuseUnknown)
                flushUnknown();
            if (unknownLength == 0)
                unknownBegin = position;
            unknownLength += length;
        }
    }
    flushUnknown();
    mergeSymbols(symbols, [this](const Symbol& left, const Symbol& right) {
        const auto found = m_merges.find(pairKey(left.token, right.token));
        return found == m_merges.end() ? Merge{}
                                       : Merge{double(found->second.rank), found->second.token};
    });
    for (const Symbol& symbol : symbols) {
        if (symbol.length > 0)
            tokens.push_back(symbol.token);
    }
}

} // namespace halftone
