// SPDX-License-Identifier: GPL-3.0-or-later
// Products with matrices that stay packed on the device: codes and lists as they are resident on the CPU, scales and
// offsets as halves where they are. Inputs are rounded as Activations::Int8 says, whatever was asked for.
#pragma once

#include "gpu/vulkan_verbs.h"
#include "packed/resident_matrix.h"

namespace halftone::vulkan {

/// What the device holds of a matrix. The matrix keeps it (ResidentMatrix::elsewhere).
class PackedCopy : public Storage
{
public:
    PackedCopy(const VulkanRuntime& runtime, ComputeBackend& backend, const ResidentMatrix& matrix);
    bool belongsTo(const VulkanRuntime& runtime) const { return &runtime == m_runtime; }
    /// Bytes that a product with one token reads.
    std::int64_t bytes() const { return m_bytes; }

    struct Part
    {
        Array codes, cells, segment, table;
        Array gather, columnScale; ///< empty: place i is column i, and its scale 1
        std::uint32_t bits = 0, kind = 0, cellKind = 0, tableWords = 0, shift = 32, levels = 256;
        Index blocks = 0, segments = 0;
        float ratio = 0;
    };
    struct List
    {
        Array members, codes, begins, cellBegins, parameters, table;
        std::uint32_t kind = 0;
        Index cells = 0, groups = 0;
    };
    const std::vector<Part>& parts() const { return m_parts; }
    const std::vector<List>& lists() const { return m_lists; }

private:
    Array keep(ComputeBackend& backend, const void* from, std::size_t bytes);
    void addPart(ComputeBackend& backend, const ResidentMatrix& matrix, const ResidentPart& part);
    void addCells(ComputeBackend& backend, Part& copy, const std::vector<float>& scale, const std::vector<float>& offset);
    void addList(ComputeBackend& backend, const ResidentMatrix& matrix, const ResidentList& list);

    const VulkanRuntime* m_runtime;
    std::vector<Part> m_parts;
    std::vector<List> m_lists;
    std::int64_t m_bytes = 0;
};

struct PackedTask
{
    const ResidentMatrix* weight = nullptr;
    VkDeviceAddress to = 0; ///< tokens x rows
};
/// x [tokens x columns]. Matrices go to the device when they are first met. Returns the bytes of weights read.
std::int64_t multiplyPacked(VulkanRuntime& v, ComputeBackend& backend, std::span<const PackedTask> tasks, VkDeviceAddress x,
                            Index tokens, const Progress* watched);

} // namespace halftone::vulkan
