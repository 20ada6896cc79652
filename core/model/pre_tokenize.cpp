// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/pre_tokenize.h"

#include <algorithm>

namespace halftone {

const char* const kGpt2Words =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

namespace {

struct Stretch
{
    std::size_t begin;
    std::size_t end;
    bool matched;
};

/// Joins neighbours as the behaviour says; the stretches cover the text in order.
std::vector<Stretch> joined(std::vector<Stretch> stretches, SplitBehaviour behaviour)
{
    if (behaviour == SplitBehaviour::Removed) {
        std::erase_if(stretches, [](const Stretch& stretch) { return stretch.matched; });
        return stretches;
    }
    if (behaviour == SplitBehaviour::Isolated)
        return stretches;
    const bool fromBehind = behaviour == SplitBehaviour::MergedWithNext;
    if (fromBehind)
        std::reverse(stretches.begin(), stretches.end());
    std::vector<Stretch> result;
    bool previousMatched = false;
    for (const Stretch& stretch : stretches) {
        const bool join = behaviour == SplitBehaviour::Contiguous
                              ? stretch.matched == previousMatched
                              : stretch.matched && !previousMatched;
        if (join && !result.empty()) {
            result.back().begin = std::min(result.back().begin, stretch.begin);
            result.back().end = std::max(result.back().end, stretch.end);
        } else {
            result.push_back(stretch);
        }
        previousMatched = stretch.matched;
    }
    if (fromBehind)
        std::reverse(result.begin(), result.end());
    return result;
}

class SplitStep : public PreTokenizeStep
{
public:
    SplitStep(Pattern pattern, SplitBehaviour behaviour, bool invert)
        : m_pattern(std::move(pattern)), m_behaviour(behaviour), m_invert(invert)
    {
    }

    void apply(const Word& word, TextStore&, std::vector<Word>& words) const override
    {
        std::vector<Stretch> stretches;
        std::size_t done = 0;
        m_pattern.forEachMatch(word.text, [&](std::size_t begin, std::size_t end) {
            if (done < begin)
                stretches.push_back({done, begin, m_invert});
            stretches.push_back({begin, end, !m_invert});
            done = end;
        });
        if (done < word.text.size())
            stretches.push_back({done, word.text.size(), m_invert});
        for (const Stretch& stretch : joined(std::move(stretches), m_behaviour))
            words.push_back({word.text.substr(stretch.begin, stretch.end - stretch.begin),
                             word.first && stretch.begin == 0});
    }

private:
    Pattern m_pattern;
    SplitBehaviour m_behaviour;
    bool m_invert;
};

class PrefixSpaceStep : public PreTokenizeStep
{
public:
    void apply(const Word& word, TextStore& store, std::vector<Word>& words) const override
    {
        if (word.text.starts_with(' ')) {
            words.push_back(word);
            return;
        }
        std::string& text = store.emplace_back(" ");
        text += word.text;
        words.push_back({text, word.first});
    }
};

class MetaspaceStep : public PreTokenizeStep
{
public:
    MetaspaceStep(std::string replacement, PreTokenizer::Prepend prepend)
        : m_replacement(std::move(replacement)), m_prepend(prepend)
    {
    }

    void apply(const Word& word, TextStore& store, std::vector<Word>& words) const override
    {
        std::string& text = store.emplace_back();
        for (const char c : word.text) {
            if (c == ' ')
                text += m_replacement;
            else
                text += c;
        }
        const bool prepend = m_prepend == PreTokenizer::Prepend::Always
                             || (m_prepend == PreTokenizer::Prepend::First && word.first);
        if (prepend && !text.starts_with(m_replacement))
            text.insert(0, m_replacement);
        words.push_back({text, word.first});
    }

private:
    std::string m_replacement;
    PreTokenizer::Prepend m_prepend;
};

} // namespace

void PreTokenizer::addSplit(Pattern pattern, SplitBehaviour behaviour, bool invert)
{
    m_steps.push_back(std::make_shared<SplitStep>(std::move(pattern), behaviour, invert));
}

void PreTokenizer::addPrefixSpace()
{
    m_steps.push_back(std::make_shared<PrefixSpaceStep>());
}

void PreTokenizer::addMetaspace(std::string replacement, Prepend prepend, bool split)
{
    Pattern pattern = Pattern::literal(replacement);
    m_steps.push_back(std::make_shared<MetaspaceStep>(std::move(replacement), prepend));
    if (split)
        addSplit(std::move(pattern), SplitBehaviour::MergedWithNext);
}

std::vector<Word> PreTokenizer::split(std::string_view text, bool first, TextStore& store) const
{
    std::vector<Word> words;
    if (!text.empty())
        words.push_back({text, first});
    for (const auto& step : m_steps) {
        std::vector<Word> finer;
        finer.reserve(words.size());
        for (const Word& word : words)
            step->apply(word, store, finer);
        words = std::move(finer);
    }
    return words;
}

} // namespace halftone
