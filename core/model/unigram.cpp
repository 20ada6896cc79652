// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/unigram.h"

#include "base/error.h"
#include "model/utf8.h"
#include "model/vocabulary_pieces.h"

#include <algorithm>

namespace halftone {

namespace {

/// The best way to reach a place in the word.
struct Arrival
{
    double score = 0;
    std::size_t begin = 0;
    int token = -1;
    bool reached = false;
};

} // namespace

Unigram::Unigram(Vocabulary vocabulary, std::vector<double> scores, int unknown, bool byteFallback)
    : m_vocabulary(std::move(vocabulary)), m_scores(std::move(scores)), m_unknown(unknown)
{
    // How far below the rarest token an unknown character is: SentencePiece's kUnkPenalty.
    constexpr double kUnknownPenalty = 10;
    m_unknownScore = (m_scores.empty() ? 0 : *std::min_element(m_scores.begin(), m_scores.end()))
                     - kUnknownPenalty;
    if (byteFallback)
        m_bytes = byteTokens(m_vocabulary);
    for (const auto& [text, token] : m_vocabulary)
        m_tree.insert(text, token);
}

void Unigram::encode(std::string_view word, std::vector<int>& tokens) const
{
    std::vector<Arrival> arrivals(word.size() + 1);
    for (std::size_t begin = 0, length = 0; begin < word.size(); begin += length) {
        length = characterLength(word, begin);
        const double soFar = arrivals[begin].score;
        const auto arrive = [&](std::size_t end, double score, int token) {
            Arrival& arrival = arrivals[end];
            if (!arrival.reached || score > arrival.score)
                arrival = {score, begin, token, true};
        };
        bool hasCharacter = false;
        m_tree.forEachPrefix(word.substr(begin), [&](std::size_t size, int token) {
            arrive(begin + size, soFar + m_scores[static_cast<std::size_t>(token)], token);
            hasCharacter = hasCharacter || size == length;
        });
        if (!hasCharacter)
            arrive(begin + length, soFar + m_unknownScore, m_unknown);
    }
    std::vector<Arrival> path;
    std::vector<std::size_t> ends;
    for (std::size_t end = word.size(); end > 0; end = path.back().begin) {
        ends.push_back(end);
        path.push_back(arrivals[end]);
    }
    for (std::size_t i = path.size(); i-- > 0;) {
        if (path[i].token != m_unknown) {
            tokens.push_back(path[i].token);
            continue;
        }
        const std::size_t begin = path[i].begin;
        while (i > 0 && path[i - 1].token == m_unknown)
            --i;
        addUnknown(word.substr(begin, ends[i] - begin), tokens);
    }
}

void Unigram::addUnknown(std::string_view text, std::vector<int>& tokens) const
{
    if (const auto found = m_vocabulary.find(text); found != m_vocabulary.end()) {
        tokens.push_back(found->second);
        return;
    }
    bool everyByte = !m_bytes.empty();
    for (const char byte : text)
        everyByte = everyByte && m_bytes[static_cast<unsigned char>(byte)] >= 0;
    if (everyByte) {
        for (const char byte : text)
            tokens.push_back(m_bytes[static_cast<unsigned char>(byte)]);
        return;
    }
    if (m_unknown < 0)
        throw Error(tr("The tokenizer has no token for %1 and no unknown token.").arg(quotedToken(text)));
    tokens.push_back(m_unknown);
}

} // namespace halftone
