// SPDX-License-Identifier: GPL-3.0-or-later
// A named piece of a mapped file. Owns nothing and decodes nothing.
#pragma once

#include "base/element_type.h"

#include <QString>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace halftone {

struct TensorView
{
    QString name;
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape;      ///< row-major, outermost first (as PyTorch prints it)
    std::span<const std::byte> bytes;     ///< empty for ElementType::Packed
    int file = 0;                         ///< which of the checkpoint's files holds it

    std::int64_t elements() const
    {
        std::int64_t product = 1;
        for (auto extent : shape)
            product *= extent;
        return product;
    }
    /// As a matrix: the last extent is the columns, all others together the rows. A scalar is 1 x 1.
    std::int64_t columns() const { return shape.empty() ? 1 : shape.back(); }
    std::int64_t rows() const { return columns() == 0 ? 0 : elements() / columns(); }
};

/// The product of the extents of a shape that came from a file. Nothing when one is negative, or when
/// the product of those that are not 0 overflows, so that elements() cannot overflow in any order.
inline std::optional<std::int64_t> checkedElements(std::span<const std::int64_t> shape)
{
    std::int64_t product = 1;
    bool empty = false;
    for (const auto extent : shape) {
        empty = empty || extent == 0;
        if (extent < 0 || (extent > 0 && __builtin_mul_overflow(product, extent, &product)))
            return std::nullopt;
    }
    return empty ? 0 : product;
}

} // namespace halftone
