// SPDX-License-Identifier: GPL-3.0-or-later
// The target "gguf": one file for llama.cpp and what is built on it.
#pragma once

#include "export/targets.h"

namespace halftone {

class GgufTarget : public ExportTarget
{
public:
    QString id() const override;
    QString title() const override;
    QString purpose() const override;
    bool isFolder() const override { return false; }
    std::vector<ExportType> types() const override;
    ExportEstimate estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const override;
    ExportResult write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                       Progress& progress) const override;
};

} // namespace halftone
