// SPDX-License-Identifier: GPL-3.0-or-later
// VK_KHR_cooperative_matrix (registered extension 507), which headers older than 1.3.255 lack. Numbers
// and layouts are those of the Vulkan specification; names differ so that newer headers do not clash.
#pragma once

#include <volk.h>

namespace halftone {

inline constexpr const char* kCooperativeMatrixKhr = "VK_KHR_cooperative_matrix";
inline constexpr auto kCooperativeMatrixFeaturesType = static_cast<VkStructureType>(1000506000);
inline constexpr auto kCooperativeMatrixPropertiesType = static_cast<VkStructureType>(1000506001);

struct CooperativeMatrixFeatures
{
    VkStructureType sType = kCooperativeMatrixFeaturesType;
    void* pNext = nullptr;
    VkBool32 cooperativeMatrix = VK_FALSE;
    VkBool32 cooperativeMatrixRobustBufferAccess = VK_FALSE;
};

struct CooperativeMatrixProperties
{
    VkStructureType sType = kCooperativeMatrixPropertiesType;
    void* pNext = nullptr;
    std::uint32_t mSize = 0, nSize = 0, kSize = 0;
    std::int32_t aType = 0, bType = 0, cType = 0, resultType = 0; ///< 0: fp16, 1: fp32
    VkBool32 saturatingAccumulation = VK_FALSE;
    std::int32_t scope = 0; ///< 3: subgroup
};

using GetCooperativeMatrixProperties = VkResult(VKAPI_PTR*)(VkPhysicalDevice, std::uint32_t*,
                                                            CooperativeMatrixProperties*);

} // namespace halftone
