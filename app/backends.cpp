// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends.h"

#include "base/error.h"
#include "base/parallel.h"
#include "compute/cpu_backend.h"
#ifdef HALFTONE_VULKAN
#include "gpu/vulkan_backend.h"
#endif

#include <QStringList>
#include <cstdio>
#include <unistd.h>

namespace halftone {

namespace {

QString instructionSets()
{
    QStringList sets;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        sets << QStringLiteral("AVX-512");
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        sets << QStringLiteral("AVX2");
#endif
    return sets.isEmpty() ? tr("plain instructions") : sets.join(QStringLiteral(", "));
}

#ifdef HALFTONE_VULKAN
QString detailsOf(const VulkanDeviceInfo& d)
{
    if (!d.missing.isEmpty())
        return tr("cannot be used: it lacks %1").arg(d.missing);
    QStringList parts{d.driver.trimmed()};
    if (d.software)
        parts << tr("runs on the processor");
    parts << (d.doubles ? QStringLiteral("fp64") : tr("no fp64"));
    if (d.dotUnit)
        parts << QStringLiteral("int8");
    if (d.matrixUnits != VulkanDeviceInfo::MatrixUnits::None)
        parts << tr("matrix units (%1)").arg(d.matrixUnits == VulkanDeviceInfo::MatrixUnits::Khr
                                                 ? QStringLiteral("KHR") : QStringLiteral("NV"));
    return parts.join(QStringLiteral(", "));
}

// The first discrete GPU, else the first of any kind; -1: none. Never a processor that poses as one.
int bestGpu(const std::vector<VulkanDeviceInfo>& all)
{
    int best = -1;
    bool discrete = false;
    for (const VulkanDeviceInfo& d : all)
        if (!d.software && d.missing.isEmpty() && (best < 0 || (d.discrete && !discrete))) {
            best = d.number;
            discrete = d.discrete;
        }
    return best;
}

// Whether the system has a device file of a GPU. Without one Vulkan could only find a processor that poses as one, and
// looking for it would load a compiler into memory.
bool mayHaveGpu()
{
#if defined(__linux__)
    for (const char* place : {"/dev/dri", "/dev/nvidia0", "/dev/nvidiactl", "/dev/kfd", "/dev/dxg", "/dev/mali0"})
        if (access(place, F_OK) == 0)
            return true;
    return false;
#else
    return true;
#endif
}

std::unique_ptr<ComputeBackend> openGpu(int number, bool halves)
{
    VulkanOptions options;
    options.halves = halves;
    if (qEnvironmentVariableIsSet("HALFTONE_VULKAN_VALIDATION")) {
        options.validate = true;
        options.onMessage = [](const std::string& message) { std::fprintf(stderr, "%s\n", message.c_str()); };
    }
    if (qEnvironmentVariableIsSet("HALFTONE_VULKAN_TIMES")) {
        options.isTimed = [] { return true; };
        options.onTimes = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };
    }
    return makeVulkanBackend(number, options);
}

std::unique_ptr<ComputeBackend> makeGpuBackend(const QString& choice, bool halves)
{
    bool isNumber = true;
    int number = 0;
    if (choice == QLatin1String("vulkan")) {
        const auto all = vulkanDevices();
        number = bestGpu(all);
        if (number < 0)
            throw Error(all.empty() ? tr("There is no Vulkan device; use --backend cpu.")
                                    : tr("There is no GPU among the Vulkan devices (halftone-cli devices lists "
                                         "them); use --backend cpu, or name one as vulkan:0."));
    } else {
        number = choice.mid(7).toInt(&isNumber);
        if (!choice.startsWith(QLatin1String("vulkan:")) || !isNumber)
            throw Error(tr("There is no device '%1'; halftone-cli devices lists what there is.").arg(choice));
    }
    return openGpu(number, halves);
}
#endif

} // namespace

std::vector<DeviceRow> devices()
{
    const auto cpu = makeCpuBackend();
    const auto memory = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    std::vector<DeviceRow> rows{{cpu->id(), cpu->deviceName(), memory,
                                 tr("%1 threads, %2").arg(threadCount()).arg(instructionSets())}};
#ifdef HALFTONE_VULKAN
    for (const VulkanDeviceInfo& d : vulkanDevices())
        rows.push_back({QStringLiteral("vulkan:%1").arg(d.number), d.name, d.memoryBytes, detailsOf(d)});
#endif
    return rows;
}

std::unique_ptr<ComputeBackend> makeBackend(const QString& choice, [[maybe_unused]] bool halves)
{
    if (choice == QLatin1String("cpu"))
        return makeCpuBackend();
#ifdef HALFTONE_VULKAN
    if (choice == QLatin1String("auto")) {
        const int gpu = mayHaveGpu() ? bestGpu(vulkanDevices()) : -1;
        return gpu < 0 ? makeCpuBackend() : openGpu(gpu, halves);
    }
    if (choice.startsWith(QLatin1String("vulkan")))
        return makeGpuBackend(choice, halves);
#else
    if (choice == QLatin1String("auto"))
        return makeCpuBackend();
    if (choice.startsWith(QLatin1String("vulkan")))
        throw Error(tr("This Halftone was built without the Vulkan backend; use --backend cpu."));
#endif
    throw Error(tr("There is no device '%1'; halftone-cli devices lists what there is.").arg(choice));
}

} // namespace halftone
