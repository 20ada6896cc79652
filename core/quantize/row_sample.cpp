// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/row_sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halftone {

RowSample stratifiedRows(std::span<const double> keys, std::int64_t count)
{
    RowSample sample;
    sample.population = std::int64_t(keys.size());
    std::vector<std::int64_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0);
    const std::int64_t alone = (count + 3) / 4;
    sample.pairs = std::max<std::int64_t>(1, (count - alone + 1) / 2);
    if (2 * sample.pairs + alone >= sample.population) {
        sample.pairs = 0;
        sample.rows = std::move(order);
        sample.weights.assign(sample.rows.size(), 1);
        return sample;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return keys[std::size_t(a)] < keys[std::size_t(b)];
    });
    const std::int64_t shared = sample.population - alone;
    for (std::int64_t pair = 0; pair < sample.pairs; ++pair) {
        const std::int64_t begin = pair * shared / sample.pairs;
        const std::int64_t size = (pair + 1) * shared / sample.pairs - begin;
        // A quarter in from both ends: where two rows tell most of a stratum whose keys rise evenly.
        for (const std::int64_t at : {begin + size / 4, begin + size - 1 - size / 4}) {
            sample.rows.push_back(order[std::size_t(at)]);
            sample.weights.push_back(double(size) / 2);
        }
    }
    for (std::int64_t i = shared; i < sample.population; ++i) {
        sample.rows.push_back(order[std::size_t(i)]);
        sample.weights.push_back(1);
    }
    return sample;
}

SampledLoss lossOfSample(const RowSample& sample, const VectorD& losses, const VectorD& energies)
{
    const Eigen::Map<const VectorD> weights(sample.weights.data(), Index(sample.weights.size()));
    const double energy = weights.dot(energies);
    if (energy <= 0)
        return {};
    SampledLoss out;
    out.loss = weights.dot(losses) / energy;
    const VectorD residual = losses - out.loss * energies;
    double variance = 0;
    for (Index i = 0; i < 2 * sample.pairs; i += 2) {
        const double size = weights[i] + weights[i + 1];
        const double difference = residual[i] - residual[i + 1];
        variance += size * (size - 2) * difference * difference / 4;
    }
    out.standardError = std::sqrt(variance) / energy;
    return out;
}

} // namespace halftone
