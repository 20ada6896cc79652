// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of ComputeBackend on a Vulkan device. Arrays stay on the device; nothing here waits for it
// except downloads, score and the factorizations' answers. For one thread at a time.
#pragma once

#include "compute/backend.h"
#include "gpu/vulkan_device.h"

#include <memory>

namespace halftone {

/// Throws Error when the device is not there or cannot be used. Arrays may outlive the backend.
std::unique_ptr<ComputeBackend> makeVulkanBackend(int number, const VulkanOptions& options = {});

} // namespace halftone
