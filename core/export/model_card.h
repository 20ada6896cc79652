// SPDX-License-Identifier: GPL-3.0-or-later
// README.md of an exported folder: what it is, its figures as measured, the licence of the original,
// how to load it and how it was made.
#pragma once

#include "export/targets.h"

#include <QByteArray>
#include <nlohmann/json_fwd.hpp>

namespace halftone {

/// Figures come from the report of a packed folder, where the model is one. `use` is Python.
QByteArray modelCard(const Checkpoint& checkpoint, const ExportTarget& target, const ExportEstimate& estimate,
                     const nlohmann::json& provenance, const QString& use);

/// The original's licence as its card or its GGUF metadata names it; empty if they do not.
QString licenceOf(const Checkpoint& checkpoint);

} // namespace halftone
