// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a recipe: an Error, or a recipe that survives being written and read again.
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "pipeline/recipe.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace halftone;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        const Recipe recipe = Recipe::fromJson(parseStrictJson(
            {reinterpret_cast<const char*>(data), size}, QStringLiteral("the recipe"), JsonComments::Allowed));
        const nlohmann::json written = recipe.toJson();
        if (Recipe::fromJson(nlohmann::json::parse(written.dump())).toJson() != written)
            std::abort();
        recipe.settingsFor(QStringLiteral("model.layers.3.mlp.down_proj.weight"));
        commentedRecipe(recipe);
    } catch (const Error&) {
        return 0;
    }
    return 0;
}
