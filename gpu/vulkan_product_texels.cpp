// SPDX-License-Identifier: GPL-3.0-or-later
// Products of matrices on a processor that poses as a GPU, through texel buffers.
#include "gpu/vulkan_tiles.h"

#include "compute/shape_check.h"

namespace halftone::vulkan {

namespace {

struct Push
{
    VkDeviceAddress c;
    std::uint32_t beginA, beginB, beginC;
    std::uint32_t rows, columns, depth, strideA, strideB, strideC, tileBegin;
    float factor;
    std::uint32_t batchA, batchB, batchC, sharing, add, lower;
};

// An array among the texels of the buffer it lies in.
struct Place
{
    const VulkanBuffer* buffer = nullptr;
    std::int64_t begin = 0; // bytes

    Place(const VulkanRuntime& v, VkDeviceAddress address)
        : buffer(v.bufferOf(address)),
          begin(buffer ? static_cast<std::int64_t>(address - buffer->address()) : 0)
    {
    }
    bool reaches(std::int64_t bytes, bool single) const { return buffer && begin + bytes <= buffer->texelBytes(single); }
};

std::int64_t bytesOf(const Factor& f, Index lines, Index depth, Index batches)
{
    const Index last = f.turned ? (depth - 1) * f.stride + lines : (lines - 1) * f.stride + depth;
    return ((batches - 1) * f.batch + last) * scalarBytes(f.scalar);
}

bool inWholeTexels(VkDeviceAddress address, Index stride, Index batch, Scalar scalar)
{
    const Index numbers = 16 / scalarBytes(scalar); // of a texel
    return address % 16 == 0 && stride % numbers == 0 && batch % numbers == 0 && (scalar == Scalar::F64 || stride % 4 == 0);
}

} // namespace

bool texelProduct(VulkanRuntime& v, const Product& p, const Progress* watched)
{
    if (!v.device.readsTexels() || p.depth == 0)
        return false;
    const bool single = !inWholeTexels(p.a.address, p.a.stride, p.a.batch, p.a.scalar) ||
                        !inWholeTexels(p.b.address, p.b.stride, p.b.batch, p.b.scalar);
    const bool fours = p.columns % 4 == 0 && inWholeTexels(p.c, p.strideC, p.batchC, p.scalar);
    const Place a(v, p.a.address), b(v, p.b.address), c(v, p.c);
    const std::int64_t bytesC = ((p.batches - 1) * p.batchC + (p.rows - 1) * p.strideC + p.columns) * scalarBytes(p.scalar);
    if (!a.reaches(bytesOf(p.a, p.rows, p.depth, p.batches), single) ||
        !b.reaches(bytesOf(p.b, p.columns, p.depth, p.batches / p.sharing), single) || !c.buffer ||
        (fours && !c.reaches(bytesC, false)))
        return false;
    const bool doubles = p.scalar == Scalar::F64;
    constexpr Index lanes = 8; // of matrix_product_texels.comp
    const Index rows = 8, columns = doubles ? 4 : 8;
    VulkanKernel kernel = v.kernels.get(!doubles                       ? "matrix_product_texels_f32"
                                        : p.a.scalar == Scalar::F64 ? "matrix_product_texels_f64"
                                                                    : "matrix_product_texels_f32_f64",
                                        {single, narrow(rows), narrow(columns), p.a.turned, p.b.turned, fours});
    kernel.set = v.texels.set({{{a.buffer, single}, {b.buffer, single}, {c.buffer, false}, {c.buffer, false}}});
    const Push push{p.c, narrow(a.begin / scalarBytes(p.a.scalar)), narrow(b.begin / scalarBytes(p.b.scalar)),
                    narrow(c.begin / scalarBytes(p.scalar)), narrow(p.rows), narrow(p.columns), narrow(p.depth),
                    narrow(p.a.stride), narrow(p.b.stride), narrow(p.strideC), 0, p.factor, narrow(p.a.batch),
                    narrow(p.b.batch), narrow(p.batchC), narrow(p.sharing), p.add, p.lower};
    dispatchTiles(v, kernel, push, p, rows, lanes * columns, doubles ? 3 : 1, watched);
    return true;
}

} // namespace halftone::vulkan
