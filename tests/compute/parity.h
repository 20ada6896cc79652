// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb of a backend against its naive definition in double, at odd shapes. A backend's test
// walks parityTable(); the quantization verbs are in parity_quantize.h.
#pragma once

#include "compute/backend.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace halftone::parity {

/// deviation: largest difference from the definition over all shapes, as a share of the largest value.
struct Row
{
    const char* verb;
    std::function<double(ComputeBackend&)> deviation;
    double tolerance;
};

inline Matrix randomMatrix(Index rows, Index columns, unsigned seed)
{
    std::mt19937 random(seed * 7919u + static_cast<unsigned>(rows * 131 + columns));
    std::normal_distribution<float> normal;
    return Matrix::NullaryExpr(rows, columns, [&] { return normal(random); });
}

inline double deviation(const MatrixD& got, const MatrixD& want)
{
    if (got.size() == 0)
        return 0;
    if (!got.allFinite())
        return HUGE_VAL;
    return (got - want).cwiseAbs().maxCoeff() / std::max(1e-30, want.cwiseAbs().maxCoeff());
}

inline double deviation(ComputeBackend& backend, const Array& got, const MatrixD& want)
{
    return got.scalar == Scalar::F64 ? deviation(backend.downloadMatrixD(got), want)
                                     : deviation(MatrixD(backend.downloadMatrix(got).cast<double>()), want);
}

struct Shape
{
    Index rows, inner, columns;
};
inline const std::vector<Shape> kShapes = {{1, 1, 1},    {1, 3, 17},     {3, 17, 1},     {5, 129, 257},
                                           {17, 257, 3}, {129, 31, 129}, {257, 129, 33}, {1, 576, 1537},
                                           {4, 64, 65},  {600, 40, 700}, {0, 3, 5},      {2, 5, 0}};

inline double multiplyTransposed(ComputeBackend& backend)
{
    double worst = 0;
    for (const Shape& s : kShapes) {
        const Matrix x = randomMatrix(s.rows, s.inner, 1);
        const Matrix w = randomMatrix(s.columns, s.inner, 2);
        const Array out = backend.allocate(Scalar::F32, s.rows, s.columns);
        backend.multiplyTransposed(out, backend.upload(x), backend.upload(w));
        worst = std::max(worst, deviation(backend, out, x.cast<double>() * w.cast<double>().transpose()));
    }
    return worst;
}

inline double elementwise(ComputeBackend& backend, int which)
{
    double worst = 0;
    for (const Shape& s : kShapes) {
        const Matrix a = randomMatrix(s.rows, s.columns * 37, 3);
        const Matrix b = randomMatrix(which == 0 ? 1 : s.rows, s.columns * 37, 4);
        const Array to = backend.upload(a);
        const Array from = backend.upload(b);
        MatrixD want = a.cast<double>();
        if (which == 0) {
            backend.addBias(to, from);
            want.rowwise() += b.cast<double>().row(0);
        } else if (which == 1) {
            backend.add(to, from);
            want += b.cast<double>();
        } else {
            backend.subtract(to, from);
            want -= b.cast<double>();
        }
        worst = std::max(worst, deviation(backend, to, want));
    }
    return worst;
}

inline double swiGlu(ComputeBackend& backend)
{
    double worst = 0;
    for (const Shape& s : kShapes) {
        const Matrix gate = 6.0f * randomMatrix(s.rows, s.columns * 37, 5);
        const Matrix up = randomMatrix(s.rows, s.columns * 37, 6);
        const Array out = backend.upload(gate);
        backend.swiGlu(out, backend.upload(up));
        const MatrixD g = gate.cast<double>();
        const MatrixD want = (g.array() / (1.0 + (-g.array()).exp()) * up.cast<double>().array()).matrix();
        worst = std::max(worst, deviation(backend, out, want));
    }
    return worst;
}

inline double rmsNorm(ComputeBackend& backend)
{
    double worst = 0;
    for (const Shape& s : {Shape{1, 0, 1}, {3, 0, 17}, {17, 0, 576}, {5, 0, 4097}}) {
        const Matrix x = 30.0f * randomMatrix(s.rows, s.columns, 7);
        const Matrix gain = randomMatrix(1, s.columns, 8);
        const Array out = backend.allocate(Scalar::F32, s.rows, s.columns);
        backend.rmsNorm(out, backend.upload(x), backend.upload(gain), 1e-5f);
        MatrixD want = x.cast<double>();
        for (Index i = 0; i < want.rows(); ++i)
            want.row(i) = (want.row(i).array() * gain.cast<double>().row(0).array() /
                           std::sqrt(want.row(i).squaredNorm() / double(s.columns) + double(1e-5f)))
                              .matrix();
        worst = std::max(worst, deviation(backend, out, want));
    }
    return worst;
}

