// SPDX-License-Identifier: GPL-3.0-or-later
// How many bits coded weights cost, part by part. Plain sums; bits per weight are formed by who
// shows them.
#pragma once

#include <cstdint>

namespace halftone {

struct BitCount
{
    std::int64_t weights = 0;  ///< coded weights
    std::int64_t nominal = 0;  ///< as papers count: code bits of each weight, nothing else
    std::int64_t codes = 0;    ///< code streams, each tile rounded up to bytes
    std::int64_t masks = 0;    ///< which weight is in which class, with the index of its tiles
    std::int64_t scales = 0;   ///< scales, offsets and tables of levels
    std::int64_t layout = 0;   ///< headers and padding

    std::int64_t disk() const { return codes + masks + scales + layout; }
    double nominalPerWeight() const { return perWeight(nominal); }
    double diskPerWeight() const { return perWeight(disk()); }

    BitCount& operator+=(const BitCount& other)
    {
        weights += other.weights;
        nominal += other.nominal;
        codes += other.codes;
        masks += other.masks;
        scales += other.scales;
        layout += other.layout;
        return *this;
    }

private:
    double perWeight(std::int64_t bits) const
    {
        return weights > 0 ? static_cast<double>(bits) / static_cast<double>(weights) : 0;
    }
};

} // namespace halftone
