// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that build a recipe, shared by quantize, estimate, sweep and recipe. Each parameter of
// each method is a flag of the same name with dashes.
#pragma once

#include "pipeline/recipe.h"

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>

namespace halftone::cli {

struct RecipeFlags
{
    std::string model, recipeFile;
    std::optional<std::string> preset, method, calibration, evaluation, backend, gpuPrecision;
    std::optional<long> windows, context, evaluationWindows, evaluationContext;
    std::optional<int> embeddingBits, headBits, calibrationSeed;
    std::optional<int> refineRounds, refinePasses, rotationBlock;
    std::optional<double> drift, driftResidual, tokenClip, refineRate, steerBits;
    bool noJudge = false;
    std::optional<bool> staged, rotate, moveClasses, entropyCoding;
    std::map<std::string, std::string> settings; ///< parameter id to what was typed
    std::vector<std::string> overrides;          ///< "PATTERN:key=value,key=value"

    void addTo(CLI::App& app);
    /// The recipe file, if any, with the flags on top. Throws Error.
    Recipe recipe() const;
};

} // namespace halftone::cli
