// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to resident_build: the members of a rarer class in one tile, and the short way to them where a single mask of
// gaps tells them from all others. No weight is looked at alone there: gaps become places, and runs of bits are moved.
#pragma once

#include "packed/packed_matrix.h"
#include "packed/resident_matrix.h"

namespace halftone {

/// As ResidentList keeps them, of the rows of one tile.
struct TileList
{
    std::vector<std::uint8_t> columns, codes;
    std::vector<std::uint16_t> counts;  ///< rows x cells
    std::vector<std::uint32_t> perRow;
};

/// Whether readGapTile can be used: two classes, a mask of gaps that marks the one which is not `base`, and codes of the
/// base that lie in the part as they do in the stream.
bool hasGapTiles(const PackedMatrix& m, const ResidentPart& part, std::size_t base);

/// The members of one tile, and the base's codes with code 0 in the members' places, into the part. False when the
/// streams contradict the header: then nothing that was written counts.
bool readGapTile(const PackedMatrix& m, Index tile, std::size_t base, const ResidentList& list, ResidentPart& part,
                 TileList& out);

} // namespace halftone
