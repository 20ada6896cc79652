// SPDX-License-Identifier: GPL-3.0-or-later
// Device memory cut into pieces: few large allocations, each one buffer, whose pieces are handed out
// and taken back. Shaders reach a piece by its address, so no limit on a binding's size matters.
#pragma once

#include "gpu/vulkan_device.h"

#include <array>
#include <list>
#include <map>

namespace halftone {

/// A buffer with memory of its own, mapped if the memory can be.
class VulkanBuffer
{
public:
    /// `host`: staging memory that the processor reads and writes.
    VulkanBuffer(const VulkanDevice& device, std::int64_t bytes, bool host);
    ~VulkanBuffer();
    VulkanBuffer(const VulkanBuffer&) = delete;
    VulkanBuffer& operator=(const VulkanBuffer&) = delete;

    VkBuffer handle() const { return m_buffer; }
    VkDeviceAddress address() const { return m_address; }
    std::int64_t bytes() const { return m_bytes; }
    std::byte* mapped() const { return m_mapped; }
    /// No two buffers of a program have the same.
    std::uint64_t number() const { return m_number; }
    /// All of it, or as much as a view can hold, as texels of four words, or of one (`single`).
    VkBufferView texels(bool single) const;
    /// Bytes that such a view shows.
    std::int64_t texelBytes(bool single) const;

private:
    void release();

    const VulkanDevice& m_device;
    std::int64_t m_bytes;
    VkBuffer m_buffer = VK_NULL_HANDLE;
    VkDeviceMemory m_memory = VK_NULL_HANDLE;
    VkDeviceAddress m_address = 0;
    std::byte* m_mapped = nullptr;
    std::uint64_t m_number;
    mutable std::array<VkBufferView, 2> m_views{};
};

class VulkanMemory
{
public:
    struct Chunk;
    struct Piece
    {
        Chunk* chunk = nullptr;
        std::int64_t begin = 0;
        std::int64_t bytes = 0;

        VkBuffer buffer() const;
        VkDeviceAddress address() const;
    };

    /// Takes at most `limit` bytes; 0: what there is. `host`: of the processor's memory, which the device
    /// reaches at the speed of its bus.
    VulkanMemory(const VulkanDevice& device, std::int64_t limit, bool host);
    ~VulkanMemory();
    VulkanMemory(const VulkanMemory&) = delete;
    VulkanMemory& operator=(const VulkanMemory&) = delete;

    /// Throws Error when the device has no room.
    Piece take(std::int64_t bytes);
    /// May be handed out again at once: everything runs in the order of one queue.
    void giveBack(const Piece& piece);
    /// Frees chunks without a piece in use; the device must be idle.
    void trim();
    /// The buffer that holds this address; null: none of this memory's.
    const VulkanBuffer* find(VkDeviceAddress address) const;

private:
    Chunk& add(std::int64_t bytes);

    const VulkanDevice& m_device;
    std::int64_t m_limit;
    bool m_host;
    std::list<std::unique_ptr<Chunk>> m_chunks;
};

} // namespace halftone
