// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader does with tensors it was promised: decode the first and the last row of each.
#pragma once

#include "base/tensor_view.h"
#include "checkpoint/dequantize.h"

#include <vector>

inline void decodeRows(const std::vector<halftone::TensorView>& tensors)
{
    for (const auto& tensor : tensors) {
        const auto& type = halftone::info(tensor.type);
        const auto rows = tensor.rows();
        if (!type.floating || rows == 0)
            continue;
        const auto rowBytes = static_cast<std::size_t>(tensor.columns() / type.blockElements * type.blockBytes);
        std::vector<float> out(static_cast<std::size_t>(tensor.columns()));
        halftone::dequantize(tensor.type, tensor.bytes.first(rowBytes), out);
        halftone::dequantize(tensor.type, tensor.bytes.last(rowBytes), out);
    }
}
