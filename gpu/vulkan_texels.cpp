// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_texels.h"

namespace halftone {

namespace {
constexpr std::uint32_t kSets = 256;
constexpr std::uint32_t kReads = VulkanTexels::kBindings - 1;
} // namespace

VulkanTexels::VulkanTexels(const VulkanDevice& device, VulkanCommands& commands) : m_device(device), m_commands(commands)
{
    if (!device.readsTexels())
        return;
    const VkDescriptorPoolSize sizes[2] = {{VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER, kReads * kSets},
                                           {VK_DESCRIPTOR_TYPE_STORAGE_TEXEL_BUFFER, kSets}};
    const VkDescriptorPoolCreateInfo create{VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO, nullptr, 0, kSets, 2, sizes};
    requireSuccess(device.api().vkCreateDescriptorPool(device.handle(), &create, nullptr, &m_pool),
                   "vkCreateDescriptorPool");
}

VulkanTexels::~VulkanTexels()
{
    m_device.api().vkDestroyDescriptorPool(m_device.handle(), m_pool, nullptr);
}

VkDescriptorSet VulkanTexels::set(const std::array<Shown, kBindings>& shown)
{
    Key key{};
    for (std::size_t i = 0; i < kBindings; ++i)
        key[i] = 2 * shown[i].buffer->number() + shown[i].single;
    const auto known = m_sets.find(key);
    if (known != m_sets.end())
        return known->second;
    if (m_sets.size() == kSets) { // most are of buffers that are no more
        m_commands.waitAll();
        requireSuccess(m_device.api().vkResetDescriptorPool(m_device.handle(), m_pool, 0), "vkResetDescriptorPool");
        m_sets.clear();
    }
    return m_sets[key] = make(shown);
}

VkDescriptorSet VulkanTexels::make(const std::array<Shown, kBindings>& shown)
{
    const auto& api = m_device.api();
    const VkDescriptorSetLayout layout = m_device.texelLayout();
    const VkDescriptorSetAllocateInfo allocate{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO, nullptr, m_pool, 1, &layout};
    VkDescriptorSet made = VK_NULL_HANDLE;
    requireSuccess(api.vkAllocateDescriptorSets(m_device.handle(), &allocate, &made), "vkAllocateDescriptorSets");
    for (std::uint32_t i = 0; i < kBindings; ++i) {
        const VkBufferView view = shown[i].buffer->texels(shown[i].single);
        VkWriteDescriptorSet write{};
        write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
        write.dstSet = made;
        write.dstBinding = i;
        write.descriptorCount = 1;
        write.descriptorType = i < kReads ? VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER
                                          : VK_DESCRIPTOR_TYPE_STORAGE_TEXEL_BUFFER;
        write.pTexelBufferView = &view;
        api.vkUpdateDescriptorSets(m_device.handle(), 1, &write, 0, nullptr);
    }
    return made;
}

} // namespace halftone
