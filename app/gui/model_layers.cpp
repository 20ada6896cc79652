// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_layers.h"

#include "base/error.h"

#include <algorithm>

namespace halftone {

ModelLayers ModelLayers::of(const Checkpoint& checkpoint)
{
    ModelLayers layers;
    try {
        layers.config = ModelConfig::of(checkpoint);
    } catch (const Error&) {
        return layers; // its tensors can be looked at all the same
    }
    QHash<QString, int> indices;
    for (std::size_t i = 0; i < checkpoint.tensors().size(); ++i)
        indices.insert(checkpoint.tensors()[i].name, int(i));
    for (Index block = 0; block < layers.config->blocks; ++block)
        for (Linear linear : kLinears) {
            const auto found = indices.constFind(layers.config->names.weight(linear, block));
            if (found != indices.constEnd())
                layers.places.insert(*found, {block, linear});
        }
    return layers;
}

QString ModelLayers::kindPattern(Linear linear) const
{
    QString name = config->names.linears[std::size_t(linear)] + QStringLiteral(".weight");
    return name.replace(QLatin1String("%1"), QLatin1String("*"));
}

Stage stageOf(Linear linear)
{
    for (Stage stage : kStages) {
        const auto linears = linearsOf(stage);
        if (std::find(linears.begin(), linears.end(), linear) != linears.end())
            return stage;
    }
    return Stage::Down;
}

} // namespace halftone
