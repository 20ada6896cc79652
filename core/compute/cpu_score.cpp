// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"
#include "compute/cpu_kernels.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <cmath>

namespace halftone::cpu {

namespace {

HALFTONE_VECTORIZE
double sumOfExponentials(const float* x, double shift, Index size)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < size; ++i)
        sum += fastExp(static_cast<double>(x[i]) - shift);
    return sum;
}

struct ReferenceSums
{
    double exponentials; // sum e^(r - max r)
    double weighted;     // sum e^(r - max r) ((r - max r) - (x - max x))
};

HALFTONE_VECTORIZE
ReferenceSums compareRows(const float* reference, double referenceShift, const float* x, double shift,
                          Index size)
{
    double exponentials = 0;
    double weighted = 0;
#pragma omp simd reduction(+ : exponentials, weighted)
    for (Index i = 0; i < size; ++i) {
        const double r = static_cast<double>(reference[i]) - referenceShift;
        const double e = fastExp(r);
        exponentials += e;
        weighted += e * (r - (static_cast<double>(x[i]) - shift));
    }
    return {exponentials, weighted};
}

Index topToken(const float* x, float most, Index size)
{
    return std::find(x, x + size, most) - x;
}

} // namespace

TokenScores score(const float* logits, const float* reference, std::span<const int> targets,
                  Index vocabulary)
{
    TokenScores scores;
    scores.logLikelihood.assign(targets.size(), 0.0);
    if (reference) {
        scores.divergence.assign(targets.size(), 0.0);
        scores.sameTop.assign(targets.size(), 0);
    }
    if (vocabulary == 0)
        return scores;
    parallelFor(static_cast<std::int64_t>(targets.size()), [&](std::int64_t token) {
        const auto t = static_cast<std::size_t>(token);
        if (targets[t] < 0 && !reference)
            return;
        const float* x = logits + token * vocabulary;
        const float most = largest(x, vocabulary);
        const double logSum = std::log(sumOfExponentials(x, most, vocabulary));
        if (targets[t] >= 0)
            scores.logLikelihood[t] = static_cast<double>(x[targets[t]]) - most - logSum;
        if (!reference)
            return;
        const float* r = reference + token * vocabulary;
        const float referenceMost = largest(r, vocabulary);
        const ReferenceSums sums = compareRows(r, referenceMost, x, most, vocabulary);
        scores.divergence[t] = sums.weighted / sums.exponentials - std::log(sums.exponentials) + logSum;
        scores.sameTop[t] =
            topToken(x, most, vocabulary) == topToken(r, referenceMost, vocabulary);
    });
    return scores;
}

} // namespace halftone::cpu
