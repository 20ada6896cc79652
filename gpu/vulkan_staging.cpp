// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_staging.h"

#include "base/parallel.h"

#include <algorithm>
#include <cstring>

namespace halftone {

namespace {

constexpr std::int64_t kHalfBytes = std::int64_t{32} << 20;
constexpr std::int64_t kSlice = std::int64_t{1} << 20;

void copyBytes(void* to, const void* from, std::int64_t bytes)
{
    parallelFor((bytes + kSlice - 1) / kSlice, [&](std::int64_t i) {
        std::memcpy(static_cast<std::byte*>(to) + i * kSlice, static_cast<const std::byte*>(from) + i * kSlice,
                    static_cast<std::size_t>(std::min(kSlice, bytes - i * kSlice)));
    });
}

} // namespace

VulkanStaging::VulkanStaging(const VulkanDevice& device, VulkanCommands& commands) : m_commands(commands)
{
    for (Half& half : m_up)
        half.buffer = std::make_unique<VulkanBuffer>(device, kHalfBytes, true);
    for (auto& buffer : m_down)
        buffer = std::make_unique<VulkanBuffer>(device, kHalfBytes, true);
}

void VulkanStaging::nextHalf()
{
    m_commands.submit();
    m_half = 1 - m_half;
    m_commands.wait(m_up[m_half].number);
    m_up[m_half].used = 0;
}

void VulkanStaging::upload(VkBuffer to, std::int64_t begin, const void* from, std::int64_t bytes)
{
    for (std::int64_t done = 0; done < bytes;) {
        if (m_up[m_half].used == kHalfBytes)
            nextHalf();
        Half& half = m_up[m_half];
        const std::int64_t part = std::min(bytes - done, kHalfBytes - half.used);
        copyBytes(half.buffer->mapped() + half.used, static_cast<const std::byte*>(from) + done, part);
        m_commands.copy(to, begin + done, half.buffer->handle(), half.used, part);
        half.number = m_commands.number(); // or one more than needed, if that copy filled a portion
        half.used = std::min(kHalfBytes, (half.used + part + 63) / 64 * 64);
        done += part;
    }
}

void VulkanStaging::download(void* to, VkBuffer from, std::int64_t begin, std::int64_t bytes)
{
    const std::int64_t parts = (bytes + kHalfBytes - 1) / kHalfBytes;
    const auto size = [&](std::int64_t i) { return std::min(kHalfBytes, bytes - i * kHalfBytes); };
    std::array<std::uint64_t, 2> number{};
    for (std::int64_t i = 0; i <= parts; ++i) {
        if (i < parts) {
            const auto half = static_cast<std::size_t>(i % 2);
            number[half] = m_commands.number();
            m_commands.copy(m_down[half]->handle(), 0, from, begin + i * kHalfBytes, size(i));
            m_commands.submit();
        }
        if (i > 0) {
            const auto half = static_cast<std::size_t>((i - 1) % 2);
            m_commands.wait(number[half]);
            copyBytes(static_cast<std::byte*>(to) + (i - 1) * kHalfBytes, m_down[half]->mapped(), size(i - 1));
        }
    }
}

} // namespace halftone
