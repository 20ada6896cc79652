// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_packed.h"

#include "base/half.h"
#include "compute/packed_inputs.h"
#include "compute/packed_levels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace halftone::vulkan {

namespace {

constexpr Index kMostTokens = 65535;
constexpr double kWorkPerByte = 10;

VkDeviceAddress addressOf(const Array& a)
{
    return a ? static_cast<const VulkanStorage&>(*a.storage).piece().address() : 0;
}

bool areHalves(const std::vector<float>& values)
{
    return std::all_of(values.begin(), values.end(), [](float f) { return halfToFloat(floatToHalf(f)) == f; });
}

// Blocks that an invocation of packed_product.comp takes together: 16 bytes of codes, where rows allow it.
Index runOf(const VulkanRuntime& v, const ResidentPart& part)
{
    const Index run = part.bits == 1 ? 4 : part.bits == 2 ? 2 : 1;
    return v.packedTile.run && part.blocks % run == 0 ? run : 1;
}

// The inputs of one part, rounded: shared by all parts that take them alike.
struct Inputs
{
    const ResidentPart* part = nullptr;
    Index run = 1;
    VulkanMemory::Piece q, scales;
};

Inputs roundInputs(VulkanRuntime& v, const ResidentPart& part, const PackedCopy::Part& copy, VkDeviceAddress x, Index columns,
                   Index tokens)
{
    const Index run = runOf(v, part);
    const Index places = parts(part.blocks, 32 * run) * 32 * run;
    Inputs inputs{&part, run, v.take(32 * tokens * places), v.take(8 * tokens * places)};
    struct Push
    {
        VkDeviceAddress x, gather, q, scales, columnScale;
        std::uint32_t columns, blocks, tokens, gathered, scaled;
    } push{x, addressOf(copy.gather), inputs.q.address(), inputs.scales.address(), addressOf(copy.columnScale),
           narrow(columns), narrow(part.blocks), narrow(tokens), copy.gather ? 1u : 0u, copy.columnScale ? 1u : 0u};
    v.commands.dispatch(v.kernels.get("round_inputs", {static_cast<std::uint32_t>(widestField(part.bits)), narrow(run)}), &push,
                        sizeof(push), {narrow(parts(part.blocks * tokens, 64)), 1, 1},
                        kWorkPerByte * 160 * static_cast<double>(part.blocks * tokens));
    return inputs;
}

// Teams of 32 are subgroups, where these have that size.
bool inSubgroups(const VulkanRuntime& v)
{
    return v.packedTile.subgroups && v.device.subgroupSize() == 32 && v.device.subgroupSums();
}

void multiplyPart(VulkanRuntime& v, const PackedCopy::Part& part, const Inputs& inputs, VkDeviceAddress to, Index rows,
                  Index tokens, bool add, bool after)
{
    struct Push
    {
        VkDeviceAddress to, codes, cells, segment, q, scales, table;
        std::uint32_t rows, blocks, segments, tableWords;
        float ratio;
    } push{to, addressOf(part.codes), addressOf(part.cells), addressOf(part.segment), inputs.q.address(),
           inputs.scales.address(), addressOf(part.table), narrow(rows), narrow(part.blocks), narrow(part.segments),
           part.tableWords, part.ratio};
    static constexpr const char* shaders[] = {"packed_product", "packed_product_dot", "packed_product_subgroups",
                                              "packed_product_dot_subgroups"};
    const PackedTile& tile = v.packedTile;
    const char* shader = shaders[(v.device.dotUnit() ? 1 : 0) + (inSubgroups(v) ? 2 : 0)];
    const VulkanKernel& kernel = v.kernels.get(shader, {part.bits, part.kind, part.cellKind, add ? 1u : 0u, tile.rows,
                                                        narrow(inputs.run), part.shift, tile.ahead, part.levels, 32 * tile.teams});
    v.commands.dispatch(kernel, &push, sizeof(push),
                        {narrow(vulkan::parts(rows, tile.rows * tile.teams)), narrow(tokens), 1},
                        kWorkPerByte * static_cast<double>(rows * part.blocks * 4 * part.bits * tokens), after);
}

void addMembers(VulkanRuntime& v, const PackedCopy::List& list, VkDeviceAddress to, VkDeviceAddress x, Index rows,
                Index columns, Index tokens, bool after)
{
    struct Push
    {
        VkDeviceAddress to, x, members, codes, begins, cellBegins, parameters, table;
        std::uint32_t rows, columns, cells, groups;
    } push{to, x, addressOf(list.members), addressOf(list.codes), addressOf(list.begins), addressOf(list.cellBegins),
           addressOf(list.parameters), addressOf(list.table), narrow(rows), narrow(columns), narrow(list.cells),
           narrow(list.groups)};
    v.commands.dispatch(v.kernels.get(inSubgroups(v) ? "packed_list_subgroups" : "packed_list", {list.kind, 2}), &push, sizeof(push),
                        {narrow(vulkan::parts(rows, 4)), narrow(tokens), 1},
                        kWorkPerByte * static_cast<double>(list.members.size() * 2 * tokens), after);
}

// Segments of a power of two of blocks each, but perhaps the last; 32: others.
std::uint32_t shiftOf(const ResidentPart& part)
{
    if (part.segments.size() <= 1)
        return 31;
    const auto size = static_cast<std::uint32_t>(part.segments.front().blocks);
    if (!std::has_single_bit(size))
        return 32;
    for (std::size_t s = 0; s < part.segments.size(); ++s)
        if (part.segments[s].block != static_cast<std::int32_t>(s * size))
            return 32;
    return static_cast<std::uint32_t>(std::countr_zero(size));
}

// Codes of Q8_0 as the shader takes them: one behind another, 128 more than the signed byte. Of other parts nothing.
std::vector<std::uint8_t> codesWithoutScales(const ResidentPart& part, Index rows)
{
    std::vector<std::uint8_t> out;
    if (!part.q8)
        return out;
    out.reserve(static_cast<std::size_t>(rows * part.blocks * kBlockColumns));
    for (Index r = 0; r < rows; ++r)
        for (Index b = 0; b < part.blocks; ++b)
            for (Index i = 0; i < kBlockColumns; ++i)
                out.push_back(static_cast<std::uint8_t>(part.codesOfRow(r)[b * part.blockBytes() + i] ^ 0x80));
    return out;
}

const PackedCopy& copyOf(VulkanRuntime& v, ComputeBackend& backend, const ResidentMatrix& matrix)
{
    const auto* copy = dynamic_cast<const PackedCopy*>(matrix.elsewhere.get());
    if (copy && copy->belongsTo(v))
        return *copy;
    const auto made = std::make_shared<PackedCopy>(v, backend, matrix);
    matrix.elsewhere = made;
    return *made;
}

} // namespace

