// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a packed matrix and where its sections lie: what pack writes and parse checks.
// Described for other readers in resources/format/packed-format.md.
#pragma once

#include "packed/packed_matrix.h"

#include <array>

namespace halftone {

constexpr std::uint16_t kPackedVersion = 2; ///< version 1 is still written where it suffices
constexpr std::size_t kHeaderBytes = 40;
constexpr std::size_t kClassBytes = 40;
constexpr std::size_t kMaskBytes = 16;
constexpr std::size_t kRoleBytes = 16;
constexpr std::size_t kIndexEntryBytes = 8;
constexpr Index kMaximumColumns = Index{1} << 24;
constexpr Index kMaximumRows = Index{1} << 32;
constexpr Index kMaximumTileElements = Index{1} << 25;

constexpr std::int64_t padded(std::int64_t bytes)
{
    return (bytes + 7) / 8 * 8;
}

/// One class in the header, as stored.
struct ClassHeader
{
    std::uint16_t count = 0;
    std::uint8_t bits = 0;
    Encoding encoding = Encoding::Bits;
    std::uint8_t parameterBits = 16;
    bool hasOffset = false;
    bool hasTable = false;
    bool hasSecond = false;
    bool hasColumnScale = false;
    bool hasColumnGroup = false;
    std::uint64_t groupColumns = 0;
    std::uint64_t codeBytes = 0;
    std::array<char, kRoleBytes> role{};

    std::int64_t groups(Index columns) const
    {
        const auto width = static_cast<Index>(groupColumns);
        return width > 0 ? (columns + width - 1) / width : 1;
    }
    std::int64_t scaleBytes(Index rows, Index columns) const
    {
        return encoding == Encoding::Raw ? 0 : rows * groups(columns) * parameterBits / 8;
    }
    std::int64_t columnScaleBytes(Index columns) const
    {
        return hasColumnScale ? columns * parameterBits / 8 : 0;
    }
    std::int64_t columnGroupBytes(Index columns) const { return hasColumnGroup ? 2 * columns : 0; }
    /// Of a stream of so many members.
    std::int64_t memberBytes(std::int64_t members) const
    {
        return classStreamBytes(members, encoding, bits, count, parameterBits);
    }
    bool needsVersion2() const
    {
        return encoding != Encoding::Bits || hasSecond || hasColumnScale || hasColumnGroup;
    }
    std::int64_t tableBytes() const { return hasTable ? 4 * count : 0; }
};

struct MaskHeader
{
    std::uint8_t marked = 0;
    std::uint8_t riceBits = 0;
    MaskKind kind = MaskKind::Gaps;
    std::uint64_t bytes = 0;
};

struct PackedHeader
{
    Membership membership = Membership::Single;
    Index rows = 0;
    Index columns = 0;
    Index tileRows = 0;
    std::vector<ClassHeader> classes;
    std::vector<MaskHeader> masks; ///< Single: 0, Columns: 1, Elements: classes - 1

    Index tiles() const { return (rows + tileRows - 1) / tileRows; }
    std::uint16_t version() const;
    std::int64_t headerBytes() const;
    std::int64_t totalBytes() const;

    void write(std::byte* out) const; ///< headerBytes() bytes
    /// Checks every field, and that the sections add up to bytes.size(). Throws Error.
    static PackedHeader read(const QString& name, std::span<const std::byte> bytes);
};

/// Where each section begins, in bytes from the start; one entry a class or mask.
struct PackedSections
{
    explicit PackedSections(const PackedHeader& header);

    std::vector<std::int64_t> scale;
    std::vector<std::int64_t> offset; ///< of no bytes for a class without offsets
    std::vector<std::int64_t> second, columnScale, columnGroup; ///< likewise
    std::vector<std::int64_t> table;
    std::vector<std::int64_t> index;  ///< Elements only; of no bytes for MaskKind::Columns
    std::vector<std::int64_t> mask;
    std::vector<std::int64_t> codes;
};

/// Width of an entry in the list of columns' classes.
inline int columnClassBits(std::size_t classes)
{
    return classes > 2 ? 2 : 1;
}

} // namespace halftone
