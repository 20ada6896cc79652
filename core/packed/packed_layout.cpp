// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/packed_layout.h"

#include "base/error.h"
#include "packed/bit_stream.h"
#include "packed/rice_mask.h"

#include <algorithm>
#include <cstring>

namespace halftone {

namespace {

constexpr char kMagic[4] = {'H', 'T', 'P', 'M'};
constexpr std::uint8_t kOffsetFlag = 1;
constexpr std::uint8_t kTableFlag = 2;
constexpr std::uint8_t kSecondFlag = 4;
constexpr std::uint8_t kColumnScaleFlag = 8;
constexpr std::uint8_t kColumnGroupFlag = 16;

template<typename T>
void put(std::byte* out, std::size_t at, T value)
{
    std::memcpy(out + at, &value, sizeof value);
}

template<typename T>
T get(const std::byte* in, std::size_t at)
{
    T value;
    std::memcpy(&value, in + at, sizeof value);
    return value;
}

[[noreturn]] void refuse(const QString& name, const QString& what)
{
    throw Error(tr("The packed matrix '%1' is damaged: %2.").arg(name, what));
}

void checkClass(const QString& name, const ClassHeader& c, Index columns)
{
    if (c.encoding != Encoding::Bits && c.encoding != Encoding::Raw && c.encoding != Encoding::Base)
        refuse(name, tr("its codes have encoding %1, this version reads encodings 0 to 2")
                         .arg(static_cast<int>(c.encoding)));
    if (c.parameterBits != 16 && c.parameterBits != 32)
        refuse(name, tr("its scales have %1 bits instead of 16 or 32").arg(c.parameterBits));
    if (c.count < 1 || c.count > 256 ||
        c.bits != (c.encoding == Encoding::Raw ? c.parameterBits : codeBits(c.count)))
        refuse(name, tr("a class has %1 levels in %2 bits").arg(c.count).arg(c.bits));
    const bool planes = !c.hasSecond || (c.count == 4 && !c.hasTable);
    const bool values = c.encoding != Encoding::Raw || !(c.hasOffset || c.hasTable || c.hasSecond ||
                                                         c.hasColumnScale || c.hasColumnGroup);
    if (!planes || !values || (c.encoding == Encoding::Base && c.count < 2))
        refuse(name, tr("a class of %1 levels with encoding %2 has parts that contradict it")
                         .arg(c.count).arg(static_cast<int>(c.encoding)));
    if (c.groupColumns > static_cast<std::uint64_t>(columns))
        refuse(name, tr("a scale spans %1 columns of %2").arg(c.groupColumns).arg(columns));
}

void checkMask(const QString& name, const PackedHeader& h, std::size_t i)
{
    const MaskHeader& mask = h.masks[i];
    const bool columns = mask.kind == MaskKind::Columns;
    if ((!columns && mask.kind != MaskKind::Gaps) ||
        (columns && h.membership != Membership::Elements) ||
        (columns && i > 0 && h.masks[i - 1].kind != MaskKind::Columns))
        refuse(name, tr("mask %1 is of kind %2").arg(i).arg(static_cast<int>(mask.kind)));
    if (h.membership == Membership::Columns) {
        const auto bytes = streamBytes(h.columns, columnClassBits(h.classes.size()));
        if (mask.bytes != static_cast<std::uint64_t>(bytes))
            refuse(name, tr("the classes of its %1 columns take %2 bytes instead of %3")
                             .arg(h.columns).arg(mask.bytes).arg(bytes));
        return;
    }
    if (columns && mask.bytes != static_cast<std::uint64_t>(streamBytes(h.columns, 1)))
        refuse(name, tr("a mask of its %1 columns takes %2 bytes").arg(h.columns).arg(mask.bytes));
    if (mask.marked >= h.classes.size() || mask.riceBits >= kRiceBits)
        refuse(name, tr("a mask marks class %1 with parameter %2")
                         .arg(mask.marked).arg(mask.riceBits));
    for (std::size_t k = 0; k < i; ++k)
        if (h.masks[k].marked == mask.marked)
            refuse(name, tr("two masks mark class %1").arg(mask.marked));
}

ClassHeader readClass(const std::byte* in)
{
    ClassHeader c;
    c.count = get<std::uint16_t>(in, 0);
    c.bits = get<std::uint8_t>(in, 2);
    c.encoding = static_cast<Encoding>(get<std::uint8_t>(in, 3));
    c.parameterBits = get<std::uint8_t>(in, 4);
    const auto flags = get<std::uint8_t>(in, 5);
    c.hasOffset = flags & kOffsetFlag;
    c.hasTable = flags & kTableFlag;
    c.hasSecond = flags & kSecondFlag;
    c.hasColumnScale = flags & kColumnScaleFlag;
    c.hasColumnGroup = flags & kColumnGroupFlag;
    c.groupColumns = get<std::uint64_t>(in, 8);
    c.codeBytes = get<std::uint64_t>(in, 16);
    std::memcpy(c.role.data(), in + 24, kRoleBytes);
    return c;
}

// Sizes of the sections as stored in the header must not exceed the bytes there are; each is
// compared before it is added, so that no sum overflows.
void checkSizes(const QString& name, const PackedHeader& h, std::span<const std::byte> bytes)
{
    for (const ClassHeader& c : h.classes) {
        const std::int64_t scales =
            c.encoding == Encoding::Raw ? 0 : c.groups(h.columns) * (c.parameterBits / 8);
        const auto size = static_cast<std::int64_t>(bytes.size());
        if (c.codeBytes > bytes.size() || scales > size / h.rows)
            refuse(name, tr("its classes need more than the %1 bytes it has").arg(bytes.size()));
    }
    for (const MaskHeader& mask : h.masks)
        if (mask.bytes > bytes.size())
            refuse(name, tr("a mask needs more than the %1 bytes it has").arg(bytes.size()));
    if (h.totalBytes() != static_cast<std::int64_t>(bytes.size()))
        refuse(name, tr("its parts need %1 bytes and it has %2")
                         .arg(h.totalBytes()).arg(bytes.size()));
}

} // namespace

std::int64_t classStreamBytes(std::int64_t members, Encoding encoding, int bits, int count,
                              int parameterBits)
{
    if (encoding == Encoding::Raw)
        return members * parameterBits / 8;
    if (encoding == Encoding::Base)
        return (members + codesPerByte(count) - 1) / codesPerByte(count);
    return streamBytes(members, bits);
}

std::uint16_t PackedHeader::version() const
{
    const auto newer = [](const ClassHeader& c) { return c.needsVersion2(); };
    const auto byColumn = [](const MaskHeader& m) { return m.kind == MaskKind::Columns; };
    return std::any_of(classes.begin(), classes.end(), newer) ||
                   std::any_of(masks.begin(), masks.end(), byColumn)
               ? 2
               : 1;
}

std::int64_t PackedHeader::headerBytes() const
{
    return static_cast<std::int64_t>(kHeaderBytes + kClassBytes * classes.size() +
                                     kMaskBytes * masks.size());
}

std::int64_t PackedHeader::totalBytes() const
{
    std::int64_t total = headerBytes();
    for (const ClassHeader& c : classes)
        total += padded(c.scaleBytes(rows, columns)) * (1 + c.hasOffset + c.hasSecond) +
                 padded(c.columnScaleBytes(columns)) + padded(c.columnGroupBytes(columns)) +
                 padded(c.tableBytes()) + padded(static_cast<std::int64_t>(c.codeBytes));
    for (const MaskHeader& mask : masks) {
        total += padded(static_cast<std::int64_t>(mask.bytes));
        if (membership == Membership::Elements && mask.kind == MaskKind::Gaps)
            total += tiles() * static_cast<std::int64_t>(kIndexEntryBytes);
    }
    return total;
}

PackedSections::PackedSections(const PackedHeader& h)
{
    std::int64_t at = h.headerBytes();
    auto place = [&at](std::vector<std::int64_t>& list, std::int64_t bytes) {
        list.push_back(at);
        at += padded(bytes);
    };
    for (const ClassHeader& c : h.classes) {
        const std::int64_t scales = c.scaleBytes(h.rows, h.columns);
        place(scale, scales);
        place(offset, c.hasOffset ? scales : 0);
        place(second, c.hasSecond ? scales : 0);
        place(columnScale, c.columnScaleBytes(h.columns));
        place(columnGroup, c.columnGroupBytes(h.columns));
        place(table, c.tableBytes());
    }
    if (h.membership == Membership::Elements)
        for (const MaskHeader& m : h.masks)
            place(index, m.kind == MaskKind::Columns
                             ? 0
                             : h.tiles() * static_cast<std::int64_t>(kIndexEntryBytes));
    for (const MaskHeader& m : h.masks)
        place(mask, static_cast<std::int64_t>(m.bytes));
    for (const ClassHeader& c : h.classes)
        place(codes, static_cast<std::int64_t>(c.codeBytes));
}

void PackedHeader::write(std::byte* out) const
{
    std::memset(out, 0, static_cast<std::size_t>(headerBytes()));
    std::memcpy(out, kMagic, 4);
    put<std::uint16_t>(out, 4, version());
    put<std::uint8_t>(out, 6, static_cast<std::uint8_t>(classes.size()));
    put<std::uint8_t>(out, 7, static_cast<std::uint8_t>(membership));
    put<std::uint64_t>(out, 8, static_cast<std::uint64_t>(rows));
    put<std::uint64_t>(out, 16, static_cast<std::uint64_t>(columns));
    put<std::uint32_t>(out, 24, static_cast<std::uint32_t>(tileRows));
    put<std::uint32_t>(out, 28, static_cast<std::uint32_t>(masks.size()));
    put<std::uint64_t>(out, 32, static_cast<std::uint64_t>(totalBytes()));
    out += kHeaderBytes;
    for (const ClassHeader& c : classes) {
        put(out, 0, c.count);
        put(out, 2, c.bits);
        put(out, 3, static_cast<std::uint8_t>(c.encoding));
        put(out, 4, c.parameterBits);
        put<std::uint8_t>(out, 5, static_cast<std::uint8_t>(
                                      (c.hasOffset ? kOffsetFlag : 0) | (c.hasTable ? kTableFlag : 0) |
                                      (c.hasSecond ? kSecondFlag : 0) |
                                      (c.hasColumnScale ? kColumnScaleFlag : 0) |
                                      (c.hasColumnGroup ? kColumnGroupFlag : 0)));
        put(out, 8, c.groupColumns);
        put(out, 16, c.codeBytes);
        std::memcpy(out + 24, c.role.data(), kRoleBytes);
        out += kClassBytes;
    }
    for (const MaskHeader& mask : masks) {
        put(out, 0, mask.marked);
        put(out, 1, mask.riceBits);
        put(out, 2, static_cast<std::uint8_t>(mask.kind));
        put(out, 8, mask.bytes);
        out += kMaskBytes;
    }
}

PackedHeader PackedHeader::read(const QString& name, std::span<const std::byte> bytes)
{
    if (bytes.size() < kHeaderBytes || std::memcmp(bytes.data(), kMagic, 4) != 0)
        refuse(name, tr("it does not begin with a header"));
    const std::byte* in = bytes.data();
    const auto version = get<std::uint16_t>(in, 4);
    if (version < 1 || version > kPackedVersion)
        throw Error(tr("The packed matrix '%1' has format version %2, this program reads versions up to %3. "
                       "A newer Halftone may open it.").arg(name).arg(version).arg(kPackedVersion));
    PackedHeader h;
    const std::size_t classes = get<std::uint8_t>(in, 6);
    const auto membership = get<std::uint8_t>(in, 7);
    if (classes < 1 || classes > 4 || membership > 2 || (classes == 1) != (membership == 0))
        refuse(name, tr("it has %1 classes with membership %2").arg(classes).arg(membership));
    h.membership = static_cast<Membership>(membership);
    const auto rows = get<std::uint64_t>(in, 8);
    const auto columns = get<std::uint64_t>(in, 16);
    h.tileRows = get<std::uint32_t>(in, 24);
    if (rows < 1 || rows > kMaximumRows || columns < 1 || columns > kMaximumColumns)
        refuse(name, tr("it claims %1 rows and %2 columns").arg(rows).arg(columns));
    h.rows = static_cast<Index>(rows);
    h.columns = static_cast<Index>(columns);
    if (h.tileRows < 1 || h.tileRows > kMaximumTileElements / h.columns)
        refuse(name, tr("its tiles have %1 rows of %2 columns").arg(h.tileRows).arg(columns));
    const std::size_t masks = get<std::uint32_t>(in, 28);
    if (masks != (h.membership == Membership::Elements ? classes - 1 : std::size_t{membership}))
        refuse(name, tr("it has %1 masks for %2 classes").arg(masks).arg(classes));
    if (bytes.size() < kHeaderBytes + kClassBytes * classes + kMaskBytes * masks)
        refuse(name, tr("it ends within its header"));
    in += kHeaderBytes;
    for (std::size_t i = 0; i < classes; ++i, in += kClassBytes) {
        h.classes.push_back(readClass(in));
        checkClass(name, h.classes.back(), h.columns);
    }
    for (std::size_t i = 0; i < masks; ++i, in += kMaskBytes) {
        h.masks.push_back({get<std::uint8_t>(in, 0), get<std::uint8_t>(in, 1),
                           static_cast<MaskKind>(get<std::uint8_t>(in, 2)),
                           get<std::uint64_t>(in, 8)});
        checkMask(name, h, i);
    }
    if (h.version() > version)
        refuse(name, tr("it has parts that its version %1 does not know").arg(version));
    checkSizes(name, h, bytes);
    if (get<std::uint64_t>(bytes.data(), 32) != bytes.size())
        refuse(name, tr("its header says another length than its %1 bytes").arg(bytes.size()));
    return h;
}

} // namespace halftone
