// SPDX-License-Identifier: GPL-3.0-or-later
// The quantization verbs of a backend against their definitions; goes with parity.h.
#pragma once

#include "parity.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

namespace halftone::parity {

template <class T>
using MatrixOf = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
constexpr Scalar kScalar = sizeof(T) == 8 ? Scalar::F64 : Scalar::F32;

/// Second moments of correlated inputs with a mean diagonal of damping, as quantization meets them.
inline MatrixD randomHessian(Index size, unsigned seed)
{
    const MatrixD x = randomMatrix(size + 20, size, seed).cast<double>();
    MatrixD h = x.transpose() * x / static_cast<double>(size);
    h.diagonal().array() += 0.1 * h.diagonal().mean();
    return h;
}

template <class T>
MatrixD downloadAs(ComputeBackend& backend, const Array& a)
{
    MatrixOf<T> m(a.rows, a.columns);
    backend.download(m.data(), a);
    return m.template cast<double>();
}

inline const std::vector<Index> kSizes = {1, 3, 17, 129, 255, 256, 257, 530};

template <class T>
double cholesky(ComputeBackend& backend)
{
    double worst = 0;
    Progress progress;
    for (Index size : kSizes) {
        const MatrixD h = randomHessian(size, 21);
        const Array a = backend.upload(MatrixOf<T>(h.cast<T>()));
        if (!backend.cholesky(a, progress))
            return HUGE_VAL;
        worst = std::max(worst, deviation(backend, a, MatrixD(h.llt().matrixL())));
    }
    return worst;
}

template <class T>
double inverseUpperFactor(ComputeBackend& backend)
{
    double worst = 0;
    Progress progress;
    for (Index size : kSizes) {
        const MatrixD h = randomHessian(size, 22);
        const Array a = backend.upload(MatrixOf<T>(h.cast<T>()));
        if (!backend.inverseUpperFactor(a, progress))
            return HUGE_VAL;
        worst = std::max(worst, deviation(backend, a, MatrixD(MatrixD(h.inverse()).llt().matrixU())));
    }
    return worst;
}

template <class T>
double solveRight(ComputeBackend& backend)
{
    double worst = 0;
    for (Index size : kSizes) {
        for (Index rows : {Index{1}, Index{130}}) {
            const MatrixD h = randomHessian(size, 23);
            const MatrixD b = randomMatrix(rows, size, 24).cast<double>();
            const Array x = backend.upload(MatrixOf<T>(b.cast<T>()));
            backend.solveRight(x, backend.upload(MatrixOf<T>(MatrixD(h.llt().matrixL()).cast<T>())));
            worst = std::max(worst, deviation(backend, x, b * h.inverse()));
        }
    }
    return worst;
}

/// One class per kind of grid and per kind of class map.
enum class Classes { One, PerColumn, PerWeight };

inline Coding makeCoding(const Matrix& weights, Classes classes, Index groupColumns)
{
    Coding coding{weights.rows(), weights.cols(), {}, {}};
    const Index groups = groupColumns > 0 ? (weights.cols() + groupColumns - 1) / groupColumns : 1;
    const auto grid = [&](int count, std::vector<float> table, float scale, float offset, bool grouped) {
        Grid g;
        g.count = count;
        g.table = std::move(table);
        g.groupColumns = grouped ? groupColumns : 0;
        const Index columns = g.groupColumns > 0 ? groups : 1;
        g.scale = (scale * (1.0f + 0.2f * randomMatrix(weights.rows(), columns, 31).array().abs())).matrix();
        if (offset != 0)
            g.offset = (offset * (1.0f + 0.2f * randomMatrix(weights.rows(), columns, 32).array().abs())).matrix();
        return g;
    };
    coding.grids.push_back(grid(4, {}, 0.8f, -1.2f, true));
    if (classes == Classes::One)
        return coding;
    coding.grids.push_back(grid(2, {}, 1.4f, -0.7f, false));
    coding.grids.push_back(grid(5, {-1.5f, -0.4f, 0.1f, 0.6f, 2.0f}, 1.1f, 0, true));
    coding.grids.push_back(grid(1, {}, 0.0f, 0, false));
    coding.classes.resize(classes == Classes::PerColumn ? 1 : weights.rows(), weights.cols());
    for (Index i = 0; i < coding.classes.size(); ++i)
        coding.classes.data()[i] = static_cast<std::uint8_t>((i * 2654435761u >> 7) % 9 % 4);
    return coding;
}

/// What a walk left behind, on the host.
struct WalkResult
{
    MatrixD weights, coded;
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> codes;
    MatrixD loss;
};

template <class T>
WalkResult walk(ComputeBackend& backend, const Matrix& weights, const MatrixD& upper, const Coding& coding,
                const std::vector<Index>& cuts)
{
    Progress progress;
    const Array w = backend.upload(MatrixOf<T>(weights.cast<T>()));
    const Array u = upper.size() ? backend.upload(MatrixOf<T>(upper.cast<T>())) : Array{};
    const Array coded = backend.upload(MatrixOf<T>(MatrixOf<T>::Zero(weights.rows(), weights.cols())));
    const Array codes = backend.allocate(Scalar::U8, weights.rows(), weights.cols());
    backend.fillZero(codes);
    const Array loss = backend.upload(MatrixD(MatrixD::Zero(weights.rows(), 1)));
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
        backend.walkColumns(w, u, coding, cuts[i], cuts[i + 1], coded, codes, loss, progress);
    WalkResult result{downloadAs<T>(backend, w), downloadAs<T>(backend, coded), {}, backend.downloadMatrixD(loss)};
    result.codes.resize(weights.rows(), weights.cols());
    backend.download(result.codes.data(), codes);
    return result;
}

/// Follows the walk in double with the codes it chose and returns how far it is from the definition:
/// the running weights, the values, the loss, and how much nearer another code would have been.
inline double walkDeviation(const WalkResult& got, const Matrix& weights, const MatrixD& upper,
                            const Coding& coding, Index end)
{
    MatrixD running = weights.cast<double>();
    MatrixD loss = MatrixD::Zero(weights.rows(), 1);
    double worst = 0;
    for (Index j = 0; j < end; ++j) {
        for (Index i = 0; i < weights.rows(); ++i) {
            const Grid& grid = coding.grids[static_cast<std::size_t>(coding.classOf(i, j))];
            const double w = running(i, j);
            const double q = codeValue(grid, i, j, got.codes(i, j));
            const double nearest = codeValue(grid, i, j, nearestCode(grid, i, j, w));
            worst = std::max({worst, std::abs(w - q) - std::abs(w - nearest), std::abs(q - got.coded(i, j))});
            const double e = (w - q) / (upper.size() ? upper(j, j) : 1.0);
            loss(i) += e * e;
            if (upper.size())
                running.row(i).tail(weights.cols() - j - 1) -= e * upper.row(j).tail(weights.cols() - j - 1);
        }
    }
    return std::max({worst, deviation(got.weights, running), deviation(got.loss, loss)});
}

template <class T>
double walkColumns(ComputeBackend& backend)
{
    double worst = 0;
    for (const auto& [rows, columns, group] :
         {std::array<Index, 3>{1, 1, 0}, {3, 17, 5}, {33, 129, 0}, {65, 257, 128}, {40, 1100, 64}}) {
        const Matrix weights = randomMatrix(rows, columns, 25);
        const MatrixD h = randomHessian(columns, 26);
        const MatrixD upper = MatrixD(h.inverse()).llt().matrixU();
        for (Classes classes : {Classes::One, Classes::PerColumn, Classes::PerWeight}) {
            const Coding coding = makeCoding(weights, classes, group);
            for (const MatrixD& u : {upper, MatrixD()}) {
                const WalkResult all = walk<T>(backend, weights, u, coding, {0, columns});
                worst = std::max(worst, walkDeviation(all, weights, u, coding, columns));
                const WalkResult part = walk<T>(backend, weights, u, coding, {0, columns / 3, columns / 2});
                worst = std::max(worst, walkDeviation(part, weights, u, coding, columns / 2));
            }
        }
    }
    return worst;
}

using Bytes = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline Array uploadBytes(ComputeBackend& backend, const Bytes& bytes)
{
    const Array a = backend.allocate(Scalar::U8, bytes.rows(), bytes.cols());
    backend.upload(a, bytes.data());
    return a;
}

inline Bytes downloadBytes(ComputeBackend& backend, const Array& a)
{
    Bytes bytes(a.rows, a.columns);
    backend.download(bytes.data(), a);
    return bytes;
}

/// The walk with classes in an array, and what its codes mean: as with classes in the coding.
template <class T>
double walkAllColumns(ComputeBackend& backend)
{
    double worst = 0;
    Progress progress;
    for (const auto& [rows, columns, group] :
         {std::array<Index, 3>{1, 1, 0}, {3, 17, 5}, {33, 129, 0}, {65, 257, 128}}) {
        const Matrix weights = randomMatrix(rows, columns, 41);
        const MatrixD upper = MatrixD(randomHessian(columns, 42).inverse()).llt().matrixU();
        const Coding coding = makeCoding(weights, Classes::PerWeight, group);
        Coding apart = coding;
        apart.classes.resize(0, 0);
        const Array classes = uploadBytes(backend, coding.classes);
        const Array w = backend.upload(MatrixOf<T>(weights.cast<T>()));
        const Array coded = backend.allocate(kScalar<T>, rows, columns);
        const Array codes = backend.allocate(Scalar::U8, rows, columns);
        const Array loss = backend.upload(MatrixD(MatrixD::Zero(rows, 1)));
        backend.walkAllColumns(w, backend.upload(MatrixOf<T>(upper.cast<T>())), apart, classes, coded, codes, loss, progress);
        const WalkResult got{downloadAs<T>(backend, w), downloadAs<T>(backend, coded), downloadBytes(backend, codes),
                             backend.downloadMatrixD(loss)};
        worst = std::max(worst, walkDeviation(got, weights, upper, coding, columns));
    }
    return worst;
}

/// To the bit: what is stored must be what was meant.
inline double decodeCodes(ComputeBackend& backend)
{
    double worst = 0;
    for (const auto& [rows, columns, group] : {std::array<Index, 3>{1, 1, 0}, {3, 17, 5}, {65, 1257, 128}})
        for (Classes kind : {Classes::One, Classes::PerColumn, Classes::PerWeight}) {
            const Coding coding = makeCoding(randomMatrix(rows, columns, 43), kind, group);
            Bytes codes(rows, columns);
            Matrix want(rows, columns);
            for (Index i = 0; i < rows; ++i)
                for (Index j = 0; j < columns; ++j) {
                    codes(i, j) = static_cast<std::uint8_t>((i * 31 + j * 7) % coding.gridOf(i, j).count);
                    want(i, j) = weightValue(coding, i, j, codes(i, j));
                }
            Coding apart = coding;
            Array classes;
            if (kind == Classes::PerWeight) {
                classes = uploadBytes(backend, coding.classes);
                apart.classes.resize(0, 0);
            }
            const Array values = backend.allocate(Scalar::F32, rows, columns);
            backend.decodeCodes(values, uploadBytes(backend, codes), apart, classes);
            worst = std::max(worst, deviation(backend, values, want.cast<double>()));
        }
    return worst;
}

inline double convert(ComputeBackend& backend)
{
    const MatrixD m = randomMatrix(67, 1029, 44).cast<double>() * 1.1;
    const Array narrow = backend.allocate(Scalar::F32, 67, 1029), wide = backend.allocate(Scalar::F64, 67, 1029);
    backend.convert(narrow, backend.upload(m));
    backend.convert(wide, narrow);
    const MatrixD want = m.cast<float>().cast<double>();
    return std::max(deviation(backend, narrow, want), deviation(backend, wide, want));
}

template <class T>
double diagonal(ComputeBackend& backend)
{
    double worst = 0;
    for (Index size : {Index{1}, Index{17}, Index{530}}) {
        MatrixD m = randomMatrix(size, size, 45).cast<double>();
        const Array a = backend.upload(MatrixOf<T>(m.cast<T>()));
        worst = std::max(worst, deviation(backend.diagonal(a), m.diagonal()));
        const VectorD other = randomMatrix(size, 1, 46).cast<double>();
        backend.setDiagonal(a, other);
        m.diagonal() = other;
        worst = std::max(worst, deviation(backend, a, m));
    }
    return worst;
}

inline double rowEnergies(ComputeBackend& backend)
{
    double worst = 0;
    for (const Shape& s : kShapes) {
        if (s.columns == 0)
            continue;
        const Matrix x = randomMatrix(s.rows, s.columns, 47);
        const MatrixD h = 1e6 * randomHessian(s.columns, 48); // beyond fp16
        const MatrixD wide = x.cast<double>();
        worst = std::max({worst, deviation(backend.rowEnergies(backend.upload(x), {}), wide.rowwise().squaredNorm()),
                          deviation(backend.rowEnergies(backend.upload(x), backend.upload(Matrix(h.cast<float>()))),
                                    (wide * h).cwiseProduct(wide).rowwise().sum())});
    }
    return worst;
}

/// The same marks, to the bit.
inline double markSalient(ComputeBackend& backend)
{
    double wrong = 0;
    for (const auto& [rows, columns, group] :
         {std::array<Index, 3>{1, 1, 0}, {3, 17, 5}, {65, 1257, 128}, {300, 257, 0}})
        for (const double ratio : {0.0, 0.1, 0.5, 1.0})
            for (const auto kind : {Saliency::Kind::Magnitude, Saliency::Kind::Energy, Saliency::Kind::Scaled}) {
                Matrix w = randomMatrix(rows, columns, 49);
                w.row(0) = w.row(rows - 1); // ties
                const Saliency saliency{kind, randomMatrix(columns, 1, 50).cast<double>().cwiseAbs()};
                const Array marks = backend.allocate(Scalar::U8, rows, columns);
                backend.markSalient(marks, backend.upload(w), saliency, ratio, group);
                const Bytes got = downloadBytes(backend, marks);
                Matrix salience = w.cwiseAbs();
                for (Index j = 0; j < columns; ++j)
                    for (Index i = 0; i < rows; ++i)
                        if (kind == Saliency::Kind::Energy)
                            salience(i, j) = static_cast<float>(double(w(i, j)) * double(w(i, j)) * saliency.share[j]);
                        else if (kind == Saliency::Kind::Scaled)
                            salience(i, j) *= static_cast<float>(saliency.share[j]);
                const Index step = group > 0 ? group : columns;
                for (Index begin = 0; begin < columns; begin += step) {
                    const Index width = std::min(step, columns - begin);
                    const Matrix part = salience.middleCols(begin, width);
                    std::vector<float> sorted(part.data(), part.data() + part.size());
                    std::sort(sorted.begin(), sorted.end());
                    const auto place = static_cast<std::size_t>(double(part.size()) * (1 - ratio) + 1e-6);
                    for (Index i = 0; i < rows; ++i)
                        for (Index j = 0; j < width; ++j) {
                            const bool marked = place == 0 || (place < sorted.size() && part(i, j) > sorted[place]);
                            wrong += got(i, begin + j) != (marked ? 1 : 0);
                        }
                }
            }
    return wrong;
}

inline double groupStatistics(ComputeBackend& backend)
{
    double worst = 0;
    for (const auto& [rows, columns, group] : {std::array<Index, 3>{1, 1, 0}, {3, 17, 5}, {65, 1257, 128}, {40, 700, 0}})
        for (const bool others : {false, true})
            for (const bool split : {false, true}) {
                const Matrix w = randomMatrix(rows, columns, 51);
                Bytes classes(rows, columns);
                for (Index i = 0; i < classes.size(); ++i)
                    classes.data()[i] = static_cast<std::uint8_t>((i * 2654435761u >> 9) % 5 % 3);
                const GroupStatistics got = backend.groupStatistics(
                    backend.upload(w), split ? uploadBytes(backend, classes) : Array{}, {1, others, group});
                const Index step = group > 0 ? group : columns;
                for (Index i = 0; i < rows; ++i)
                    for (Index g = 0; g * step < columns; ++g) {
                        double count = 0, sum = 0, least = 0, greatest = 0, distance = 0;
                        const Index width = std::min(step, columns - g * step);
                        const auto each = [&](const auto& use) {
                            for (Index j = g * step; j < g * step + width; ++j)
                                if (!split || classes(i, j) == 1)
                                    use(double(w(i, j)));
                        };
                        each([&](double x) { ++count, sum += x, least = std::min(least, x), greatest = std::max(greatest, x); });
                        const double mean = sum / (others ? double(width) : std::max(1.0, count));
                        each([&](double x) { distance += std::abs(x - mean); });
                        worst = std::max({worst, std::abs(got.count(i, g) - count), std::abs(got.sum(i, g) - sum),
                                          std::abs(got.least(i, g) - least), std::abs(got.greatest(i, g) - greatest),
                                          std::abs(got.distance(i, g) - distance)});
                    }
            }
    return worst;
}

inline std::vector<Row> quantizeTable()
{
    return {
        {"walkAllColumns F64", walkAllColumns<double>, 1e-11},
        {"walkAllColumns F32", walkAllColumns<float>, 1e-4},
        {"decodeCodes", decodeCodes, 0},
        {"convert", convert, 0},
        {"diagonal F64", diagonal<double>, 0},
        {"diagonal F32", diagonal<float>, 1e-7},
        {"rowEnergies", rowEnergies, 1e-5},
        {"markSalient", markSalient, 0},
        {"groupStatistics", groupStatistics, 1e-10},
        {"cholesky F64", cholesky<double>, 1e-12},
        {"cholesky F32", cholesky<float>, 1e-5},
        {"inverseUpperFactor F64", inverseUpperFactor<double>, 1e-10},
        {"inverseUpperFactor F32", inverseUpperFactor<float>, 1e-4},
        {"solveRight F64", solveRight<double>, 1e-12},
        {"solveRight F32", solveRight<float>, 1e-5},
        {"walkColumns F64", walkColumns<double>, 1e-11},
        {"walkColumns F32", walkColumns<float>, 1e-4},
    };
}

inline std::vector<Row> parityTable()
{
    std::vector<Row> table = transformerTable();
    for (Row& row : quantizeTable())
        table.push_back(std::move(row));
    return table;
}

} // namespace halftone::parity
