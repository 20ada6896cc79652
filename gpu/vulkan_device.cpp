// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_device.h"

#include "base/error.h"
#include "gpu/cooperative_matrix_khr.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>

namespace halftone {

namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";

bool loaderThere()
{
    static const bool there = volkInitialize() == VK_SUCCESS;
    return there;
}

// The features the backend asks for, chained, with what the device has of them.
struct Features
{
    VkPhysicalDeviceFeatures2 core{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2, &v11, {}};
    VkPhysicalDeviceVulkan11Features v11{};
    VkPhysicalDeviceVulkan12Features v12{};
    CooperativeMatrixFeatures khr;
    VkPhysicalDeviceCooperativeMatrixFeaturesNV nv{};
    VkPhysicalDeviceShaderIntegerDotProductFeaturesKHR dot{};

    Features(bool withKhr, bool withNv, bool withDot)
    {
        v11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
        v12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
        nv.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_COOPERATIVE_MATRIX_FEATURES_NV;
        v11.pNext = &v12;
        void** tail = &v12.pNext;
        if (withKhr) {
            *tail = &khr;
            tail = &khr.pNext;
        }
        if (withNv) {
            *tail = &nv;
            tail = &nv.pNext;
        }
        dot.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SHADER_INTEGER_DOT_PRODUCT_FEATURES_KHR;
        if (withDot)
            *tail = &dot;
    }
    Features(const Features&) = delete;
    Features& operator=(const Features&) = delete;

    QString missing() const
    {
        if (!v12.bufferDeviceAddress)
            return QStringLiteral("bufferDeviceAddress");
        if (!v12.timelineSemaphore)
            return QStringLiteral("timelineSemaphore");
        if (!v12.storageBuffer8BitAccess || !v12.shaderInt8)
            return QStringLiteral("storageBuffer8BitAccess");
        if (!core.features.shaderFloat64)
            return QStringLiteral("shaderFloat64");
        return {};
    }
    bool canMatrix() const
    {
        return v12.shaderFloat16 && v11.storageBuffer16BitAccess && v12.vulkanMemoryModel &&
               v12.vulkanMemoryModelDeviceScope;
    }
};

bool hasExtension(VkPhysicalDevice device, const char* name)
{
    std::uint32_t count = 0;
    vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
    std::vector<VkExtensionProperties> all(count);
    vkEnumerateDeviceExtensionProperties(device, nullptr, &count, all.data());
    return std::any_of(all.begin(), all.end(), [&](const VkExtensionProperties& e) {
        return std::strcmp(e.extensionName, name) == 0;
    });
}

// 16x16x16 products of fp16 with fp32 sums in a subgroup: the one shape the shaders use.
bool offersKhrShape(VkInstance instance, VkPhysicalDevice device)
{
    const auto get = reinterpret_cast<GetCooperativeMatrixProperties>(
        vkGetInstanceProcAddr(instance, "vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR"));
    std::uint32_t count = 0;
    if (!get || get(device, &count, nullptr) != VK_SUCCESS)
        return false;
    std::vector<CooperativeMatrixProperties> all(count);
    get(device, &count, all.data());
    return std::any_of(all.begin(), all.end(), [](const CooperativeMatrixProperties& p) {
        return p.mSize == 16 && p.nSize == 16 && p.kSize == 16 && p.aType == 0 && p.bType == 0 &&
               p.cType == 1 && p.resultType == 1 && p.scope == 3;
    });
}

bool offersNvShape(VkInstance instance, VkPhysicalDevice device)
{
    const auto get = reinterpret_cast<PFN_vkGetPhysicalDeviceCooperativeMatrixPropertiesNV>(
        vkGetInstanceProcAddr(instance, "vkGetPhysicalDeviceCooperativeMatrixPropertiesNV"));
    std::uint32_t count = 0;
    if (!get || get(device, &count, nullptr) != VK_SUCCESS)
        return false;
    VkCooperativeMatrixPropertiesNV empty{};
    empty.sType = VK_STRUCTURE_TYPE_COOPERATIVE_MATRIX_PROPERTIES_NV;
    std::vector<VkCooperativeMatrixPropertiesNV> all(count, empty);
    get(device, &count, all.data());
    return std::any_of(all.begin(), all.end(), [](const VkCooperativeMatrixPropertiesNV& p) {
        return p.MSize == 16 && p.NSize == 16 && p.KSize == 16 &&
               p.AType == VK_COMPONENT_TYPE_FLOAT16_NV && p.DType == VK_COMPONENT_TYPE_FLOAT32_NV &&
               p.scope == VK_SCOPE_SUBGROUP_NV;
    });
}

VulkanDeviceInfo::MatrixUnits matrixUnitsOf(VkInstance instance, VkPhysicalDevice device)
{
    using Units = VulkanDeviceInfo::MatrixUnits;
    const bool khr = hasExtension(device, kCooperativeMatrixKhr);
    const bool nv = hasExtension(device, VK_NV_COOPERATIVE_MATRIX_EXTENSION_NAME);
    Features has(khr, nv, false);
    vkGetPhysicalDeviceFeatures2(device, &has.core);
    if (!has.canMatrix())
        return Units::None;
    if (khr && has.khr.cooperativeMatrix && offersKhrShape(instance, device))
        return Units::Khr;
    return nv && has.nv.cooperativeMatrix && offersNvShape(instance, device) ? Units::Nv : Units::None;
}

VulkanDeviceInfo describe(VkInstance instance, VkPhysicalDevice device, int number)
{
    VulkanDeviceInfo info;
    info.number = number;
    VkPhysicalDeviceDriverProperties driver{};
    driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRIVER_PROPERTIES;
    VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, &driver, {}};
    VkPhysicalDeviceProperties first{};
    vkGetPhysicalDeviceProperties(device, &first);
    info.name = QString::fromUtf8(first.deviceName);
    info.software = first.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU;
    info.discrete = first.deviceType == VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;
    if (first.apiVersion < VK_API_VERSION_1_2) {
        info.missing = QStringLiteral("Vulkan 1.2");
        return info;
    }
    vkGetPhysicalDeviceProperties2(device, &properties);
    info.driver = QString::fromUtf8(driver.driverName) + u' ' + QString::fromUtf8(driver.driverInfo);
    VkPhysicalDeviceMemoryProperties memory{};
    vkGetPhysicalDeviceMemoryProperties(device, &memory);
    for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i)
        if (memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT)
            info.memoryBytes = std::max(info.memoryBytes,
                                        static_cast<std::int64_t>(memory.memoryHeaps[i].size));
    const bool dot = hasExtension(device, VK_KHR_SHADER_INTEGER_DOT_PRODUCT_EXTENSION_NAME);
    Features has(false, false, dot);
    vkGetPhysicalDeviceFeatures2(device, &has.core);
    info.dotUnit = dot && has.dot.shaderIntegerDotProduct;
    info.doubles = has.core.features.shaderFloat64;
    info.missing = has.missing();
    info.matrixUnits = matrixUnitsOf(instance, device);
    return info;
}