inline double rotary(ComputeBackend& backend)
{
    double worst = 0;
    for (const RotaryStyle style : {RotaryStyle::Neighbours, RotaryStyle::Halves}) {
        for (const auto& [tokens, heads, width, pairs] :
             {std::array<Index, 4>{1, 1, 2, 1}, {7, 3, 64, 32}, {129, 2, 20, 5}}) {
            const Matrix x = randomMatrix(tokens, heads * width, 9);
            const Matrix angle = 3.0f * randomMatrix(tokens, pairs, 10);
            const Matrix cosine = angle.array().cos().matrix();
            const Matrix sine = angle.array().sin().matrix();
            MatrixD want = x.cast<double>();
            for (Index t = 0; t < tokens; ++t)
                for (Index head = 0; head < heads; ++head)
                    for (Index i = 0; i < pairs; ++i) {
                        const bool halves = style == RotaryStyle::Halves;
                        const Index a = head * width + (halves ? i : 2 * i);
                        const Index b = halves ? a + pairs : a + 1;
                        const double c = cosine(t, i), s = sine(t, i), first = x(t, a), second = x(t, b);
                        want(t, a) = first * c - second * s;
                        want(t, b) = first * s + second * c;
                    }
            const Array out = backend.upload(x);
            backend.rotary(out, width, backend.upload(cosine), backend.upload(sine), style);
            worst = std::max(worst, deviation(backend, out, want));
        }
    }
    return worst;
}

inline MatrixD naiveAttention(const Matrix& q, const Matrix& k, const Matrix& v, const AttentionShape& shape)
{
    MatrixD out = MatrixD::Zero(q.rows(), q.cols());
    const Index width = shape.headWidth;
    for (Index head = 0; head < shape.heads; ++head) {
        const Index keyHead = head / (shape.heads / shape.keyHeads);
        for (Index i = 0; i < q.rows(); ++i) {
            const Index last = shape.queryBegin + i;
            const Index first = shape.window > 0 ? std::max<Index>(0, last - shape.window + 1) : 0;
            const auto keys = k.block(first, keyHead * width, last - first + 1, width).cast<double>();
            const auto values = v.block(first, keyHead * width, last - first + 1, width).cast<double>();
            VectorD p = keys * q.block(i, head * width, 1, width).cast<double>().transpose() *
                        static_cast<double>(shape.scale);
            p = (p.array() - p.maxCoeff()).exp().matrix();
            out.block(i, head * width, 1, width) = (p / p.sum()).transpose() * values;
        }
    }
    return out;
}

inline double attention(ComputeBackend& backend)
{
    // queries, keys, heads, keyHeads, width, queryBegin, window
    double worst = 0;
    for (const auto& c : {std::array<Index, 7>{1, 1, 1, 1, 1, 0, 0}, {1, 700, 3, 1, 17, 699, 0},
                          {129, 129, 9, 3, 64, 0, 0}, {70, 701, 4, 2, 33, 600, 0},
                          {700, 700, 2, 1, 8, 0, 100}, {257, 600, 2, 2, 16, 343, 1}, {600, 600, 1, 1, 5, 0, 513},
                          {0, 3, 2, 1, 4, 0, 0}}) {
        for (float sign : {1.0f, -1.0f}) {
            const AttentionShape shape{c[2], c[3], c[4], sign * 2.0f / std::sqrt(float(c[4])), c[5], c[6]};
            const Matrix q = 3.0f * randomMatrix(c[0], c[2] * c[4], 11);
            const Matrix k = randomMatrix(c[1], c[3] * c[4], 12);
            const Matrix v = randomMatrix(c[1], c[3] * c[4], 13);
            const Array out = backend.allocate(Scalar::F32, q.rows(), q.cols());
            backend.attention(out, backend.upload(q), backend.upload(k), backend.upload(v), shape);
            worst = std::max(worst, deviation(backend, out, naiveAttention(q, k, v, shape)));
        }
    }
    return worst;
}

