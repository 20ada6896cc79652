// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts text into the words that are tokenized on their own.
#pragma once

#include "model/pattern.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace halftone {

/// What becomes of the stretches that a pattern matches (names of the tokenizers library).
enum class SplitBehaviour { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

/// first: the word begins where the whole text begins.
struct Word
{
    std::string_view text;
    bool first = false;
};

/// Texts that steps had to rewrite; words point into them. Addresses stay valid as it grows.
using TextStore = std::deque<std::string>;

class PreTokenizeStep
{
public:
    virtual ~PreTokenizeStep() = default;
    /// Appends the words of one word, which is valid UTF-8 and not empty.
    virtual void apply(const Word& word, TextStore& store, std::vector<Word>& words) const = 0;
};

class PreTokenizer
{
public:
    /// Splits at the matches of a pattern; `invert` swaps matches and the rest.
    void addSplit(Pattern pattern, SplitBehaviour behaviour, bool invert = false);
    /// Puts a space in front of words that do not begin with one.
    void addPrefixSpace();
    enum class Prepend { Always, First, Never };
    /// Spaces become `replacement`, which is also put in front; words begin at it if `split`.
    void addMetaspace(std::string replacement, Prepend prepend, bool split);

    /// The words of `text`, which is valid UTF-8. `first`: it begins where the whole text begins.
    std::vector<Word> split(std::string_view text, bool first, TextStore& store) const;

private:
    std::vector<std::shared_ptr<const PreTokenizeStep>> m_steps;
};

/// GPT-2's expression for words, digits, the rest and white space (Radford et al. 2019).
extern const char* const kGpt2Words;

} // namespace halftone
