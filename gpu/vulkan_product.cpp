// SPDX-License-Identifier: GPL-3.0-or-later
// Products of matrices: the tile for the shape, the scalar and the device.
#include "gpu/vulkan_tiles.h"

namespace halftone {

namespace {
constexpr std::int64_t kCacheBytes = std::int64_t{3} << 30;
}

const VulkanMemory::Piece* HalvesCache::find(const Source& source) const
{
    for (const Entry& entry : m_entries)
        if (entry.source == source)
            return &entry.piece;
    return nullptr;
}

void HalvesCache::keep(const Source& source, const VulkanMemory::Piece& piece)
{
    m_entries.push_back({source, piece});
    m_bytes += piece.bytes;
    // The two newest are the factors of the product that is being recorded.
    while (m_bytes > kCacheBytes && m_entries.size() > 2) {
        m_bytes -= m_entries.front().piece.bytes;
        m_memory.giveBack(m_entries.front().piece);
        m_entries.pop_front();
    }
}

void HalvesCache::forget(VkDeviceAddress address, std::int64_t bytes)
{
    const auto end = address + static_cast<VkDeviceAddress>(bytes);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const Source& s = entry->source;
        if (s.address < end && address < s.address + static_cast<VkDeviceAddress>(s.bytes)) {
            m_bytes -= entry->piece.bytes;
            m_memory.giveBack(entry->piece);
            entry = m_entries.erase(entry);
        } else {
            ++entry;
        }
    }
}

} // namespace halftone

