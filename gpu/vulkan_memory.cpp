// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_memory.h"

#include "base/error.h"

#include <algorithm>
#include <atomic>

namespace halftone {

namespace {
constexpr std::int64_t kChunkBytes = std::int64_t{256} << 20;
constexpr std::int64_t kSmallChunkBytes = std::int64_t{16} << 20;
constexpr std::int64_t kAlignment = 256;

std::uint64_t nextNumber()
{
    static std::atomic<std::uint64_t> next{1};
    return next++;
}
} // namespace

VulkanBuffer::VulkanBuffer(const VulkanDevice& device, std::int64_t bytes, bool host)
    : m_device(device), m_bytes(bytes), m_number(nextNumber())
{
    VkBufferCreateInfo create{};
    create.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
    create.size = static_cast<VkDeviceSize>(bytes);
    create.usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
                   VK_BUFFER_USAGE_TRANSFER_DST_BIT | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT;
    if (device.readsTexels())
        create.usage |= VK_BUFFER_USAGE_UNIFORM_TEXEL_BUFFER_BIT | VK_BUFFER_USAGE_STORAGE_TEXEL_BUFFER_BIT;
    create.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
    const auto& api = device.api();
    try {
        requireSuccess(api.vkCreateBuffer(device.handle(), &create, nullptr, &m_buffer), "vkCreateBuffer");
        VkMemoryRequirements needs{};
        api.vkGetBufferMemoryRequirements(device.handle(), m_buffer, &needs);
        const int type = host ? device.memoryType(needs.memoryTypeBits,
                                                  VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT |
                                                      VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
                                                  VK_MEMORY_PROPERTY_HOST_CACHED_BIT)
                              : device.memoryType(needs.memoryTypeBits,
                                                  VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, 0);
        if (type < 0)
            throw Error(tr("'%1' has no memory of the kind that is needed.").arg(device.info().name));
        VkMemoryAllocateFlagsInfo flags{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_FLAGS_INFO, nullptr,
                                        VK_MEMORY_ALLOCATE_DEVICE_ADDRESS_BIT, 0};
        VkMemoryAllocateInfo allocate{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, &flags, needs.size,
                                      static_cast<std::uint32_t>(type)};
        requireSuccess(api.vkAllocateMemory(device.handle(), &allocate, nullptr, &m_memory), "vkAllocateMemory");
        requireSuccess(api.vkBindBufferMemory(device.handle(), m_buffer, m_memory, 0), "vkBindBufferMemory");
        if (host) {
            void* mapped = nullptr;
            requireSuccess(api.vkMapMemory(device.handle(), m_memory, 0, VK_WHOLE_SIZE, 0, &mapped), "vkMapMemory");
            m_mapped = static_cast<std::byte*>(mapped);
        }
        VkBufferDeviceAddressInfo where{VK_STRUCTURE_TYPE_BUFFER_DEVICE_ADDRESS_INFO, nullptr, m_buffer};
        m_address = api.vkGetBufferDeviceAddress(device.handle(), &where);
    } catch (...) {
        release();
        throw;
    }
}

VulkanBuffer::~VulkanBuffer()
{
    release();
}

std::int64_t VulkanBuffer::texelBytes(bool single) const
{
    const std::int64_t most = m_device.properties().limits.maxTexelBufferElements;
    return std::min(m_bytes / 16 * 16, most * (single ? 4 : 16));
}

VkBufferView VulkanBuffer::texels(bool single) const
{
    VkBufferView& view = m_views[single ? 1 : 0];
    if (!view) {
        const VkBufferViewCreateInfo create{VK_STRUCTURE_TYPE_BUFFER_VIEW_CREATE_INFO, nullptr, 0, m_buffer,
                                            single ? VK_FORMAT_R32_UINT : VK_FORMAT_R32G32B32A32_UINT, 0,
                                            static_cast<VkDeviceSize>(texelBytes(single))};
        requireSuccess(m_device.api().vkCreateBufferView(m_device.handle(), &create, nullptr, &view),
                       "vkCreateBufferView");
    }
    return view;
}

void VulkanBuffer::release()
{
    for (VkBufferView view : m_views)
        m_device.api().vkDestroyBufferView(m_device.handle(), view, nullptr);
    m_device.api().vkDestroyBuffer(m_device.handle(), m_buffer, nullptr);
    m_device.api().vkFreeMemory(m_device.handle(), m_memory, nullptr);
}

struct VulkanMemory::Chunk
{
    VulkanBuffer buffer;
    std::map<std::int64_t, std::int64_t> free; // begin -> bytes
    Chunk(const VulkanDevice& device, std::int64_t bytes, bool host) : buffer(device, bytes, host), free{{0, bytes}} {}
    bool unused() const { return free.size() == 1 && free.begin()->second == buffer.bytes(); }
};

VkBuffer VulkanMemory::Piece::buffer() const
{
    return chunk->buffer.handle();
}

VkDeviceAddress VulkanMemory::Piece::address() const
{
    return chunk->buffer.address() + static_cast<VkDeviceAddress>(begin);
}

VulkanMemory::VulkanMemory(const VulkanDevice& device, std::int64_t limit, bool host)
    : m_device(device), m_limit(limit), m_host(host)
{
}

VulkanMemory::~VulkanMemory() = default;

VulkanMemory::Chunk& VulkanMemory::add(std::int64_t bytes)
{
    std::int64_t held = 0;
    for (const auto& chunk : m_chunks)
        held += chunk->buffer.bytes();
    if (m_limit > 0 && held + bytes > m_limit)
        requireSuccess(VK_ERROR_OUT_OF_DEVICE_MEMORY, "vkAllocateMemory");
    m_chunks.push_back(std::make_unique<Chunk>(m_device, bytes, m_host));
    return *m_chunks.back();
}

VulkanMemory::Piece VulkanMemory::take(std::int64_t bytes)
{
    const std::int64_t need = std::max(kAlignment, (bytes + kAlignment - 1) / kAlignment * kAlignment);
    Chunk* best = nullptr;
    std::int64_t bestBegin = 0, bestBytes = 0;
    for (const auto& chunk : m_chunks)
        for (const auto& [begin, size] : chunk->free)
            if (size >= need && (!best || size < bestBytes)) {
                best = chunk.get();
                bestBegin = begin;
                bestBytes = size;
            }
    if (!best) {
        const std::int64_t usual = m_chunks.empty() ? kSmallChunkBytes : kChunkBytes;
        try {
            best = &add(std::max(need, usual));
        } catch (const Error&) {
            if (need >= usual)
                throw;
            best = &add(need); // the last of a full device
        }
        bestBegin = 0;
        bestBytes = best->buffer.bytes();
    }
    best->free.erase(bestBegin);
    if (bestBytes > need)
        best->free[bestBegin + need] = bestBytes - need;
    return {best, bestBegin, need};
}

void VulkanMemory::giveBack(const Piece& piece)
{
    auto& free = piece.chunk->free;
    auto it = free.emplace(piece.begin, piece.bytes).first;
    const auto next = std::next(it);
    if (next != free.end() && it->first + it->second == next->first) {
        it->second += next->second;
        free.erase(next);
    }
    if (it != free.begin()) {
        const auto before = std::prev(it);
        if (before->first + before->second == it->first) {
            before->second += it->second;
            free.erase(it);
        }
    }
}

const VulkanBuffer* VulkanMemory::find(VkDeviceAddress address) const
{
    for (const auto& chunk : m_chunks)
        if (address - chunk->buffer.address() < static_cast<VkDeviceAddress>(chunk->buffer.bytes()))
            return &chunk->buffer;
    return nullptr;
}

void VulkanMemory::trim()
{
    m_chunks.remove_if([](const std::unique_ptr<Chunk>& chunk) { return chunk->unused(); });
}

} // namespace halftone
