// SPDX-License-Identifier: GPL-3.0-or-later
// bench_vulkan_packed [device number] [GiB] [part of a row's name]: matrix-vector products with packed codes on a Vulkan
// device, over so many GiB of distinct matrices (default 1) in one submission, as bytes read a second and as a share of
// HALFTONE_BANDWIDTH GB/s (default 3350, an H100's datasheet). The four-level code in groups of 128, and partial
// binarization with a tenth of the weights on lists. HALFTONE_BENCH_TILE=rows,teams,run,ahead,subgroups chooses how
// products are cut; several, with semicolons between, are measured one after the other. Each line also says what recording
// the products took of that, and what a call with one of the matrices takes.
#include "compute/packed_product.h"
#include "gpu/vulkan_packed.h"
#include "gpu/vulkan_backend.h"

#include <QByteArrayList>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace halftone;

namespace {

std::uint64_t g_state = 1;
std::uint64_t next()
{
    g_state ^= g_state << 13;
    g_state ^= g_state >> 7;
    return g_state ^= g_state << 17;
}

void fill(std::vector<std::byte>& bytes)
{
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
        const std::uint64_t word = next();
        std::memcpy(bytes.data() + i, &word, 8);
    }
}

// Scales and offsets near 1 and -1.5, in halves.
void fillHalves(ResidentGrid& grid, Index rows)
{
    grid.own.resize(static_cast<std::size_t>(4 * rows * grid.groups));
    for (std::size_t i = 0; i < grid.own.size() / 2; ++i) {
        const auto half = static_cast<std::uint16_t>((i < grid.own.size() / 4 ? 0x3c00 : 0xbe00) + next() % 256);
        std::memcpy(grid.own.data() + 2 * i, &half, 2);
    }
    grid.scale = std::span(grid.own).first(grid.own.size() / 2);
    grid.offset = std::span(grid.own).subspan(grid.own.size() / 2);
}

ResidentPart part(Index rows, Index columns, int bits, Index group)
{
    ResidentPart out;
    ResidentGrid& grid = out.grids.emplace_back();
    grid.count = 1 << bits;
    grid.groupColumns = group;
    grid.groups = group > 0 ? columns / group : 1;
    fillHalves(grid, rows);
    out.bits = bits;
    out.blocks = columns / kBlockColumns;
    for (Index g = 0; g < grid.groups; ++g)
        out.segments.push_back({static_cast<std::int32_t>(g * out.blocks / grid.groups),
                                static_cast<std::int32_t>(out.blocks / grid.groups),
                                static_cast<std::int32_t>(g * columns / grid.groups)});
    out.own.resize(static_cast<std::size_t>(rows * out.rowBytes()));
    fill(out.own);
    out.codes = out.own;
    return out;
}

ResidentList members(Index rows, Index columns)
{
    ResidentList list;
    list.grid.count = 256;
    list.grid.groups = 1;
    fillHalves(list.grid, rows);
    for (Index j = 0; j < columns; j += 256)
        list.cells.push_back(static_cast<std::int32_t>(j));
    list.rowBegin.push_back(0);
    for (Index r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < list.cells.size(); ++c) {
            list.counts.push_back(static_cast<std::uint16_t>(20 + next() % 12));
            for (Index i = 0; i < list.counts.back(); ++i) {
                list.columns.push_back(static_cast<std::uint8_t>(i * 8 + static_cast<Index>(next() % 8)));
                list.codes.push_back(static_cast<std::uint8_t>(next()));
            }
        }
        list.rowBegin.push_back(static_cast<std::uint32_t>(list.columns.size()));
    }
    list.columns.resize(list.columns.size() + kListPadding);
    list.codes.resize(list.columns.size());
    return list;
}

struct Data
{
    std::vector<ResidentMatrix> matrices;
    Matrix x, want; // want: of the last one, by the definition
};

Data make(std::int64_t wanted, int bits, Index group, bool lists)
{
    constexpr Index rows = 4096, columns = 11264;
    Data data;
    std::int64_t bytes = 0;
    while (bytes < wanted) {
        ResidentMatrix& m = data.matrices.emplace_back();
        m.rows = rows;
        m.columns = columns;
        m.parts.push_back(part(rows, columns, bits, group));
        if (lists)
            m.lists.push_back(members(rows, columns));
        bytes += m.bytes();
    }
    data.x.resize(1, columns);
    for (Index i = 0; i < columns; ++i)
        data.x(0, i) = static_cast<float>(next() % 2001) * 1e-3f - 1.0f;
    data.want.resize(1, rows);
    const cpu::PackedTask task{&data.matrices.back(), data.want.data()};
    cpu::multiplyPacked({&task, 1}, data.x.data(), 1, Activations::Int8, cpu::bestInstructionSet(), nullptr);
    return data;
}

