// SPDX-License-Identifier: GPL-3.0-or-later
// The target "halftone": a packed folder as it is, with its provenance, for Halftone and its reader in
// Python.
#pragma once

#include "export/targets.h"

namespace halftone {

class HalftoneTarget : public ExportTarget
{
public:
    QString id() const override;
    QString title() const override;
    QString purpose() const override;
    bool isFolder() const override { return true; }
    std::vector<ExportType> types() const override;
    ExportEstimate estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const override;
    ExportResult write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                       Progress& progress) const override;
};

} // namespace halftone
