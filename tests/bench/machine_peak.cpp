// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine_peak.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <ctime>
#include <functional>
#include <numeric>
#include <thread>
#include <vector>

namespace halftone::bench {

namespace {

// 12 independent sums hide the latency of the multiply-adds; the result is kept so that none is dropped.
template <class T, int Bytes>
inline __attribute__((always_inline)) T multiplyAdds(long rounds, T factor)
{
    using V [[gnu::vector_size(Bytes)]] = T;
    V a0{}, a1{}, a2{}, a3{}, a4{}, a5{}, a6{}, a7{}, a8{}, a9{}, a10{}, a11{};
    V x = a0 + factor;
    const V y = a0 + factor * T(0.5);
    for (long i = 0; i < rounds; ++i) {
        asm volatile("" : "+x"(x));
        a0 = a0 * y + x; a1 = a1 * y + x; a2 = a2 * y + x; a3 = a3 * y + x;
        a4 = a4 * y + x; a5 = a5 * y + x; a6 = a6 * y + x; a7 = a7 * y + x;
        a8 = a8 * y + x; a9 = a9 * y + x; a10 = a10 * y + x; a11 = a11 * y + x;
        asm volatile("" : "+x"(a0), "+x"(a1), "+x"(a2), "+x"(a3), "+x"(a4), "+x"(a5));
        asm volatile("" : "+x"(a6), "+x"(a7), "+x"(a8), "+x"(a9), "+x"(a10), "+x"(a11));
    }
    const V sum = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
    return sum[0];
}

constexpr int kSums = 12;

#if defined(__x86_64__)
#if defined(__clang__)
#define HALFTONE_WIDEST "arch=x86-64-v4"
#else
#define HALFTONE_WIDEST "arch=x86-64-v4,prefer-vector-width=512"
#endif
#define HALFTONE_FMA_LOOP(name, isa, type, bytes) \
    __attribute__((target(isa))) double name(long rounds) { return multiplyAdds<type, bytes>(rounds, type(0.25)); }
HALFTONE_FMA_LOOP(single512, HALFTONE_WIDEST, float, 64)
HALFTONE_FMA_LOOP(double512, HALFTONE_WIDEST, double, 64)
HALFTONE_FMA_LOOP(single256, "arch=x86-64-v3", float, 32)
HALFTONE_FMA_LOOP(double256, "arch=x86-64-v3", double, 32)
#endif
double single128(long rounds) { return multiplyAdds<float, 16>(rounds, 0.25f); }
double double128(long rounds) { return multiplyAdds<double, 16>(rounds, 0.25); }

volatile double sink;

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Rate of body(thread) on all threads at once, each judged by the time it had a processor: other
// programs on the machine lower it as little as possible.
double rateTogether(int threads, double workPerThread, const std::function<void(int)>& body)
{
    std::atomic<int> ready{0};
    std::vector<double> rates(static_cast<std::size_t>(threads));
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
        all.emplace_back([&, t] {
            ++ready;
            while (ready < threads)
                std::this_thread::yield();
            const double begin = processorSeconds();
            body(t);
            rates[static_cast<std::size_t>(t)] = workPerThread / (processorSeconds() - begin);
        });
    for (auto& thread : all)
        thread.join();
    return std::accumulate(rates.begin(), rates.end(), 0.0);
}

double bestRate(int threads, double workPerThread, const std::function<void(int)>& body)
{
    double best = 0;
    for (int i = 0; i < 9; ++i)
        best = std::max(best, rateTogether(threads, workPerThread, body));
    return best;
}

double flops(int threads, double (*loop)(long), int bytes, int scalar)
{
    constexpr long rounds = 6000000;
    return bestRate(threads, 2.0 * kSums * (bytes / scalar) * rounds, [&](int) { sink = loop(rounds); });
}

} // namespace

MachinePeak measurePeak(int threads)
{
    MachinePeak peak;
    peak.instructions = "SSE2";
    peak.singleFlops = flops(threads, single128, 16, 4);
    peak.doubleFlops = flops(threads, double128, 16, 8);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        peak.instructions = "AVX2 + FMA";
        peak.singleFlops = std::max(peak.singleFlops, flops(threads, single256, 32, 4));
        peak.doubleFlops = std::max(peak.doubleFlops, flops(threads, double256, 32, 8));
    }
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
        peak.instructions = "AVX-512";
        peak.singleFlops = std::max(peak.singleFlops, flops(threads, single512, 64, 4));
        peak.doubleFlops = std::max(peak.doubleFlops, flops(threads, double512, 64, 8));
    }
#endif
    constexpr std::size_t bytes = std::size_t{128} << 20;
    std::vector<std::vector<long>> from(static_cast<std::size_t>(threads), std::vector<long>(bytes / 8, 1));
    auto to = from;
    peak.copyBytes = bestRate(threads, 2.0 * bytes, [&](int t) {
        const auto i = static_cast<std::size_t>(t);
        std::memcpy(to[i].data(), from[i].data(), bytes);
    });
    peak.readBytes = bestRate(threads, bytes, [&](int t) {
        const auto& block = from[static_cast<std::size_t>(t)];
        sink = static_cast<double>(std::accumulate(block.begin(), block.end(), 0L));
    });
    return peak;
}

} // namespace halftone::bench
