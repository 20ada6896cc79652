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
    const std::int64_t pairs = (count + 1) / 2;
    if (2 * pairs >= sample.population) {
        sample.rows = std::move(order);
        return sample;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return keys[std::size_t(a)] < keys[std::size_t(b)];
    });
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
        const std::int64_t begin = pair * sample.population / pairs;
        const std::int64_t size = (pair + 1) * sample.population / pairs - begin;
        // A quarter in from both ends: where two rows tell most of a stratum whose keys rise evenly.
        sample.rows.push_back(order[std::size_t(begin + size / 4)]);
        sample.rows.push_back(order[std::size_t(begin + size - 1 - size / 4)]);
    }
    return sample;
}

SampledLoss lossOfSample(const RowSample& sample, const VectorD& losses, const VectorD& energies)
{
    const double energy = energies.sum();
    if (energy <= 0)
        return {};
    SampledLoss out;
    out.loss = losses.sum() / energy;
    if (sample.complete())
        return out;
    const VectorD residual = losses - out.loss * energies;
    double squares = 0;
    for (Index i = 0; i + 1 < residual.size(); i += 2)
        squares += (residual[i] - residual[i + 1]) * (residual[i] - residual[i + 1]);
    const double left = 1 - double(sample.rows.size()) / double(sample.population);
    out.standardError = std::sqrt(squares * left) / energy;
    return out;
}

} // namespace halftone