PackedCopy::PackedCopy(const VulkanRuntime& runtime, ComputeBackend& backend, const ResidentMatrix& matrix)
    : m_runtime(&runtime)
{
    for (const ResidentPart& part : matrix.parts)
        addPart(backend, matrix, part);
    for (const ResidentList& list : matrix.lists)
        addList(backend, matrix, list);
}

Array PackedCopy::keep(ComputeBackend& backend, const void* from, std::size_t bytes)
{
    if (bytes == 0)
        return {};
    const Array a = backend.allocate(Scalar::U8, 1, static_cast<Index>(bytes));
    backend.upload(a, from);
    m_bytes += static_cast<std::int64_t>(bytes);
    return a;
}

void PackedCopy::addPart(ComputeBackend& backend, const ResidentMatrix& matrix, const ResidentPart& part)
{
    cpu::PackedLevels levels;
    cpu::packedLevels(part, 0, matrix.rows, Activations::Int8, levels);
    Part copy;
    copy.bits = static_cast<std::uint32_t>(part.bits);
    copy.blocks = part.blocks;
    copy.segments = static_cast<Index>(part.segments.size());
    const std::vector<std::uint8_t> apart = codesWithoutScales(part, matrix.rows);
    copy.codes = part.q8 ? keep(backend, apart.data(), apart.size()) : keep(backend, part.codes.data(), part.codes.size());
    std::vector<std::uint32_t> segment(static_cast<std::size_t>(part.blocks));
    for (std::size_t s = 0; s < part.segments.size(); ++s)
        std::fill_n(segment.begin() + part.segments[s].block, part.segments[s].blocks, static_cast<std::uint32_t>(s));
    copy.segment = keep(backend, segment.data(), 4 * segment.size());
    copy.shift = shiftOf(part);
    copy.levels = levels.kind == cpu::CodeLevels::Wide ? 256 : static_cast<std::uint32_t>(std::min(16, 1 << part.bits));
    copy.columnScale = keep(backend, part.columnScale.data(), 4 * part.columnScale.size());
    copy.gather = keep(backend, part.gather.data(), 4 * part.gather.size());
    copy.kind = levels.kind == cpu::CodeLevels::Codes ? 0 : levels.kind == cpu::CodeLevels::Bytes || part.q8 ? 1 : 2;
    copy.tableWords = narrow(levels.tableStride / 4);
    copy.table = keep(backend, levels.table.data(), levels.table.size());
    addCells(backend, copy, levels.scale, levels.offset);
    m_parts.push_back(std::move(copy));
}

