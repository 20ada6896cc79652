// SPDX-License-Identifier: GPL-3.0-or-later
// Named recipes: the choices that measured best together. Each is a plain recipe afterwards.
#pragma once

#include "pipeline/recipe.h"

#include <span>

namespace halftone {

struct Preset
{
    const char* id;    ///< "halftone-pb"
    const char* title; ///< to be translated
    const char* why;   ///< one sentence, to be translated
    void (*apply)(Recipe&);
};

/// In the order they are offered.
std::span<const Preset> presets();

/// Sets method, settings and treatment of a recipe; model, texts, tables and backend stay. Throws Error
/// that lists the known presets.
void applyPreset(const QString& id, Recipe& recipe);

} // namespace halftone
