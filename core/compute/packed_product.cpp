// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/packed_product.h"

#include "base/error.h"
#include "base/parallel.h"
#include "compute/cpu_kernels.h"
#include "compute/packed_floats.h"

#include <algorithm>
#include <type_traits>

namespace halftone::cpu {

namespace {

// A task multiplies rows of so many weights: first many, since long runs are read faster, then fewer, so that no thread
// waits long for another.
constexpr Index kMostTaskWeights = 1 << 18, kFewestTaskWeights = 1 << 15;
constexpr Index kTaskShare = 8; // of what is left
constexpr Index kTaskRows = 16; // their sums fill a cache line, and the kernels take four at once

static_assert(sizeof(RowSegment) == sizeof(ResidentSegment) && std::is_standard_layout_v<ResidentSegment> &&
              offsetof(RowSegment, column) == offsetof(ResidentSegment, column));

PackedRowsKernel rowsKernel(InstructionSet set)
{
    switch (set) {
    case InstructionSet::Avx512: return packedRowsAvx512;
    case InstructionSet::Avx2: return packedRowsAvx2;
    case InstructionSet::Plain: break;
    }
    return packedRowsPlain;
}

ListKernel listKernel(InstructionSet set)
{
    return set == InstructionSet::Plain ? listSumsPlain : listSumsAvx2;
}

// What all rows of one matrix share.
struct Prepared
{
    const ResidentMatrix* weight = nullptr;
    float* out = nullptr;
    const float* x = nullptr;                                // turned where the matrix is
    std::vector<std::shared_ptr<const PackedInputs>> inputs; // of each part
    std::shared_ptr<const Matrix> turned;
};

std::shared_ptr<const Matrix> turnedInputs(const Rotation& rotation, const float* x, Index tokens, Index columns)
{
    return std::make_shared<const Matrix>(rotatedRows(rotation, Eigen::Map<const Matrix>(x, tokens, columns)));
}

std::vector<Prepared> prepare(std::span<const PackedTask> tasks, const float* x, Index tokens,
                              Activations activations, bool runs)
{
    std::vector<Prepared> all;
    const ResidentPart* known = nullptr;
    std::shared_ptr<const PackedInputs> knownInputs;
    for (const PackedTask& task : tasks) {
        const Rotation& rotation = task.weight->rotation;
        const bool sameBasis = !all.empty() && all.back().weight->rotation == rotation;
        Prepared p{task.weight, task.out, x, {}, {}};
        if (rotation.active) {
            p.turned = sameBasis ? all.back().turned : turnedInputs(rotation, x, tokens, task.weight->columns);
            p.x = p.turned->data();
        }
        if (!sameBasis)
            known = nullptr;
        for (const ResidentPart& part : task.weight->parts) {
            if (!known || !sameInputs(*known, part)) {
                known = &part;
                knownInputs = std::make_shared<const PackedInputs>(
                    packedInputs(part, p.x, tokens, task.weight->columns, activations, runs));
            }
            p.inputs.push_back(knownInputs);
        }
        all.push_back(std::move(p));
    }
    return all;
}

void addPart(const Prepared& p, std::size_t index, Index rowBegin, Index rows, Index tokens,
             Activations activations, PackedRowsKernel kernel)
{
    thread_local PackedLevels levels;
    const ResidentPart& part = p.weight->parts[index];
    const PackedInputs& inputs = *p.inputs[index];
    float* out = p.out + rowBegin;
    packedLevels(part, rowBegin, rows, activations, levels);
    if (activations == Activations::Float32 || part.bits == 0)
        return packedRowsFloat(part, rowBegin, rows, levels, inputs, tokens, out, p.weight->rows);
    PackedRows job;
    job.rows = rows;
    job.tokens = tokens;
    job.codes = part.codesOfRow(rowBegin);
    job.rowBytes = part.rowBytes();
    job.bits = part.bits;
    job.levels = levels.kind;
    job.table = levels.table.data();
    job.tableStride = levels.tableStride;
    job.segments = reinterpret_cast<const RowSegment*>(part.segments.data());
    job.segmentCount = static_cast<std::int64_t>(part.segments.size());
    job.scale = levels.scale.data();
    job.offset = levels.offset.data();
    job.blocks = part.blocks;
    job.q = inputs.q.data();
    job.blockScale = inputs.blockScale.data();
    job.runScale = inputs.runScale.data();
    job.sum = inputs.sum.data();
    job.out = out;
    job.outStride = p.weight->rows;
    kernel(job);
}

// Members with a table, or of one level.
void listSumsByLevel(const ListCells& list, const ResidentGrid& grid, const float* x, float* sum)
{
    std::int64_t at = 0;
    for (std::int64_t c = 0; c < list.cells; ++c)
        for (const std::int64_t end = at + list.counts[c]; at < end; ++at) {
            const float value = x[list.begins[c] + list.columns[at]];
            sum[0] += value;
            sum[1] += value * static_cast<float>(grid.level(list.codes ? list.codes[at] : 0));
        }
}

// The members of a list are the difference of their values from the part's code 0, which stands in
// their places. Cells whose grids have one group for the whole row are taken together.
void addList(const Prepared& p, const ResidentList& list, Index rowBegin, Index rows, Index tokens,
             ListKernel kernel)
{
    const ResidentGrid& base = p.weight->parts.front().grids.front();
    const auto cells = static_cast<Index>(list.cells.size());
    const Index together = base.groups == 1 && list.grid.groups == 1 ? cells : 1;
    const bool uniform = !list.codes.empty() && list.grid.table.empty();
    for (Index row = rowBegin; row < rowBegin + rows; ++row) {
        std::size_t at = list.rowBegin[static_cast<std::size_t>(row)];
        for (Index c = 0; c < cells; c += together) {
            ListCells part;
            part.columns = list.columns.data() + at;
            part.codes = list.codes.empty() ? nullptr : list.codes.data() + at;
            part.counts = list.counts.data() + row * cells + c;
            part.begins = list.cells.data() + c;
            part.cells = together;
            const std::size_t before = at;
            for (Index i = 0; i < together; ++i)
                at += part.counts[i];
            if (at == before)
                continue;
            const Index column = list.cells[static_cast<std::size_t>(c)];
            const Index group = list.grid.group(column), baseGroup = base.group(column);
            const double scale = list.grid.scaleOf(row, group);
            const double origin = double{list.grid.offsetOf(row, group)} -
                                  storedValue(base.scaleOf(row, baseGroup), base.offsetOf(row, baseGroup),
                                              base.level(0));
            for (Index t = 0; t < tokens; ++t) {
                const float* from = p.x + t * p.weight->columns;
                float sum[2] = {0, 0};
                if (uniform)
                    kernel(part, from, sum);
                else
                    listSumsByLevel(part, list.grid, from, sum);
                p.out[t * p.weight->rows + row] += static_cast<float>(origin * sum[0] + scale * sum[1]);
            }
        }
    }
}

// Rows of one matrix.
struct Rows
{
    std::size_t matrix;
    Index begin, count;
};

std::vector<Rows> tasksOf(std::span<const Prepared> all)
{
    Index left = 0;
    for (const Prepared& p : all)
        left += p.weight->rows * p.weight->columns;
    std::vector<Rows> runs;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Index rows = all[i].weight->rows, columns = std::max<Index>(1, all[i].weight->columns);
        for (Index begin = 0; begin < rows; begin += runs.back().count) {
            const Index weights = std::clamp(left / kTaskShare, kFewestTaskWeights, kMostTaskWeights);
            const Index step = std::max<Index>(1, weights / columns / kTaskRows) * kTaskRows;
            runs.push_back({i, begin, std::min(step, rows - begin)});
            left -= runs.back().count * columns;
        }
    }
    return runs;
}

} // namespace

