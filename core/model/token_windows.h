// SPDX-License-Identifier: GPL-3.0-or-later
// A text cut into the windows a model sees: consecutive, not overlapping, the first N. What
// calibration and evaluation have in common.
#pragma once

#include "base/matrix.h"
#include "model/tokenizer.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace halftone {

/// What was asked for. An empty field takes its default and shrinks to what model and text allow; a
/// given one is kept or refused.
struct WindowRequest
{
    std::optional<Index> context; ///< tokens of one window, the BOS token included
    std::optional<Index> count;
    Index defaultContext = 2048;
    Index defaultCount = 0;       ///< 0 means as many as the text gives
    Index skipTokens = 0;         ///< tokens of the text left out at its beginning
};

struct TokenWindows
{
    Index context = 0;
    Index count = 0;
    std::vector<int> tokens;  ///< count * context
    QStringList notes;        ///< one sentence for each default that shrank
    Index textTokens = 0;     ///< tokens of the whole text

    std::span<const int> window(Index i) const
    {
        return {tokens.data() + i * context, static_cast<std::size_t>(context)};
    }
};

/// `bos` is put in front of each window, -1 for models that ask for none. Throws Error for a text
/// shorter than one window and for windows longer than the model's context.
TokenWindows cutWindows(std::span<const int> text, const WindowRequest& request, Index modelContext,
                        int bos, const QString& textName);

/// As many windows as `inOrder` has, of its size, from places of the text drawn at random, as GPTQ's and
/// PB-LLM's published programs take them: windows may overlap. None touches the tokens [from, to), which
/// may be empty. Equal seeds give equal windows on every machine. Throws Error where no window fits.
TokenWindows drawWindows(std::span<const int> text, const TokenWindows& inOrder, int bos, std::uint64_t seed,
                         Index from, Index to, const QString& textName);

/// The bytes of a text file as tokens, no BOS and no special tokens parsed. Throws Error for a file
/// that cannot be read or holds no text.
std::vector<int> tokenizeFile(const Tokenizer& tokenizer, const QString& path);

} // namespace halftone
