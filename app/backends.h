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

/// `choice` is "auto", "cpu" or an id of devices(). Throws Error naming what there is.
std::unique_ptr<ComputeBackend> makeBackend(const QString& choice);

} // namespace halftone