inline double score(ComputeBackend& backend)
{
    double worst = 0;
    for (const auto& [tokens, vocabulary] : {std::array<Index, 2>{1, 1}, {3, 17}, {17, 257}, {5, 49153}}) {
        const Matrix logits = 5.0f * randomMatrix(tokens, vocabulary, 14);
        const Matrix reference = logits + 0.3f * randomMatrix(tokens, vocabulary, 15);
        std::vector<int> targets;
        for (Index t = 0; t < tokens; ++t)
            targets.push_back(t % 4 == 2 ? -1 : static_cast<int>(t * 7919 % vocabulary));
        const TokenScores plain = backend.score(backend.upload(logits), targets, {});
        const TokenScores scores = backend.score(backend.upload(logits), targets, backend.upload(reference));
        if (!plain.divergence.empty() || !plain.sameTop.empty() || plain.logLikelihood != scores.logLikelihood)
            return HUGE_VAL;
        for (Index t = 0; t < tokens; ++t) {
            const auto logShares = [&](const Matrix& m) {
                const VectorD row = m.row(t).cast<double>().transpose();
                return VectorD(row.array() - row.maxCoeff() -
                               std::log((row.array() - row.maxCoeff()).exp().sum()));
            };
            const VectorD l = logShares(logits), r = logShares(reference);
            Index top = 0, referenceTop = 0;
            l.maxCoeff(&top);
            r.maxCoeff(&referenceTop);
            const auto i = static_cast<std::size_t>(t);
            const double likelihood = targets[i] < 0 ? 0.0 : l(targets[i]);
            const double divergence = (r.array().exp() * (r - l).array()).sum();
            worst = std::max({worst, std::abs(scores.logLikelihood[i] - likelihood),
                              std::abs(scores.divergence[i] - divergence),
                              scores.sameTop[i] == (top == referenceTop) ? 0.0 : HUGE_VAL});
        }
    }
    return worst;
}

template <class T>
double gram(ComputeBackend& backend, bool cross)
{
    using M = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    double worst = 0;
    for (const Shape& s : {Shape{1, 1, 1}, {3, 17, 5}, {129, 257, 31}, {1100, 3, 300}, {40, 600, 513}, {0, 4, 3}}) {
        const Matrix a = randomMatrix(s.rows, s.inner, 16);
        const Matrix b = cross ? randomMatrix(s.rows, s.columns, 17) : a;
        const M start = cross ? M(randomMatrix(s.inner, s.columns, 18).cast<T>()) : M(M::Identity(s.inner, s.inner));
        const Array sum = backend.upload(start);
        if (cross)
            backend.addCrossGram(sum, backend.upload(a), backend.upload(b));
        else
            backend.addGram(sum, backend.upload(a));
        const MatrixD want = start.template cast<double>() + a.cast<double>().transpose() * b.cast<double>();
        worst = std::max(worst, deviation(backend, sum, want));
        // With itself, into a sum that is not symmetric.
        const M lopsided = randomMatrix(s.inner, s.inner, 19).cast<T>();
        const Array square = backend.upload(lopsided);
        const Array same = backend.upload(a);
        if (cross) {
            backend.addCrossGram(square, same, same);
            worst = std::max(worst, deviation(backend, square, lopsided.template cast<double>() +
                                                                   a.cast<double>().transpose() * a.cast<double>()));
        }
    }
    return worst;
}

inline std::vector<Row> transformerTable()
{
    return {
        {"multiplyTransposed", multiplyTransposed, 2e-6},
        {"addBias", [](ComputeBackend& b) { return elementwise(b, 0); }, 1e-7},
        {"add", [](ComputeBackend& b) { return elementwise(b, 1); }, 1e-7},
        {"subtract", [](ComputeBackend& b) { return elementwise(b, 2); }, 1e-7},
        {"rmsNorm", rmsNorm, 3e-7},
        {"rotary", rotary, 3e-7},
        {"attention", attention, 3e-6},
        {"swiGlu", swiGlu, 5e-7},
        {"score", score, 1e-12},
        {"addGram F64", [](ComputeBackend& b) { return gram<double>(b, false); }, 1e-14},
        {"addGram F32", [](ComputeBackend& b) { return gram<float>(b, false); }, 2e-6},
        {"addCrossGram F64", [](ComputeBackend& b) { return gram<double>(b, true); }, 1e-14},
        {"addCrossGram F32", [](ComputeBackend& b) { return gram<float>(b, true); }, 2e-6},
    };
}

} // namespace halftone::parity
