// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that say whether a packed model runs from its packed bits, and how.
#pragma once

#include "app/cli/verbs.h"
#include "model/transformer.h"

#include <string>

namespace halftone::cli {

struct PackedFlags
{
    std::string weights, activations = "int8";
    int keptBits = 8;

    /// `standard` is "packed" (for packed folders; others are expanded) or "floats".
    void addTo(CLI::App* app, const std::string& standard);
    /// Makes the model run packed if that was asked for.
    void apply(Transformer& model) const;
    /// What the answer should say about it.
    nlohmann::json json(const Transformer& model) const;
};

/// "12.3 MiB"
QString mebibytes(std::int64_t bytes);
/// Bytes of memory that the process holds now, mapped files included.
std::int64_t processBytes();

} // namespace halftone::cli
