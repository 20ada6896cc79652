// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe_scope.h"

#include "quantize/quantizers.h"

#include <algorithm>

namespace halftone {

using nlohmann::json;

namespace {

bool isPattern(const QString& layers)
{
    return layers.contains(QLatin1Char('*')) || layers.contains(QLatin1Char('?'));
}

LayerOverride* find(Recipe& recipe, const QString& pattern)
{
    const auto found = std::find_if(recipe.overrides.begin(), recipe.overrides.end(),
                                    [&](const LayerOverride& o) { return o.layers == pattern; });
    return found == recipe.overrides.end() ? nullptr : &*found;
}

// Later ones win, so kinds stand before single layers.
LayerOverride& findOrAdd(Recipe& recipe, const QString& pattern)
{
    if (LayerOverride* known = find(recipe, pattern))
        return *known;
    auto at = recipe.overrides.end();
    if (isPattern(pattern))
        at = std::find_if(recipe.overrides.begin(), recipe.overrides.end(),
                          [](const LayerOverride& o) { return !isPattern(o.layers); });
    return *recipe.overrides.insert(at, LayerOverride{pattern, json::object()});
}

} // namespace

Settings settingsAt(const Recipe& recipe, const ScopePlace& place)
{
    if (place.scope == Scope::Layer)
        return recipe.settingsFor(place.example);
    Recipe broader = recipe;
    std::erase_if(broader.overrides, [&](const LayerOverride& o) {
        return place.scope == Scope::Model || !isPattern(o.layers);
    });
    return place.scope == Scope::Model ? completeSettings(quantizer(recipe.method), recipe.settings)
                                       : broader.settingsFor(place.example);
}

bool overrides(const Recipe& recipe, const ScopePlace& place, const QString& parameter)
{
    const std::string key = parameter.toStdString();
    if (place.scope == Scope::Model) {
        if (!recipe.settings.is_object() || !recipe.settings.contains(key))
            return false;
        for (const Parameter& p : quantizer(recipe.method).parameters())
            if (p.id == parameter)
                return recipe.settings.at(key) != p.standard;
        return false;
    }
    Recipe copy = recipe;
    const LayerOverride* own = find(copy, place.pattern);
    return own && own->settings.contains(key);
}

Recipe withSetting(Recipe recipe, const ScopePlace& place, const QString& parameter, const json& value)
{
    json& settings = place.scope == Scope::Model ? recipe.settings : findOrAdd(recipe, place.pattern).settings;
    settings[parameter.toStdString()] = value;
    return recipe;
}

Recipe withoutSetting(Recipe recipe, const ScopePlace& place, const QString& parameter)
{
    const std::string key = parameter.toStdString();
    if (place.scope == Scope::Model) {
        recipe.settings.erase(key);
    } else if (LayerOverride* own = find(recipe, place.pattern)) {
        own->settings.erase(key);
        std::erase_if(recipe.overrides, [](const LayerOverride& o) { return o.settings.empty(); });
    }
    return recipe;
}

Recipe withCopiedOverrides(Recipe recipe, const QString& from, const QString& pattern)
{
    const LayerOverride* source = find(recipe, from);
    if (!source || from == pattern)
        return recipe;
    const json settings = source->settings;
    findOrAdd(recipe, pattern).settings.update(settings);
    return recipe;
}

} // namespace halftone
