// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/presets.h"

#include "base/error.h"

#include <array>

namespace halftone {

namespace {

// What pays with every codebook.
void applyCommon(Recipe& r)
{
    r.overrides.clear();
    r.steerBits = 0;
    r.staged = true;
    r.drift = {};
    r.drift.strength = 0.5;
    r.drift.residual = 0.5;
    r.refine = {};
    r.refine.rounds = 1;
    r.refine.passes = 2;
    r.refine.rate = 1;
    r.entropyCoding = true;
}

void applyPb(Recipe& r)
{
    applyCommon(r);
    r.method = QStringLiteral("pb-plus");
    r.settings = {{"salient_ratio", 0.1}, {"damping", 0.03}};
    r.rotation = {};
}

void applyBest(Recipe& r)
{
    applyCommon(r);
    r.method = QStringLiteral("gaussian");
    r.settings = {{"spacing", "uniform"}, {"target_bits", 2.0}, {"row_power", 0.5}};
    r.rotation = {};
    r.rotation.active = true;
}

} // namespace

std::span<const Preset> presets()
{
    static const std::array<Preset, 2> table{{
        {"halftone-pb", QT_TR_NOOP("Halftone PB"),
         QT_TR_NOOP("Partial binarization at its best: signs and a few salient weights, each kept because "
                    "a sign would represent it badly. salient_ratio sets the size. Slow."),
         applyPb},
        {"halftone-best", QT_TR_NOOP("Halftone Best"),
         QT_TR_NOOP("The least loss for the bytes: rotated weights on uniform levels, entropy-coded. "
                    "target_bits sets the size. Slow."),
         applyBest},
    }};
    return table;
}

void applyPreset(const QString& id, Recipe& recipe)
{
    QStringList known;
    for (const Preset& preset : presets()) {
        known << QLatin1String(preset.id);
        if (id == QLatin1String(preset.id)) {
            preset.apply(recipe);
            return;
        }
    }
    throw Error(tr("There is no preset '%1'; there are %2.").arg(id, known.join(QStringLiteral(", "))));
}

} // namespace halftone
