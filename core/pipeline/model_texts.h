// SPDX-License-Identifier: GPL-3.0-or-later
// Which texts a run calibrates and judges on, cut into windows: the files of the recipe, or what comes
// with Halftone.
#pragma once

#include "model/token_windows.h"
#include "model/transformer.h"
#include "pipeline/recipe.h"

#include <optional>

namespace halftone {

struct RunTexts
{
    TokenWindows calibration;
    std::optional<TokenWindows> evaluation; ///< empty when the recipe wants none or no text is left
    QString calibrationName, evaluationName; ///< without folders, for reports
    QStringList notes;
};

/// The file that a run calibrates on.
QString calibrationTextOf(const Recipe& recipe);

/// Without a text of its own the sample model takes its own stories, any other model the built-in
/// text. Without an evaluation text judging takes what follows the calibration windows; by default
/// calibration leaves windows for that. With a seed calibration draws windows from all that is not judged
/// on, of which it never sees a token. Throws Error as cutWindows does.
RunTexts textsFor(const Recipe& recipe, const Tokenizer& tokenizer, const ModelConfig& config);

} // namespace halftone
