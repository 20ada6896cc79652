// SPDX-License-Identifier: GPL-3.0-or-later
// A coded matrix in its stored bits: everything a decoder needs, byte for byte as in the file
// (resources/format/packed-format.md). Decodes tiles of rows; knows no method and no file.
#pragma once

#include "base/coding.h"
#include "packed/bit_count.h"

#include <QString>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace halftone {

using CodeMatrix = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The value of every code here and in the walk: float(offset + scale * level), formed in double
/// (the product is exact there) and rounded once.
inline float storedValue(double scale, double offset, double level)
{
    return static_cast<float>(offset + scale * level);
}

/// How the classes of the weights are stored.
enum class Membership : std::uint8_t { Single = 0, Columns = 1, Elements = 2 };

/// How the codes of a class are stored.
enum class Encoding : std::uint8_t {
    Bits = 0, ///< codes of equal width
    Raw = 1,  ///< numbers of parameterBits instead of codes
    Base = 2, ///< as many codes of base `count` in a byte as it holds
};

/// What a mask holds (membership by elements).
enum class MaskKind : std::uint8_t {
    Gaps = 0,    ///< Rice coded gaps, tile by tile
    Columns = 1, ///< one bit a column: its weights in all rows. Such masks come first.
};

/// Bytes of a stream of so many members of a class.
std::int64_t classStreamBytes(std::int64_t members, Encoding encoding, int bits, int count,
                              int parameterBits);

/// Codes of one class: per tile of rows one stream of its members in row-major order.
struct PackedClass
{
    Grid grid;                            ///< scales and offsets as stored, decoded to float
    int bits = 0;                         ///< width of a code; of a number when raw
    Encoding encoding = Encoding::Bits;
    std::span<const std::byte> codes;
    std::vector<std::int64_t> tileBegin;  ///< byte of each tile's stream; one more than tiles
    std::vector<std::int64_t> tileCount;  ///< members in each tile
};

/// Marks one class among the weights that no earlier mask has marked.
struct PackedMask
{
    int marked = 0;                       ///< the class that is marked
    int riceBits = 0;
    MaskKind kind = MaskKind::Gaps;
    std::span<const std::byte> bytes;
    std::vector<std::int64_t> tileBegin;  ///< as above; empty for MaskKind::Columns
    std::vector<std::uint8_t> columns;    ///< MaskKind::Columns: whether each column is marked
};

struct PackedMatrix
{
    QString name;                         ///< for messages
    Index rows = 0;
    Index columns = 0;
    Index tileRows = 0;
    Membership membership = Membership::Single;
    std::vector<PackedClass> classes;
    std::vector<PackedMask> masks;        ///< Elements: classes - 1; else none
    std::vector<std::uint8_t> columnClasses; ///< Columns: the class of each column
    /// The basis: what masks, codes and grids give is a row w R (unpackRows turns it back). Whoever
    /// reads classes itself must heed it.
    Rotation rotation;
    std::int64_t symbolBytes = 0;         ///< above 0: masks and codes are stored in so many bytes of symbols
    std::span<const std::byte> bytes;     ///< the whole, as stored
    bool plain = true;                    ///< every grid is plain()
    std::shared_ptr<const void> owner;    ///< keeps bytes alive

    Index tiles() const { return (rows + tileRows - 1) / tileRows; }

    /// Packs codes[rows x columns]. Throws Error for a code outside its grid, or scales that
    /// parameterBits cannot hold. The same input always gives the same bytes.
    static PackedMatrix pack(const QString& name, const Coding& coding, const CodeMatrix& codes);

    /// Reads what pack wrote. Trusts nothing: sizes and counts are checked here, streams when they
    /// are decoded. owner keeps bytes alive (a mapped file). Throws Error naming the matrix.
    static PackedMatrix parse(const QString& name, std::span<const std::byte> bytes,
                              std::shared_ptr<const void> owner);

    /// Values of rows [rowBegin, rowBegin + rowCount), row-major, on all cores. Throws Error when a
    /// stream contradicts the header.
    void unpackRows(Index rowBegin, Index rowCount, std::span<float> out) const;
    Matrix unpack() const;

    Index rowsOfTile(Index tile) const { return std::min(tileRows, rows - tile * tileRows); }
    /// The code and the class of each weight of a tile, row-major; each has rowsOfTile(tile) * columns.
    void unpackTileCodes(Index tile, std::span<std::uint8_t> codes, std::span<std::uint8_t> classes) const;

    /// The coding and codes[rows x columns] that were packed.
    Coding unpackCodes(CodeMatrix& codes) const;

    BitCount bits() const;
};

/// Rows and columns as the header says; streams are not looked at. Throws Error naming the matrix.
std::pair<Index, Index> packedShape(const QString& name, std::span<const std::byte> bytes);

/// Grids, shape and classes of columns of a plain packed matrix whose masks and codes are not looked at.
Coding gridsOf(const QString& name, std::span<const std::byte> bytes);

} // namespace halftone
