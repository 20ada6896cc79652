// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of the Vulkan backend share: the device with all that belongs to it, arrays as
// addresses, and the steps that several verbs are made of. Shapes were checked by the caller.
#pragma once

#include "base/error.h"
#include "compute/backend.h"
#include "gpu/vulkan_kernels.h"
#include "gpu/vulkan_staging.h"
#include "gpu/vulkan_texels.h"

namespace halftone {

/// fp16 copies of arrays that products read, kept until the array is written or there are too many.
class HalvesCache
{
public:
    struct Source
    {
        VkDeviceAddress address = 0;
        std::int64_t bytes = 0; // up to the last number read
        std::int64_t rows = 0, depth = 0, stride = 0, batch = 0, batches = 0, tileRows = 0;
        bool turned = false, across = false; // across: kept as depth x rows
        bool operator==(const Source&) const = default;
    };
    explicit HalvesCache(VulkanMemory& memory) : m_memory(memory) {}
    /// Null when there is none.
    const VulkanMemory::Piece* find(const Source& source) const;
    void keep(const Source& source, const VulkanMemory::Piece& piece);
    /// Drops what was made of these bytes: they change, or are another array's from now on.
    void forget(VkDeviceAddress address, std::int64_t bytes);
    void clear()
    {
        forget(0, INT64_MAX);
        ++m_cleared;
    }
    int timesCleared() const { return m_cleared; }

private:
    struct Entry
    {
        Source source;
        VulkanMemory::Piece piece;
    };
    VulkanMemory& m_memory;
    std::list<Entry> m_entries; // the newest last
    std::int64_t m_bytes = 0;
    int m_cleared = 0;
};

/// Everything that lives as long as the last array.
struct VulkanRuntime
{
    VulkanDevice device;
    VulkanMemory memory, asideMemory;
    std::int64_t asideBudget; ///< bytes of the device for arrays that may lie aside
    std::int64_t asideBytes = 0;
    VulkanCommands commands;
    VulkanKernels kernels;
    VulkanTexels texels;
    VulkanStaging staging;
    HalvesCache halvesCache;
    bool halves;
    HalvesTile halvesTile;
    PackedTile packedTile;
    std::function<void(const std::string&)> onTimes;

    VulkanRuntime(int number, const VulkanOptions& options)
        : device(number, options), memory(device, options.memoryLimit, false), asideMemory(device, 0, true),
          asideBudget(options.asideBudget > 0 ? options.asideBudget : device.info().memoryBytes / 5 * 2),
          commands(device, options), kernels(device), texels(device, commands), staging(device, commands),
          halvesCache(memory), halves(options.halves), halvesTile(options.halvesTile),
          packedTile(options.packedTile), onTimes(options.onTimes)
    {
    }
    ~VulkanRuntime();

