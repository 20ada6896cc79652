// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends.h"

#include "base/error.h"
#include "base/parallel.h"
#include "compute/cpu_backend.h"

#include <QStringList>
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

} // namespace

std::vector<DeviceRow> devices()
{
    const auto cpu = makeCpuBackend();
    const auto memory = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    return {{cpu->id(), cpu->deviceName(), memory,
             tr("%1 threads, %2").arg(threadCount()).arg(instructionSets())}};
}

std::unique_ptr<ComputeBackend> makeBackend(const QString& choice)
{
    if (choice == QLatin1String("auto") || choice == QLatin1String("cpu"))
        return makeCpuBackend();
    if (choice.startsWith(QLatin1String("vulkan")))
        throw Error(tr("This Halftone has no Vulkan backend; use --backend cpu."));
    throw Error(tr("There is no device '%1'; halftone-cli devices lists what there is.").arg(choice));
}

} // namespace halftone
