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

QString quoted(const QString& word)
{
    static const QString plain = QStringLiteral("_-./:=,");
    const bool safe = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c);
    });
    if (safe)
        return word;
    QString escaped = word;
    escaped.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + escaped + QLatin1Char('\'');
}

QString valueText(const json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

void addText(QStringList& words, const TextChoice& text, const QString& file, const QString& prefix)
{
    if (!text.text.isEmpty())
        words << file << text.text;
    if (text.windows)
        words << prefix + QStringLiteral("windows") << QString::number(*text.windows);
    if (text.context)
        words << prefix + QStringLiteral("context") << QString::number(*text.context);
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

QString commandFor(const Recipe& recipe, const QString& out)
{
    QStringList words{QStringLiteral("halftone-cli"), QStringLiteral("quantize"), recipe.model,
                      QStringLiteral("--method"), recipe.method};
    if (recipe.settings.is_object())
        for (const auto& [key, value] : recipe.settings.items())
            words << QStringLiteral("--") + QString::fromStdString(key).replace(QLatin1Char('_'), QLatin1Char('-'))
                  << valueText(value);
    for (const LayerOverride& o : recipe.overrides) {
        QStringList pairs;
        for (const auto& [key, value] : o.settings.items())
            pairs << QString::fromStdString(key) + QLatin1Char('=') + valueText(value);
        words << QStringLiteral("--override") << o.layers + QLatin1Char(':') + pairs.join(QLatin1Char(','));
    }
    addText(words, recipe.calibration, QStringLiteral("--calibration"), QStringLiteral("--"));
    addText(words, recipe.evaluation, QStringLiteral("--evaluation"), QStringLiteral("--evaluation-"));
    if (recipe.staged)
        words << QStringLiteral("--staged");
    if (recipe.drift.strength > 0)
        words << QStringLiteral("--drift") << QString::number(recipe.drift.strength);
    if (recipe.embeddingBits > 0)
        words << QStringLiteral("--embedding-bits") << QString::number(recipe.embeddingBits);
    if (recipe.headBits > 0)
        words << QStringLiteral("--head-bits") << QString::number(recipe.headBits);
    if (!recipe.judge)
        words << QStringLiteral("--no-judge");
    if (recipe.backend != QLatin1String("auto"))
        words << QStringLiteral("--backend") << recipe.backend;
    words << QStringLiteral("--out") << out;
    for (QString& word : words)
        word = quoted(word);
    return words.join(QLatin1Char(' '));
}

} // namespace halftone
