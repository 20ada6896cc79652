// SPDX-License-Identifier: GPL-3.0-or-later
// Gigabytes of floats a second that one core decodes from each type, beside the rate of memcpy.
#include "checkpoint/dequantize.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

using namespace halftone;

namespace {
template <typename Action>
double gigabytesPerSecond(double bytes, const Action& action)
{
    double best = 0;
    for (int round = 0; round < 7; ++round) {
        const auto start = std::chrono::steady_clock::now();
        action();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::max(best, bytes / seconds.count() / 1e9);
    }
    return best;
}
} // namespace

int main()
{
    constexpr std::size_t kElements = 1 << 22;
    constexpr double kBytes = 4.0 * kElements;
    std::vector<float> out(kElements);
    std::vector<std::byte> bytes(8 * kElements);
    std::mt19937 random(1);
    for (auto& byte : bytes)
        byte = static_cast<std::byte>(random());

    const double copy = gigabytesPerSecond(kBytes, [&] { std::memcpy(out.data(), bytes.data(), 4 * kElements); });
    std::printf("%-8s %6.2f GB/s\n", "memcpy", copy);
    for (const auto& type : elementTypes()) {
        if (!type.floating || type.type == ElementType::Packed)
            continue;
        const auto stored = storedBytes(type.type, kElements, kElements);
        const std::span<const std::byte> source(bytes.data(), static_cast<std::size_t>(*stored));
        const double rate = gigabytesPerSecond(kBytes, [&] { dequantize(type.type, source, out); });
        std::printf("%-8s %6.2f GB/s, %3.0f %% of memcpy\n", type.name, rate, 100 * rate / copy);
    }
    return 0;
}
