// SPDX-License-Identifier: GPL-3.0-or-later
// A packed matrix as products read it: codes in blocks of 32 columns at their own width, the scales as
// stored, and the few weights of the rarer classes as lists. Made from a PackedMatrix when a model is
// loaded; where the stored codes already have this shape they are read in place. Nothing here multiplies.
#pragma once

#include "packed/packed_matrix.h"

#include <array>
#include <functional>
#include <optional>

namespace halftone {

class Storage;

constexpr Index kBlockColumns = 32;
constexpr Index kQ8BlockBytes = 34; ///< of Q8_0: a half that scales the 32 signed bytes behind it
constexpr std::size_t kListPadding = 8; ///< zeros behind lists, for loads of eight

/// A block of 32 codes of `bits` bits takes 4 * bits bytes: fields of 4, 2 or 1 bits (8: whole bytes) one
/// behind the other, the widest first. Within a field of f bits, byte j holds 8 / f codes of f bits each.
/// The codes of the widest field lie in the order of the columns, as packed streams do; slot s of a
/// block is what kernels count in: slot k * 4f + j is part k of byte j.
constexpr int widestField(int bits)
{
    return bits >= 8 ? 8 : bits >= 4 ? 4 : bits >= 2 ? 2 : 1;
}
/// The column within its block of slot `slot` when the widest field has `field` bits.
constexpr int columnOfSlot(int field, int slot)
{
    return slot % (4 * field) * (8 / field) + slot / (4 * field);
}

/// The grid of one class with its parameters as stored (fp16 or fp32).
struct ResidentGrid
{
    int count = 1;
    Index groupColumns = 0;
    Index groups = 1;
    int parameterBits = 16;
    Index stride = 0;                         ///< bytes from one parameter to the next where codes lie between; else 0
    float middle = 0;                         ///< without offsets the offset is -middle * scale
    std::vector<float> table;
    std::vector<float> shares;                ///< of the weights on each level of the table; empty: not known
    std::span<const std::byte> scale, offset; ///< rows x groups; offset may be empty
    std::span<const std::byte> second;        ///< rows x groups of a second binary plane, or empty (base/coding.h)
    std::vector<std::uint16_t> columnGroup;   ///< where groups are not runs of columns
    std::vector<std::byte> own;               ///< where they are not a mapped file's

    Index group(Index column) const
    {
        if (!columnGroup.empty())
            return columnGroup[static_cast<std::size_t>(column)];
        return groupColumns > 0 ? column / groupColumns : 0;
    }
    double level(int code) const { return table.empty() ? code : double{table[static_cast<std::size_t>(code)]}; }
    float scaleOf(Index row, Index group) const;
    float offsetOf(Index row, Index group) const;
    float value(Index row, Index group, int code) const;

    ResidentGrid() = default;
    ResidentGrid(ResidentGrid&&) = default; // the spans go with the bytes
    ResidentGrid& operator=(ResidentGrid&&) = default;
};

/// A run of blocks that share a scale and an offset.
struct ResidentSegment
{
    std::int32_t block = 0, blocks = 0;
    std::int32_t column = 0; ///< of the matrix: tells the group of each grid
};

/// Columns that have codes of one width. A code is a level of the one grid, or a symbol: the levels of
/// all grids one after another.
struct ResidentPart
{
    std::vector<ResidentGrid> grids;       ///< one, or those that symbols stand for
    int bits = 0;                          ///< 0: one level, no codes
    Index blocks = 0;
    std::vector<ResidentSegment> segments;
    std::vector<float> columnScale;        ///< of each column of the matrix, which multiplies its input; empty: 1
    std::vector<std::int32_t> gather;      ///< column of each place in the blocks, -1 for none; empty: place i is column i
    bool q8 = false;                       ///< blocks are Q8_0's: code - 128 as signed bytes, each behind its scale
    std::span<const std::byte> codes;      ///< rows x blocks x blockBytes
    std::vector<std::byte> own;

    Index blockBytes() const { return q8 ? kQ8BlockBytes : 4 * bits; }
    Index rowBytes() const { return blocks * blockBytes(); }
    /// The codes of the first block of a row.
    const std::uint8_t* codesOfRow(Index row) const
    {
        return reinterpret_cast<const std::uint8_t*>(codes.data()) + row * rowBytes() + (q8 ? 2 : 0);
    }
    int symbols() const;

    ResidentPart() = default;
    ResidentPart(ResidentPart&&) = default;
    ResidentPart& operator=(ResidentPart&&) = default;
};

/// The members of a rarer class, by row and cell. A cell is a run of at most 256 columns within one
/// group of both grids. The part holds code 0 in their places.
struct ResidentList
{
    ResidentGrid grid;
    std::vector<std::int32_t> cells;       ///< first column of each
    std::vector<std::uint32_t> rowBegin;   ///< rows + 1
    std::vector<std::uint16_t> counts;     ///< rows x cells
    std::vector<std::uint8_t> columns;     ///< within the cell; kListPadding more than members
    std::vector<std::uint8_t> codes;       ///< the same; of a class of one level empty
};

struct ResidentMatrix
{
    QString name;
    Index rows = 0, columns = 0;
    std::vector<ResidentPart> parts;       ///< one, or one for each column-wise class
    std::vector<ResidentList> lists;       ///< beside parts[0]
    Rotation rotation;                     ///< inputs are turned by it first
    std::shared_ptr<const void> owner;     ///< keeps a mapped file alive where codes are read in place
    mutable std::shared_ptr<Storage> elsewhere; ///< what a backend holds of it on its device, freed with it

    /// Whether of() takes it. Raw weights are expanded to floats instead, and single weights of several classes
    /// whose columns are scaled or grouped otherwise in each.
    static bool holds(const PackedMatrix& packed);
    /// Throws Error when a stream contradicts the header, or when it does not hold such a matrix.
    static ResidentMatrix of(const PackedMatrix& packed);
    /// The stored bytes of a packed matrix as they lie in a mapped file, which owner keeps alive: nothing is copied, and
    /// only parameters are looked at. Nothing for those that have another form in memory. Throws Error when damaged.
    static std::optional<ResidentMatrix> mapped(const QString& name, std::span<const std::byte> bytes,
                                                std::shared_ptr<const void> owner);
    /// The same of a tensor of type Q8_0.
    static ResidentMatrix mappedQ8(const QString& name, Index rows, Index columns, std::span<const std::byte> bytes,
                                   std::shared_ptr<const void> owner);
    /// Rounds floats to 2^bits levels (bits 2 to 8) evenly around 0, each 64 columns with their largest
    /// magnitude as range: for matrices that were not packed. rows(begin, count, out) gives the floats.
    static ResidentMatrix rounded(const QString& name, Index rows, Index columns, int bits,
                                  const std::function<void(Index, Index, std::span<float>)>& read);

    /// Everything that a product reads, mapped or not.
    std::int64_t bytes() const;
};

} // namespace halftone