// As halves where that loses nothing; a lone scale where all offsets are the same multiple of it.
void PackedCopy::addCells(ComputeBackend& backend, Part& copy, const std::vector<float>& scale,
                          const std::vector<float>& offset)
{
    std::size_t first = 0;
    while (first < scale.size() && scale[first] == 0)
        ++first;
    copy.ratio = first < scale.size() ? offset[first] / scale[first] : 0;
    bool alone = areHalves(scale);
    for (std::size_t i = 0; alone && i < scale.size(); ++i)
        alone = copy.ratio * scale[i] == offset[i];
    std::vector<std::uint16_t> halves;
    if (alone) {
        for (const float f : scale)
            halves.push_back(floatToHalf(f));
        copy.cellKind = 2;
    } else if (areHalves(scale) && areHalves(offset)) {
        for (std::size_t i = 0; i < scale.size(); ++i)
            halves.insert(halves.end(), {floatToHalf(scale[i]), floatToHalf(offset[i])});
        copy.cellKind = 1;
    }
    if (copy.cellKind != 0) {
        copy.cells = keep(backend, halves.data(), 2 * halves.size());
        return;
    }
    std::vector<float> both;
    for (std::size_t i = 0; i < scale.size(); ++i)
        both.insert(both.end(), {scale[i], offset[i]});
    copy.cells = keep(backend, both.data(), 4 * both.size());
}

void PackedCopy::addList(ComputeBackend& backend, const ResidentMatrix& matrix, const ResidentList& list)
{
    const ResidentGrid& base = matrix.parts.front().grids.front();
    List copy;
    copy.cells = static_cast<Index>(list.cells.size());
    copy.groups = base.groups == 1 && list.grid.groups == 1 ? 1 : copy.cells;
    copy.members = keep(backend, list.columns.data(), list.columns.size());
    copy.codes = keep(backend, list.codes.data(), list.codes.size());
    copy.cellBegins = keep(backend, list.cells.data(), 4 * list.cells.size());
    std::vector<std::uint32_t> begins{0};
    begins.reserve(list.counts.size() + 1);
    for (const std::uint16_t count : list.counts)
        begins.push_back(begins.back() + count);
    copy.begins = keep(backend, begins.data(), 4 * begins.size());
    std::vector<float> parameters;
    for (Index row = 0; row < matrix.rows; ++row)
        for (Index c = 0; c < copy.groups; ++c) {
            const Index column = list.cells[static_cast<std::size_t>(c)];
            const Index group = list.grid.group(column), baseGroup = base.group(column);
            // The part holds code 0 in the places of the members.
            parameters.push_back(list.grid.offsetOf(row, group) -
                                 storedValue(base.scaleOf(row, baseGroup), base.offsetOf(row, baseGroup), base.level(0)));
            parameters.push_back(list.grid.scaleOf(row, group));
        }
    copy.parameters = keep(backend, parameters.data(), 4 * parameters.size());
    copy.kind = list.codes.empty() ? 2 : list.grid.table.empty() ? 0 : 1;
    std::vector<float> table = list.grid.table;
    if (copy.kind == 2)
        table = {static_cast<float>(list.grid.level(0))};
    copy.table = keep(backend, table.data(), 4 * table.size());
    m_lists.push_back(std::move(copy));
}

std::int64_t multiplyPacked(VulkanRuntime& v, ComputeBackend& backend, std::span<const PackedTask> tasks, VkDeviceAddress x,
                            Index tokens, const Progress* watched)
{
    std::vector<const PackedCopy*> copies;
    std::int64_t bytes = 0;
    for (const PackedTask& task : tasks) {
        stopWhenCancelled(watched);
        copies.push_back(&copyOf(v, backend, *task.weight));
        bytes += copies.back()->bytes();
    }
    std::size_t steps = 0;
    for (const PackedCopy* copy : copies)
        steps = std::max({steps, copy->parts().size(), copy->lists().size()});
    for (Index first = 0; first < tokens; first += kMostTokens) {
        const Index count = std::min(kMostTokens, tokens - first);
        Inputs inputs;
        const auto forget = [&] {
            v.giveBack(inputs.q);
            v.giveBack(inputs.scales);
        };
        const auto from = [&](std::size_t i) { return element(x, Scalar::F32, first * tasks[i].weight->columns); };
        const auto to = [&](std::size_t i) { return element(tasks[i].to, Scalar::F32, first * tasks[i].weight->rows); };
        // Products of one step do not wait for each other: each adds to rows of its own.
        for (std::size_t step = 0; step < steps; ++step) {
            bool after = true;
            for (std::size_t i = 0; i < tasks.size(); ++i) {
                const ResidentMatrix& weight = *tasks[i].weight;
                if (step >= weight.parts.size())
                    continue;
                const ResidentPart& part = weight.parts[step];
                if (!inputs.part || inputs.run != runOf(v, part) || !cpu::sameInputs(*inputs.part, part)) {
                    if (inputs.part)
                        forget();
                    inputs = roundInputs(v, part, copies[i]->parts()[step], from(i), weight.columns, count);
                    after = true;
                }
                multiplyPart(v, copies[i]->parts()[step], inputs, to(i), weight.rows, count, step > 0, after);
                after = false;
            }
        }
        for (std::size_t step = 0; step < steps; ++step) {
            bool after = true;
            for (std::size_t i = 0; i < tasks.size(); ++i)
                if (step < copies[i]->lists().size()) {
                    addMembers(v, copies[i]->lists()[step], to(i), from(i), tasks[i].weight->rows,
                               tasks[i].weight->columns, count, after);
                    after = false;
                }
        }
        forget();
    }
    return bytes;
}

} // namespace halftone::vulkan
