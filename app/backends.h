// SPDX-License-Identifier: GPL-3.0-or-later
// Which devices there are and how to get the backend of one. The only place that knows whether gpu/
// was built.
#pragma once

#include "compute/backend.h"

#include <QString>
#include <memory>
#include <vector>

namespace halftone {

struct DeviceRow
{
    QString id;               ///< "cpu"
    QString name;
    std::int64_t memoryBytes = 0;
    QString details;          ///< instruction sets, drivers: one line
};

/// The CPU first.
std::vector<DeviceRow> devices();

/// `choice` is "auto" (a GPU if there is one), "cpu", "vulkan" or an id of devices(). With `halves` a
/// GPU's products may take fp16 factors. Throws Error naming what there is.
std::unique_ptr<ComputeBackend> makeBackend(const QString& choice, bool halves = false);

} // namespace halftone
