// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe_command.h"

#include <algorithm>

namespace halftone {

using nlohmann::json;

namespace {

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

// The choices that have no flag, as they stand without one.
Recipe sayable(Recipe recipe)
{
    const Recipe standard;
    recipe.preciseHessian = standard.preciseHessian;
    recipe.drift.damping = standard.drift.damping;
    recipe.drift.skip = standard.drift.skip;
    recipe.rotation.seed = standard.rotation.seed;
    return recipe;
}

void addSettings(QStringList& words, const Recipe& recipe)
{
    words << QStringLiteral("--method") << recipe.method;
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
}

void addTreatment(QStringList& words, const Recipe& recipe)
{
    const Recipe standard;
    const auto add = [&](const char* flag, const auto& value, const auto& usual) {
        if (value != usual)
            words << QLatin1String(flag) << valueText(json(value));
    };
    const auto turnOn = [&](const char* flag, bool on) {
        if (on)
            words << QLatin1String(flag);
    };
    turnOn("--staged", recipe.staged);
    add("--drift", recipe.drift.strength, standard.drift.strength);
    add("--drift-residual", recipe.drift.residual, standard.drift.residual);
    add("--token-clip", recipe.tokenClip, standard.tokenClip);
    turnOn("--rotate", recipe.rotation.active);
    add("--rotation-block", recipe.rotation.block, standard.rotation.block);
    add("--refine", recipe.refine.rounds, standard.refine.rounds);
    add("--refine-passes", recipe.refine.passes, standard.refine.passes);
    add("--refine-rate", recipe.refine.rate, standard.refine.rate);
    turnOn("--move-classes", recipe.refine.moveClasses);
    turnOn("--entropy-coding", recipe.entropyCoding);
    add("--steer-bits", recipe.steerBits, standard.steerBits);
    add("--embedding-bits", recipe.embeddingBits, standard.embeddingBits);
    add("--head-bits", recipe.headBits, standard.headBits);
    turnOn("--no-judge", !recipe.judge);
    add("--backend", recipe.backend.toStdString(), standard.backend.toStdString());
    add("--gpu-precision", recipe.gpuPrecision.toStdString(), standard.gpuPrecision.toStdString());
}

} // namespace

QString commandFor(const Recipe& recipe, const QString& out, const Budget& budget)
{
    QStringList words{QStringLiteral("halftone-cli"), QStringLiteral("quantize"), recipe.model};
    const bool flags = sayable(recipe).toJson() == recipe.toJson();
    if (flags) {
        addSettings(words, recipe);
        addText(words, recipe.calibration, QStringLiteral("--calibration"), QStringLiteral("--"));
        if (recipe.calibration.seed != 0)
            words << QStringLiteral("--calibration-seed") << QString::number(recipe.calibration.seed);
        addText(words, recipe.evaluation, QStringLiteral("--evaluation"), QStringLiteral("--evaluation-"));
        addTreatment(words, recipe);
    } else {
        words << QStringLiteral("--recipe") << QStringLiteral("/dev/stdin");
    }
    if (budget.wanted())
        words << (budget.megabytes ? QStringLiteral("--budget-mb") : QStringLiteral("--budget-bits"))
              << valueText(json(budget.value));
    words << QStringLiteral("--out") << out;
    for (QString& word : words)
        word = quoted(word);
    const QString command = words.join(QLatin1Char(' '));
    return flags ? command
                 : command + QStringLiteral(" <<'RECIPE'\n%1\nRECIPE").arg(QString::fromStdString(recipe.toJson().dump(2)));
}

} // namespace halftone