std::vector<VkPhysicalDevice> physicalDevices(VkInstance instance)
{
    std::uint32_t count = 0;
    if (vkEnumeratePhysicalDevices(instance, &count, nullptr) != VK_SUCCESS)
        return {};
    std::vector<VkPhysicalDevice> devices(count);
    vkEnumeratePhysicalDevices(instance, &count, devices.data());
    devices.resize(count);
    return devices;
}

} // namespace

struct VulkanDevice::Instance
{
    VkInstance handle = VK_NULL_HANDLE;
    VkDebugUtilsMessengerEXT messenger = VK_NULL_HANDLE;
    std::function<void(const std::string&)> onMessage;
    std::mutex mutex; // of what follows: drivers may call from threads of their own
    std::string fault;

    explicit Instance(const VulkanOptions& options) : onMessage(options.onMessage)
    {
        VkApplicationInfo app{VK_STRUCTURE_TYPE_APPLICATION_INFO, nullptr, "Halftone", 1, nullptr, 0,
                              VK_API_VERSION_1_2};
        VkInstanceCreateInfo create{};
        create.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
        create.pApplicationInfo = &app;
        const VkValidationFeatureEnableEXT wanted = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
        VkValidationFeaturesEXT validation{};
        validation.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT;
        validation.enabledValidationFeatureCount = 1;
        validation.pEnabledValidationFeatures = &wanted;
        const char* extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
        if (options.validate) {
            create.pNext = &validation;
            create.enabledLayerCount = 1;
            create.ppEnabledLayerNames = &kValidationLayer;
            create.enabledExtensionCount = 1;
            create.ppEnabledExtensionNames = &extension;
        }
        if (!loaderThere())
            throw Error(tr("There is no Vulkan on this system (no libvulkan.so.1); use --backend cpu."));
        const VkResult result = vkCreateInstance(&create, nullptr, &handle);
        if (result == VK_ERROR_LAYER_NOT_PRESENT)
            throw Error(tr("The Vulkan validation layer is not installed."));
        if (result != VK_SUCCESS)
            throw Error(tr("No Vulkan driver could be started (error %1); use --backend cpu.").arg(result));
        // The loader's functions serve every instance; two threads may open devices at once.
        static std::once_flag loaded;
        std::call_once(loaded, [this] { volkLoadInstanceOnly(handle); });
        if (options.validate)
            listen();
    }
    ~Instance()
    {
        if (messenger)
            function<PFN_vkDestroyDebugUtilsMessengerEXT>("vkDestroyDebugUtilsMessengerEXT")(handle, messenger,
                                                                                             nullptr);
        if (handle)
            vkDestroyInstance(handle, nullptr);
    }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    template <class Function>
    Function function(const char* name) const
    {
        return reinterpret_cast<Function>(vkGetInstanceProcAddr(handle, name));
    }

