// SPDX-License-Identifier: GPL-3.0-or-later
// Packed matrices and their values beside a golden file, which tests/golden/read_packed.py reads as well.
#pragma once

#include "checkpoint/checkpoint.h"
#include "export/safetensors_writer.h"
#include "packed/packed_matrix.h"

#include <algorithm>

/// The name of the first matrix that differs from tests/golden/`file`, or nothing. With HALFTONE_WRITE_GOLDEN
/// set, the file is written there first.
inline QString firstUnlikeGolden(const std::vector<halftone::PackedMatrix>& packed,
                                 const std::vector<halftone::Matrix>& values, const QString& file)
{
    using namespace halftone;
    std::vector<SafetensorsEntry> entries;
    for (std::size_t i = 0; i < packed.size(); ++i) {
        const auto bytes = static_cast<std::int64_t>(packed[i].bytes.size());
        entries.push_back({packed[i].name + QStringLiteral(".halftone"), "U8", {bytes}, packed[i].bytes});
        entries.push_back({packed[i].name, "F32", {values[i].rows(), values[i].cols()},
                           std::as_bytes(std::span(values[i].data(),
                                                   static_cast<std::size_t>(values[i].size())))});
    }
    if (const QString path = qEnvironmentVariable("HALFTONE_WRITE_GOLDEN"); !path.isEmpty())
        writeSafetensors(path, entries, {});
    const auto golden = Checkpoint::open(QStringLiteral(HALFTONE_GOLDEN "/") + file);
    for (const SafetensorsEntry& entry : entries)
        if (!std::ranges::equal(golden->require(entry.name).bytes, entry.bytes))
            return entry.name;
    return {};
}
