// SPDX-License-Identifier: GPL-3.0-or-later
// Which tensors of the open model are the linear layers that a run codes, and where in it they are.
#pragma once

#include "model/config.h"

#include <QHash>
#include <optional>

namespace halftone {

struct LayerPlace
{
    Index block = 0;
    Linear linear = Linear::Query;
};

struct ModelLayers
{
    std::optional<ModelConfig> config;   ///< empty for a file that is no model that can be run
    QHash<int, LayerPlace> places;       ///< by index of the tensor

    static ModelLayers of(const Checkpoint& checkpoint);

    /// The same kind of layer in all blocks, as a recipe's pattern.
    QString kindPattern(Linear linear) const;
};

Stage stageOf(Linear linear);

} // namespace halftone
