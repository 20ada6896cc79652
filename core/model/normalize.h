// SPDX-License-Identifier: GPL-3.0-or-later
// The rewriting of text before it is cut into words: Unicode normal forms, replacements, prefixes.
#pragma once

#include "model/pattern.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace halftone {

class Normalizer
{
public:
    enum class Form { Nfc, Nfd, Nfkc, Nfkd };

    void addForm(Form form);
    void addLowercase();
    /// Removes the marks of decomposed characters.
    void addStripAccents();
    void addStrip(bool left, bool right);
    void addReplace(Pattern pattern, std::string replacement);
    /// In front of every text that is not empty.
    void addPrepend(std::string prefix);

    bool empty() const { return m_steps.empty(); }
    /// `text` is valid UTF-8. A text that goes on where bytes interrupted it (`continues`) gets no prefix.
    std::string apply(std::string_view text, bool continues = false) const;

private:
    struct Step
    {
        std::function<std::string(std::string)> rewrite;
        bool isPrefix = false;
    };
    std::vector<Step> m_steps;
};

} // namespace halftone