    static VKAPI_ATTR VkBool32 VKAPI_CALL hear(VkDebugUtilsMessageSeverityFlagBitsEXT severity,
                                               VkDebugUtilsMessageTypeFlagsEXT,
                                               const VkDebugUtilsMessengerCallbackDataEXT* data, void* user)
    {
        auto& self = *static_cast<Instance*>(user);
        const std::lock_guard lock(self.mutex);
        if (self.fault.empty() && severity >= VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT)
            self.fault = data->pMessageIdName ? data->pMessageIdName : data->pMessage;
        if (self.onMessage)
            self.onMessage(data->pMessage);
        return VK_FALSE;
    }

    void listen()
    {
        VkDebugUtilsMessengerCreateInfoEXT create{};
        create.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
        create.messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT |
                                 VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
        create.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_GENERAL_BIT_EXT |
                             VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
                             VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
        create.pfnUserCallback = hear;
        create.pUserData = this;
        const auto listenTo = function<PFN_vkCreateDebugUtilsMessengerEXT>("vkCreateDebugUtilsMessengerEXT");
        requireSuccess(listenTo(handle, &create, nullptr, &messenger), "messenger");
    }

    static std::vector<VulkanDeviceInfo> list()
    {
        const Instance instance{VulkanOptions{}};
        std::vector<VulkanDeviceInfo> rows;
        for (VkPhysicalDevice device : physicalDevices(instance.handle))
            rows.push_back(describe(instance.handle, device, static_cast<int>(rows.size())));
        return rows;
    }
};

std::vector<VulkanDeviceInfo> vulkanDevices()
{
    try {
        return VulkanDevice::Instance::list();
    } catch (const Error&) {
        return {}; // no loader, no driver: no devices
    }
}

void requireSuccess(VkResult result, const char* what)
{
    switch (result) {
    case VK_SUCCESS:
        return;
    case VK_ERROR_DEVICE_LOST:
        throw Error(tr("The GPU stopped answering (device lost). What was finished is kept: start the "
                       "same job again to go on, or go on with --backend cpu."));
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
    case VK_ERROR_OUT_OF_HOST_MEMORY:
        throw Error(tr("The GPU's memory is full. Use fewer or shorter windows, or --backend cpu."));
    default:
        throw Error(tr("The Vulkan driver refused '%1' (error %2); use --backend cpu.")
                        .arg(QLatin1String(what)).arg(static_cast<int>(result)));
    }
}

VulkanDevice::VulkanDevice(int number, const VulkanOptions& options)
    : m_instance(std::make_shared<Instance>(options))
{
    const auto devices = physicalDevices(m_instance->handle);
    if (number < 0 || number >= static_cast<int>(devices.size()))
        throw Error(tr("There is no device 'vulkan:%1'; halftone-cli devices lists what there is.").arg(number));
    m_physical = devices[static_cast<std::size_t>(number)];
    m_info = describe(m_instance->handle, m_physical, number);
    if (!m_info.missing.isEmpty())
        throw Error(tr("'%1' cannot be used: it lacks %2. Use --backend cpu.").arg(m_info.name, m_info.missing));
    if (!options.matrixUnits)
        m_info.matrixUnits = VulkanDeviceInfo::MatrixUnits::None;
    open(options);
}

