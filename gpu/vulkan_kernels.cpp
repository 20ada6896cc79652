// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_kernels.h"

#include "base/error.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace halftone {

namespace {
constexpr std::uint32_t kPushBytes = 128; // what every device offers
constexpr qsizetype kHashBytes = 32;
constexpr qint64 kLargestCache = 64 << 20;
} // namespace

VulkanKernels::VulkanKernels(const VulkanDevice& device) : m_device(device)
{
    const VkPushConstantRange push{VK_SHADER_STAGE_COMPUTE_BIT, 0, kPushBytes};
    VkPipelineLayoutCreateInfo layout{};
    layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
    layout.pushConstantRangeCount = 1;
    layout.pPushConstantRanges = &push;
    const VkDescriptorSetLayout texels = device.texelLayout();
    layout.setLayoutCount = texels ? 1 : 0;
    layout.pSetLayouts = &texels;
    const auto& api = device.api();
    requireSuccess(api.vkCreatePipelineLayout(device.handle(), &layout, nullptr, &m_layout), "vkCreatePipelineLayout");
    const QByteArray stored = readCache();
    m_loadedBytes = static_cast<std::size_t>(stored.size());
    VkPipelineCacheCreateInfo cache{};
    cache.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO;
    cache.initialDataSize = m_loadedBytes;
    cache.pInitialData = stored.constData();
    requireSuccess(api.vkCreatePipelineCache(device.handle(), &cache, nullptr, &m_cache), "vkCreatePipelineCache");
}

VulkanKernels::~VulkanKernels()
{
    saveCache();
    const auto& api = m_device.api();
    for (const auto& [key, kernel] : m_kernels)
        api.vkDestroyPipeline(m_device.handle(), kernel.pipeline, nullptr);
    for (const auto& [name, module] : m_modules)
        api.vkDestroyShaderModule(m_device.handle(), module, nullptr);
    api.vkDestroyPipelineCache(m_device.handle(), m_cache, nullptr);
    api.vkDestroyPipelineLayout(m_device.handle(), m_layout, nullptr);
}

const VulkanKernel& VulkanKernels::get(const char* shader, std::initializer_list<std::uint32_t> constants)
{
    Key key{shader, constants};
    const auto known = m_kernels.find(key);
    if (known != m_kernels.end())
        return known->second;
    const VulkanKernel made = make(shader, key.second);
    return m_kernels.emplace(std::move(key), made).first->second;
}

VulkanKernel VulkanKernels::make(const char* shader, const std::vector<std::uint32_t>& constants)
{
    const auto& api = m_device.api();
    VkShaderModule& module = m_modules[shader];
    if (!module) {
        const auto code = shaderCode(shader);
        if (code.empty())
            throw Error(tr("This Halftone was built without the shader '%1'.").arg(QLatin1String(shader)));
        VkShaderModuleCreateInfo create{};
        create.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
        create.codeSize = code.size_bytes();
        create.pCode = code.data();
        requireSuccess(api.vkCreateShaderModule(m_device.handle(), &create, nullptr, &module), shader);
    }
    std::vector<VkSpecializationMapEntry> entries;
    for (std::uint32_t i = 0; i < constants.size(); ++i)
        entries.push_back({i, static_cast<std::uint32_t>(i * sizeof(std::uint32_t)), sizeof(std::uint32_t)});
    const VkSpecializationInfo values{static_cast<std::uint32_t>(entries.size()), entries.data(),
                                      constants.size() * sizeof(std::uint32_t), constants.data()};
    VkComputePipelineCreateInfo create{};
    create.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
    create.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    create.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
    create.stage.module = module;
    create.stage.pName = "main";
    create.stage.pSpecializationInfo = &values;
    create.layout = m_layout;
    VulkanKernel kernel{VK_NULL_HANDLE, m_layout, m_modules.find(shader)->first.c_str(), VK_NULL_HANDLE};
    requireSuccess(api.vkCreateComputePipelines(m_device.handle(), m_cache, 1, &create, nullptr, &kernel.pipeline),
                   shader);
    return kernel;
}

QString VulkanKernels::cachePath() const
{
    const QString root = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    if (root.isEmpty())
        return {};
    const VkPhysicalDeviceProperties& p = m_device.properties();
    const QByteArray uuid(reinterpret_cast<const char*>(p.pipelineCacheUUID), VK_UUID_SIZE);
    return QStringLiteral("%1/halftone/pipelines-%2-%3-%4-%5-%6.bin")
        .arg(root, QStringLiteral(HALFTONE_VERSION))
        .arg(p.vendorID, 0, 16).arg(p.deviceID, 0, 16).arg(p.driverVersion, 0, 16)
        .arg(QString::fromLatin1(uuid.toHex()));
}

// A driver need not survive bytes it did not write, so they are hashed.
QByteArray VulkanKernels::readCache() const
{
    QFile file(cachePath());
    if (cachePath().isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > kLargestCache)
        return {};
    const QByteArray all = file.readAll();
    if (all.size() <= kHashBytes)
        return {};
    const QByteArray data = all.mid(kHashBytes);
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256) == all.left(kHashBytes) ? data : QByteArray();
}

void VulkanKernels::saveCache() const
{
    const auto& api = m_device.api();
    std::size_t bytes = 0;
    if (cachePath().isEmpty() ||
        api.vkGetPipelineCacheData(m_device.handle(), m_cache, &bytes, nullptr) != VK_SUCCESS ||
        bytes <= m_loadedBytes)
        return;
    QByteArray data(static_cast<qsizetype>(bytes), '\0');
    if (api.vkGetPipelineCacheData(m_device.handle(), m_cache, &bytes, data.data()) != VK_SUCCESS)
        return;
    data.truncate(static_cast<qsizetype>(bytes));
    QDir().mkpath(QFileInfo(cachePath()).path());
    QSaveFile file(cachePath()); // a cache that cannot be written costs time, nothing else
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QCryptographicHash::hash(data, QCryptographicHash::Sha256));
        file.write(data);
        file.commit();
    }
}

} // namespace halftone
