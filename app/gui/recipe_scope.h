// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of the whole model, of a kind of layer, or of one layer: what holds there, what it inherits
// and what it overrides. Plain functions of a recipe; a scope is the pattern of its overrides.
#pragma once

#include "pipeline/recipe.h"
#include "quantize/parameter.h"

namespace halftone {

enum class Scope { Model, Kind, Layer };

/// Where settings are edited. pattern is empty for the model.
struct ScopePlace
{
    Scope scope = Scope::Model;
    QString pattern;    ///< a kind's with '*', a layer's name
    QString example;    ///< a layer that the pattern matches; empty for the model
};

/// Complete settings that hold at the place, overrides of narrower scopes left out.
Settings settingsAt(const Recipe& recipe, const ScopePlace& place);
/// Whether the place itself sets the parameter (for the model: to other than its standard value).
bool overrides(const Recipe& recipe, const ScopePlace& place, const QString& parameter);

Recipe withSetting(Recipe recipe, const ScopePlace& place, const QString& parameter,
                   const nlohmann::json& value);
/// The parameter takes its inherited value again.
Recipe withoutSetting(Recipe recipe, const ScopePlace& place, const QString& parameter);
/// All that `from` overrides holds for `pattern` too.
Recipe withCopiedOverrides(Recipe recipe, const QString& from, const QString& pattern);

} // namespace halftone