void VulkanDevice::open(const VulkanOptions& options)
{
    using Units = VulkanDeviceInfo::MatrixUnits;
    VkPhysicalDeviceSubgroupSizeControlPropertiesEXT sizes{};
    sizes.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_SIZE_CONTROL_PROPERTIES_EXT;
    VkPhysicalDeviceSubgroupProperties subgroup{};
    subgroup.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES;
    if (hasExtension(m_physical, VK_EXT_SUBGROUP_SIZE_CONTROL_EXTENSION_NAME))
        subgroup.pNext = &sizes;
    VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, &subgroup, {}};
    vkGetPhysicalDeviceProperties2(m_physical, &properties);
    m_properties = properties.properties;
    m_subgroupSize = subgroup.subgroupSize;
    m_subgroupSums = (subgroup.supportedOperations & VK_SUBGROUP_FEATURE_ARITHMETIC_BIT) &&
                     (subgroup.supportedStages & VK_SHADER_STAGE_COMPUTE_BIT) &&
                     sizes.minSubgroupSize == sizes.maxSubgroupSize && sizes.minSubgroupSize > 0;
    vkGetPhysicalDeviceMemoryProperties(m_physical, &m_memory);

    std::uint32_t count = 0;
    vkGetPhysicalDeviceQueueFamilyProperties(m_physical, &count, nullptr);
    std::vector<VkQueueFamilyProperties> families(count);
    vkGetPhysicalDeviceQueueFamilyProperties(m_physical, &count, families.data());
    const auto family = std::find_if(families.begin(), families.end(), [](const auto& f) {
        return f.queueFlags & VK_QUEUE_COMPUTE_BIT;
    });
    if (family == families.end())
        throw Error(tr("'%1' cannot compute.").arg(m_info.name));
    m_family = static_cast<std::uint32_t>(family - families.begin());
    m_clock = family->timestampValidBits > 0;

    const Units units = m_info.matrixUnits;
    Features use(units == Units::Khr, units == Units::Nv, m_info.dotUnit);
    use.v12.bufferDeviceAddress = use.v12.timelineSemaphore = VK_TRUE;
    use.v12.storageBuffer8BitAccess = use.v12.shaderInt8 = VK_TRUE;
    use.core.features.shaderFloat64 = m_info.doubles;
    std::vector<const char*> extensions;
    if (m_info.dotUnit) {
        use.dot.shaderIntegerDotProduct = VK_TRUE;
        extensions.push_back(VK_KHR_SHADER_INTEGER_DOT_PRODUCT_EXTENSION_NAME);
    }
    if (units != Units::None) {
        use.v11.storageBuffer16BitAccess = use.v12.shaderFloat16 = VK_TRUE;
        use.v12.vulkanMemoryModel = use.v12.vulkanMemoryModelDeviceScope = VK_TRUE;
        use.khr.cooperativeMatrix = use.nv.cooperativeMatrix = VK_TRUE;
        extensions.push_back(units == Units::Khr ? kCooperativeMatrixKhr
                                                 : VK_NV_COOPERATIVE_MATRIX_EXTENSION_NAME);
    }
    const float priority = 0.5f;
    VkDeviceQueueCreateInfo queue{};
    queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
    queue.queueFamilyIndex = m_family;
    queue.queueCount = 1;
    queue.pQueuePriorities = &priority;
    VkDeviceCreateInfo create{};
    create.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
    create.pNext = &use.core;
    create.queueCreateInfoCount = 1;
    create.pQueueCreateInfos = &queue;
    create.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
    create.ppEnabledExtensionNames = extensions.data();
    requireSuccess(vkCreateDevice(m_physical, &create, nullptr, &m_device), "vkCreateDevice");
    volkLoadDeviceTable(&m_api, m_device);
    m_api.vkGetDeviceQueue(m_device, m_family, 0, &m_queue);
    if (m_info.software && !options.asGpu)
        makeTexelLayout();
}

void VulkanDevice::makeTexelLayout()
{
    VkDescriptorSetLayoutBinding bindings[4]{};
    for (std::uint32_t i = 0; i < 4; ++i)
        bindings[i] = {i, i < 3 ? VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER : VK_DESCRIPTOR_TYPE_STORAGE_TEXEL_BUFFER, 1,
                       VK_SHADER_STAGE_COMPUTE_BIT, nullptr};
    const VkDescriptorSetLayoutCreateInfo create{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO, nullptr, 0, 4,
                                                 bindings};
    requireSuccess(m_api.vkCreateDescriptorSetLayout(m_device, &create, nullptr, &m_texelLayout),
                   "vkCreateDescriptorSetLayout");
}

std::string VulkanDevice::fault() const
{
    const std::lock_guard lock(m_instance->mutex);
    return m_instance->fault;
}

VulkanDevice::~VulkanDevice()
{
    if (!m_device)
        return;
    m_api.vkDestroyDescriptorSetLayout(m_device, m_texelLayout, nullptr);
    m_api.vkDestroyDevice(m_device, nullptr);
}

int VulkanDevice::memoryType(std::uint32_t allowed, VkMemoryPropertyFlags wanted,
                             VkMemoryPropertyFlags liked) const
{
    int found = -1;
    for (std::uint32_t i = 0; i < m_memory.memoryTypeCount; ++i) {
        const VkMemoryPropertyFlags flags = m_memory.memoryTypes[i].propertyFlags;
        if (!(allowed >> i & 1) || (flags & wanted) != wanted)
            continue;
        if ((flags & liked) == liked)
            return static_cast<int>(i);
        if (found < 0)
            found = static_cast<int>(i);
    }
    return found;
}

} // namespace halftone