    /// What a full device still holds in pieces nobody uses is freed before giving up.
    VulkanMemory::Piece take(std::int64_t bytes)
    {
        try {
            return memory.take(bytes);
        } catch (const Error&) {
            halvesCache.clear();
            commands.waitAll();
            memory.trim();
            return memory.take(bytes);
        }
    }
    /// The buffer that an array lies in.
    const VulkanBuffer* bufferOf(VkDeviceAddress address) const
    {
        const VulkanBuffer* own = memory.find(address);
        return own ? own : asideMemory.find(address);
    }
    void giveBack(const VulkanMemory::Piece& piece)
    {
        halvesCache.forget(piece.address(), piece.bytes);
        memory.giveBack(piece);
    }
};

class VulkanStorage : public Storage
{
public:
    /// `aside`: in the host's memory once the device holds its budget of such.
    VulkanStorage(std::shared_ptr<VulkanRuntime> runtime, std::int64_t bytes, bool aside);
    ~VulkanStorage() override;
    VulkanStorage(const VulkanStorage&) = delete;
    VulkanStorage& operator=(const VulkanStorage&) = delete;
    const VulkanMemory::Piece& piece() const { return m_piece; }
    const VulkanRuntime& runtime() const { return *m_runtime; }
    std::int64_t bytes() const { return m_bytes; }

private:
    std::shared_ptr<VulkanRuntime> m_runtime;
    std::int64_t m_bytes;
    bool m_aside, m_onHost;
    VulkanMemory::Piece m_piece;
};

namespace vulkan {

inline std::uint32_t narrow(Index i) { return static_cast<std::uint32_t>(i); }
inline Index parts(Index size, Index part) { return (size + part - 1) / part; }

/// "f32" or "f64" variant of a shader.
struct Variant
{
    const char* f32;
    const char* f64;
    const char* of(Scalar scalar) const { return scalar == Scalar::F64 ? f64 : f32; }
};

/// A product of matrices somewhere in device memory; strides in elements.
struct Factor
{
    VkDeviceAddress address = 0;
    Index stride = 0;
    bool turned = false; ///< lies as depth x rows
    Scalar scalar = Scalar::F32;
    Index batch = 0;     ///< elements between the matrices of a batch
    Index paddedRows = 0; ///< not 0: fp16 already, in whole tiles of halvesTile (stride: padded depth)
};
/// Whether products may and can take fp16 factors.
bool hasHalves(const VulkanRuntime& v);
struct Product
{
    Factor a;            ///< rows x depth
    Factor b;            ///< columns x depth
    VkDeviceAddress c = 0;
    Index strideC = 0;
    Index batchC = 0;
    Scalar scalar = Scalar::F32; ///< of c and of the sums
    Index rows = 0, columns = 0, depth = 0;
    float factor = 1;
    bool add = false;
    bool lower = false;  ///< tiles above the diagonal may be left out
    bool after = true;   ///< false: independent of the step before
    Index batches = 1, sharing = 1;
    bool halves = false; ///< fp16 factors with fp32 sums will do, where the device is fast at them
};
void product(VulkanRuntime& v, const Product& p, const Progress* watched);

/// c = factor a b^T and the like over parts of square matrices of one scalar.
inline VkDeviceAddress element(VkDeviceAddress base, Scalar scalar, Index index)
{
    return base + static_cast<VkDeviceAddress>(index) * (scalar == Scalar::F64 ? 8 : 4);
}

void addBias(VulkanRuntime& v, VkDeviceAddress a, VkDeviceAddress bias, Index rows, Index columns);
void elementwise(VulkanRuntime& v, const char* shader, VkDeviceAddress a, VkDeviceAddress b, Index size);
void rmsNorm(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress from, VkDeviceAddress gain, float epsilon,
             Index rows, Index columns);
void rotary(VulkanRuntime& v, VkDeviceAddress x, VkDeviceAddress cosine, VkDeviceAddress sine, Index rows,
            Index columns, Index headWidth, Index pairs, RotaryStyle style);
void attention(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress q, VkDeviceAddress k, VkDeviceAddress values,
               Index queries, const AttentionShape& shape, const Progress* watched);

/// The other triangle of a square matrix: mirrored, or zeroed above the diagonal.
void mirror(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size);
void zeroAbove(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size);
/// `failed`: one word on the device that a matrix which is not positive definite sets to 1.
void cholesky(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size, VkDeviceAddress failed,
              Progress& progress);
/// Space for size * size / 2 + size numbers at `spare`.
void inverseUpperFactor(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size, VkDeviceAddress failed,
                        VkDeviceAddress spare, Progress& progress);
void solveRight(VulkanRuntime& v, VkDeviceAddress b, VkDeviceAddress lower, Scalar scalar, Index rows,
                Index columns, const Progress* watched);

struct Walk
{
    VkDeviceAddress weights = 0, upper = 0, coded = 0, codes = 0, loss = 0;
    VkDeviceAddress errors = 0;  ///< rows x kWalkSpan, when there is `upper`
    VkDeviceAddress coding = 0, classes = 0;
    Scalar scalar = Scalar::F32;
    Index rows = 0, columns = 0, begin = 0, end = 0;
};
constexpr Index kWalkSpan = 256;
void walkColumns(VulkanRuntime& v, const Walk& walk, Progress& progress);
/// What walk_columns.comp reads of columns [begin, end) of a coding: four words of header, eight a grid
/// (levels, columns of a group, groups, places of scales, offsets and table; 0: none), then floats.
/// classesApart: the class of each weight is in an array, whatever the coding says.
std::vector<std::uint32_t> codingWords(const Coding& coding, Index begin, Index end, bool classesApart = false);

// A layer that is coded where it lies (vulkan_layer.cpp).
void decodeCodes(VulkanRuntime& v, VkDeviceAddress values, VkDeviceAddress codes, VkDeviceAddress coding,
                 VkDeviceAddress classes, Index rows, Index columns);
void convert(VulkanRuntime& v, VkDeviceAddress to, Scalar toScalar, VkDeviceAddress from, Index size);
/// fp16 or bf16 (`brain`) to fp32.
void widen(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress from, Index size, bool brain);
/// list[size] (fp64) = the diagonal of a[size x size], or the other way (`set`).
void diagonal(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, VkDeviceAddress list, Index size, bool set);
/// to[rows] (fp64) = scalar products of the rows of a and b, both fp32.
void rowProducts(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress a, VkDeviceAddress b, Index rows, Index columns);
struct Marking
{
    VkDeviceAddress marks = 0, weights = 0, share = 0;
    VkDeviceAddress state = 0; ///< saliencyState() of as many groups
    Saliency::Kind kind = Saliency::Kind::Magnitude;
    Index rows = 0, columns = 0, groupColumns = 0; ///< groupColumns > 0
};
void markSalient(VulkanRuntime& v, const Marking& marking);
std::vector<std::uint32_t> saliencyState(Index rows, Index columns, Index groupColumns, double ratio);
/// to[rows x groups x 5] (fp64); classes may be 0.
void groupStatistics(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress weights, VkDeviceAddress classes,
                     const GroupChoice& choice, Index rows, Index columns);

inline void stopWhenCancelled(const Progress* watched)
{
    if (watched && watched->cancelled())
        throw Cancelled();
}

} // namespace vulkan

} // namespace halftone