double since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measure(ComputeBackend& gpu, const char* name, const Data& data)
{
    std::vector<PackedProduct> tasks;
    for (const ResidentMatrix& m : data.matrices)
        tasks.push_back({gpu.allocate(Scalar::F32, 1, m.rows), &m});
    const Array input = gpu.upload(data.x);
    for (int i = 0; i < 20; ++i) // also lets portions grow to whole calls
        gpu.multiplyPacked(tasks, input, Activations::Int8);
    gpu.finish();
    double best = 1e9, recorded = 1e9;
    for (int round = 0; round < 30; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        gpu.multiplyPacked(tasks, input, Activations::Int8);
        recorded = std::min(recorded, since(begin));
        gpu.finish();
        best = std::min(best, since(begin));
    }
    double alone = 1e9;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const auto begin = std::chrono::steady_clock::now();
        gpu.multiplyPacked(std::span(tasks).subspan(i, 1), input, Activations::Int8);
        gpu.finish();
        alone = std::min(alone, since(begin));
    }
    std::int64_t bytes = 0;
    for (const ResidentMatrix& m : data.matrices)
        bytes += dynamic_cast<const vulkan::PackedCopy&>(*m.elsewhere).bytes();
    const double off = static_cast<double>((gpu.downloadMatrix(tasks.back().out) - data.want).norm() / data.want.norm());
    const double peak = qEnvironmentVariableIsSet("HALFTONE_BANDWIDTH") ? qgetenv("HALFTONE_BANDWIDTH").toDouble() : 3350;
    const double rate = 1e-9 * static_cast<double>(bytes) / best;
    std::printf("%-28s %zu matrices, %.2f GiB: %8.3f ms (recorded in %.3f) %8.1f GB/s, %.0f %% of %.0f; one %.1f us; off by %.1e\n",
                name, tasks.size(), static_cast<double>(bytes) / (1 << 30), best * 1e3, recorded * 1e3, rate, 100 * rate / peak,
                peak, alone * 1e6, off);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const int device = argc > 1 ? std::atoi(argv[1]) : 0;
    const auto wanted = static_cast<std::int64_t>((argc > 2 ? std::atof(argv[2]) : 1.0) * (1 << 30));
    const struct
    {
        const char* name;
        int bits;
        Index group;
        bool lists;
    } rows[] = {{"four levels, groups of 128", 2, 128, false},
                {"four levels, rows", 2, 0, false},
                {"two levels, rows", 1, 0, false},
                {"sixteen levels, groups", 4, 128, false},
                {"partial binarization, 10 %", 1, 0, true}};
    const QByteArrayList tiles = qEnvironmentVariable("HALFTONE_BENCH_TILE").toUtf8().split(';');
    for (const auto& row : rows) {
        if (argc > 3 && !std::strstr(row.name, argv[3]))
            continue;
        const Data data = make(wanted, row.bits, row.group, row.lists);
        for (const QByteArray& text : tiles) {
            VulkanOptions options;
            unsigned tile[5];
            if (std::sscanf(text.constData(), "%u,%u,%u,%u,%u", &tile[0], &tile[1], &tile[2], &tile[3], &tile[4]) == 5)
                options.packedTile = {tile[0], tile[1], tile[2] != 0, tile[3] != 0, tile[4] != 0};
            options.isTimed = [] { return qEnvironmentVariableIsSet("HALFTONE_VULKAN_TIMES"); };
            options.onTimes = [](const std::string& line) { std::printf("    %s\n", line.c_str()); };
            const auto gpu = makeVulkanBackend(device, options);
            std::printf("%s%s%s: ", qPrintable(gpu->deviceName()), text.isEmpty() ? "" : ", ", text.constData());
            measure(*gpu, row.name, data);
            for (const ResidentMatrix& m : data.matrices)
                m.elsewhere.reset();
        }
    }
    return 0;
}
