// SPDX-License-Identifier: GPL-3.0-or-later
// Compute pipelines of the embedded shaders, made when first needed and cached on disk. A damaged
// cache, or one of another driver or program version, is ignored.
#pragma once

#include "gpu/vulkan_commands.h"

#include <initializer_list>
#include <map>
#include <span>

namespace halftone {

/// SPIR-V compiled at build time from shaders/<name>.comp; empty for a name that is none.
std::span<const std::uint32_t> shaderCode(const char* name);

class VulkanKernels
{
public:
    explicit VulkanKernels(const VulkanDevice& device);
    ~VulkanKernels();
    VulkanKernels(const VulkanKernels&) = delete;
    VulkanKernels& operator=(const VulkanKernels&) = delete;

    /// constants: values of the shader's constant_id 0, 1, 2, ...
    const VulkanKernel& get(const char* shader, std::initializer_list<std::uint32_t> constants);

    /// Where the cache of this device lies; empty without a home.
    QString cachePath() const;
    void saveCache() const;

private:
    using Key = std::pair<std::string, std::vector<std::uint32_t>>;
    QByteArray readCache() const;
    VulkanKernel make(const char* shader, const std::vector<std::uint32_t>& constants);

    const VulkanDevice& m_device;
    VkPipelineLayout m_layout = VK_NULL_HANDLE;
    VkPipelineCache m_cache = VK_NULL_HANDLE;
    std::map<std::string, VkShaderModule> m_modules;
    std::map<Key, VulkanKernel> m_kernels;
    std::size_t m_loadedBytes = 0;
};

} // namespace halftone
