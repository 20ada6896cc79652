// SPDX-License-Identifier: GPL-3.0-or-later
// The target "huggingface": plain floats that transformers, and whatever reads its folders, loads.
#pragma once

#include "export/folder_target.h"

namespace halftone {

class HuggingFaceTarget : public FolderTarget
{
public:
    QString id() const override;
    QString title() const override;
    QString purpose() const override;
    std::vector<ExportType> types() const override;

protected:
    FolderPlan plan(const Checkpoint& checkpoint, const ExportChoices& choices) const override;
};

/// "transformers 4.28 or later" for a family.
QString transformersReader(const ModelConfig& config);

} // namespace halftone
