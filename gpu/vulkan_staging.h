// SPDX-License-Identifier: GPL-3.0-or-later
// Moves bytes between the processor's memory and the device's through two halves of a mapped buffer,
// so that copying into one overlaps with what the device does with the other.
#pragma once

#include "gpu/vulkan_commands.h"

namespace halftone {

class VulkanStaging
{
public:
    VulkanStaging(const VulkanDevice& device, VulkanCommands& commands);

    void upload(VkBuffer to, std::int64_t begin, const void* from, std::int64_t bytes);
    /// Returns when the bytes are there.
    void download(void* to, VkBuffer from, std::int64_t begin, std::int64_t bytes);

private:
    struct Half
    {
        std::unique_ptr<VulkanBuffer> buffer;
        std::int64_t used = 0;
        std::uint64_t number = 0; // of the last step that reads it
    };
    void nextHalf();

    VulkanCommands& m_commands;
    std::array<Half, 2> m_up;
    std::array<std::unique_ptr<VulkanBuffer>, 2> m_down;
    std::size_t m_half = 0;
};

} // namespace halftone