namespace halftone::vulkan {

namespace {

struct Push
{
    VkDeviceAddress a, b, c;
    std::uint32_t rows, columns, depth, strideA, strideB, strideC, tileBegin;
    float factor;
    std::uint32_t batchA, batchB, batchC, sharing;
};

struct Tile
{
    Index rows, columns, depth, perRows, perColumns;
    std::uint32_t threads() const { return narrow(rows / perRows * columns / perColumns); }
};

Tile tileFor(const Product& p)
{
    if (p.scalar == Scalar::F64 || p.rows <= 64 || p.columns <= 64)
        return {64, 64, 16, 4, 4};
    return {128, 128, 8, 8, 8};
}

const char* shaderFor(const Product& p)
{
    if (p.scalar == Scalar::F32)
        return "matrix_product_f32";
    return p.a.scalar == Scalar::F32 ? "matrix_product_f32_f64" : "matrix_product_f64";
}

Push pushFor(const Product& p)
{
    return {p.a.address, p.b.address, p.c, narrow(p.rows), narrow(p.columns), narrow(p.depth),
            narrow(p.a.stride), narrow(p.b.stride), narrow(p.strideC), 0, p.factor,
            narrow(p.a.batch), narrow(p.b.batch), narrow(p.batchC), narrow(p.sharing)};
}

bool inFours(const Factor& f, Index lines)
{
    return f.address % (f.scalar == Scalar::F64 ? 32 : 16) == 0 && f.stride % 4 == 0 && f.batch % 4 == 0 && (!f.turned || lines % 4 == 0);
}

bool canBeWide(const VulkanDevice& device, const Product& p)
{
    // Two tiles of both factors, eight deep in fp64 (matrix_product_wide.comp); some devices have but 32 KiB.
    const Index shared = p.scalar == Scalar::F64 ? 2 * 2 * 8 * 33 * 32 : 2 * 2 * 8 * 33 * 16;
    return shared <= device.sharedBytes() && p.scalar == p.a.scalar && p.rows > 64 &&
           p.columns > 64 && inFours(p.a, p.rows) && inFours(p.b, p.columns) &&
           p.c % (p.scalar == Scalar::F64 ? 32 : 16) == 0 &&
           p.strideC % 4 == 0 && p.columns % 4 == 0 && p.batchC % 4 == 0 &&
           ((p.a.turned && p.b.turned) || p.depth % 4 == 0);
}

// Whether fewer invocations with more sums each pay: with enough tiles to fill a device, and enough depth that what they
// fetch first and write last does not count.
bool isBroad(const Product& p)
{
    return p.scalar == Scalar::F32 && p.depth >= 256 && parts(p.rows, 128) * parts(p.columns, 128) * p.batches >= 128;
}

void wideProduct(VulkanRuntime& v, const Product& p, const Progress* watched)
{
    const bool doubles = p.scalar == Scalar::F64;
    const char* shader = doubles ? "matrix_product_wide_f64" : isBroad(p) ? "matrix_product_broad" : "matrix_product_wide_f32";
    const VulkanKernel& kernel = v.kernels.get(shader, {p.a.turned, p.b.turned, p.add, p.lower});
    dispatchTiles(v, kernel, pushFor(p), p, 128, 128, doubles ? 3 : 1, watched);
}

// A factor as halves in whole tiles.
struct Halves
{
    VkDeviceAddress address = 0;
    Index depth = 0, paddedRows = 0;
};

// `across`: as depth x rows. `after` becomes false when a step was recorded that waits for the ones before it.
Halves asHalves(VulkanRuntime& v, const Factor& f, Index rows, Index size, Index batches, Index tileRows, bool across,
                bool& after)
{
    Halves made{0, parts(size, v.halvesTile.depth) * v.halvesTile.depth, parts(rows, tileRows) * tileRows};
    const Index lines = f.turned ? size : rows;
    const HalvesCache::Source source{
        f.address, 4 * ((batches - 1) * f.batch + (lines - 1) * f.stride + (f.turned ? rows : size)),
        rows, size, f.stride, f.batch, batches, tileRows, f.turned, across};
    if (const VulkanMemory::Piece* known = v.halvesCache.find(source)) {
        made.address = known->address();
        return made;
    }
    const VulkanMemory::Piece piece = v.take(2 * batches * made.paddedRows * made.depth);
    made.address = piece.address();
    struct HalvesPush
    {
        VkDeviceAddress to, from;
        std::uint32_t rows, depth, stride, paddedRows, paddedDepth, batchFrom, batchTo;
    } push{made.address, f.address, narrow(rows), narrow(size), narrow(f.stride), narrow(made.paddedRows),
           narrow(made.depth), narrow(f.batch), narrow(made.paddedRows * made.depth)};
    v.commands.dispatch(v.kernels.get("halves", {f.turned, across}), &push, sizeof(push),
                        {narrow(made.depth / 32), narrow(parts(made.paddedRows, 32)), narrow(batches)},
                        40.0 * static_cast<double>(batches * made.paddedRows * made.depth), after);
    after = false;
    v.halvesCache.keep(source, piece);
    return made;
}

bool canBeHalves(const VulkanRuntime& v, const Product& p)
{
    return p.halves && hasHalves(v) && p.a.scalar == Scalar::F32 && p.rows % 16 == 0 && p.columns % 16 == 0 &&
           p.rows >= 64 && p.columns >= 16 && p.depth >= 32;
}

// Tiles that the shader takes without a jump: as many as divide them all, up to eight.
std::uint32_t roundOf(Index tiles)
{
    std::uint32_t round = 8;
    while (tiles % round != 0)
        round /= 2;
    return round;
}

void halvesProduct(VulkanRuntime& v, const Product& p, const Progress* watched)
{
    const HalvesTile& tile = v.halvesTile;
    bool after = p.after;
    Halves a{p.a.address, p.a.stride, p.a.paddedRows};
    if (p.a.paddedRows == 0)
        a = asHalves(v, p.a, p.rows, p.depth, p.batches, tile.rows, false, after);
    const int cleared = v.halvesCache.timesCleared();
    const Halves b = asHalves(v, p.b, p.columns, p.depth, p.batches / p.sharing, tile.columns, true, after);
    if (v.halvesCache.timesCleared() != cleared) { // for want of memory: the copy of a went with the others
        if (p.a.paddedRows == 0)
            a = asHalves(v, p.a, p.rows, p.depth, p.batches, tile.rows, false, after);
        if (v.halvesCache.timesCleared() > cleared + 1)
            throw Error(tr("The GPU's memory is full. Use fewer or shorter windows, or --backend cpu."));
    }
    Push push = pushFor(p);
    push.a = a.address;
    push.b = b.address;
    push.depth = push.strideA = narrow(b.depth);
    push.strideB = narrow(b.paddedRows);
    push.batchA = narrow(a.paddedRows * b.depth);
    push.batchB = narrow(b.paddedRows * b.depth);
    Product padded = p;
    padded.after = true; // of the halves
    const bool khr = v.device.info().matrixUnits == VulkanDeviceInfo::MatrixUnits::Khr;
    const std::uint32_t subgroup = v.device.subgroupSize();
    const VulkanKernel& kernel = v.kernels.get(
        khr ? "matrix_product_halves_khr" : "matrix_product_halves_nv",
        {narrow(tile.rows / tile.partRows * (tile.columns / tile.partColumns)) * subgroup, narrow(tile.rows),
         narrow(tile.columns), narrow(tile.depth), narrow(tile.partRows), narrow(tile.partColumns), p.add, p.lower,
         subgroup, 16, 16, 16, roundOf(b.depth / tile.depth)});
    dispatchTiles(v, kernel, push, padded, tile.rows, tile.columns, 0.2, watched);
}

// Sums in fp64 of products in fp32.
void addWidened(VulkanRuntime& v, const Product& p, const Progress* watched)
{
    const VulkanMemory::Piece spare = v.take(4 * p.rows * p.columns);
    Product narrowProduct = p;
    narrowProduct.scalar = Scalar::F32;
    narrowProduct.c = spare.address();
    narrowProduct.strideC = p.columns;
    narrowProduct.add = false;
    halvesProduct(v, narrowProduct, watched);
    struct AddPush
    {
        VkDeviceAddress to, from;
        std::uint32_t size;
    } push{p.c, spare.address(), narrow(p.rows * p.columns)};
    v.commands.dispatch(v.kernels.get("add_widened", {}), &push, sizeof(push),
                        {narrow(std::clamp<Index>(parts(p.rows * p.columns, 1024), 1, 32768)), 1, 1},
                        40.0 * static_cast<double>(p.rows * p.columns));
    v.giveBack(spare);
}

} // namespace

bool hasHalves(const VulkanRuntime& v)
{
    return v.halves && v.device.info().matrixUnits != VulkanDeviceInfo::MatrixUnits::None;
}

void product(VulkanRuntime& v, const Product& p, const Progress* watched)
{
    if (p.rows == 0 || p.columns == 0 || p.batches == 0)
        return;
    if (texelProduct(v, p, watched))
        return;
    if (canBeHalves(v, p) && p.scalar == Scalar::F32)
        return halvesProduct(v, p, watched);
    if (canBeHalves(v, p) && p.add && p.strideC == p.columns && p.batches == 1)
        return addWidened(v, p, watched);
    if (canBeWide(v.device, p))
        return wideProduct(v, p, watched);
    const Tile tile = tileFor(p);
    const VulkanKernel& kernel = v.kernels.get(
        shaderFor(p), {tile.threads(), narrow(tile.rows), narrow(tile.columns), narrow(tile.depth),
                       narrow(tile.perRows), narrow(tile.perColumns), p.a.turned, p.b.turned, p.add, p.lower});
    dispatchTiles(v, kernel, pushFor(p), p, tile.rows, tile.columns, p.scalar == Scalar::F64 ? 4 : 1, watched);
}

} // namespace halftone::vulkan