InstructionSet bestInstructionSet()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni"))
        return InstructionSet::Avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return InstructionSet::Avx2;
#endif
    return InstructionSet::Plain;
}

QString nameOf(InstructionSet set)
{
    switch (set) {
    case InstructionSet::Avx512: return QStringLiteral("AVX-512 VNNI");
    case InstructionSet::Avx2: return QStringLiteral("AVX2");
    case InstructionSet::Plain: break;
    }
    return tr("plain instructions");
}

void multiplyPacked(std::span<const PackedTask> tasks, const float* x, Index tokens, Activations activations,
                    InstructionSet set, const Progress* watched)
{
    const std::vector<Prepared> all = prepare(tasks, x, tokens, activations, set != InstructionSet::Plain);
    const std::vector<Rows> runs = tasksOf(all);
    const PackedRowsKernel rows = rowsKernel(set);
    const ListKernel lists = listKernel(set);
    parallelFor(static_cast<std::int64_t>(runs.size()), [&](std::int64_t i) {
        stopWhenCancelled(watched);
        const Rows& run = runs[static_cast<std::size_t>(i)];
        const Prepared& p = all[run.matrix];
        for (Index t = 0; t < tokens; ++t)
            std::fill_n(p.out + t * p.weight->rows + run.begin, run.count, 0.0f);
        for (std::size_t part = 0; part < p.weight->parts.size(); ++part)
            addPart(p, part, run.begin, run.count, tokens, activations, rows);
        for (const ResidentList& list : p.weight->lists)
            addList(p, list, run.begin, run.count, tokens, lists);
    });
}

} // namespace halftone::cpu
