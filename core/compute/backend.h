// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of a transformer and of its quantization. The CPU backend is their definition; every
// other backend is checked against it. Shapes are rows x columns; t = tokens of one window.
// All verbs throw Error when shapes or scalars do not fit (naming the verb and both shapes).
// Results do not depend on the number of threads.
#pragma once

#include "base/progress.h"
#include "base/coding.h"
#include "base/element_type.h"
#include "compute/array.h"

#include <QString>
#include <span>
#include <vector>

namespace halftone {

/// How pairs of a head's elements are turned: neighbours (GGUF llama) or halves (Hugging Face).
enum class RotaryStyle { Neighbours, Halves };

struct AttentionShape
{
    Index heads = 0;
    Index keyHeads = 0;      ///< heads / keyHeads queries share one key-value head (GQA)
    Index headWidth = 0;
    float scale = 0;         ///< multiplies q k^T; usually 1 / sqrt(headWidth)
    Index queryBegin = 0;    ///< position of the first query row among the key rows
    Index window = 0;        ///< sliding window in tokens; 0 means all earlier tokens
};

/// Per token of one window: natural-log likelihood of the target, and, against a reference,
/// KL(reference || this) in nats and whether both have the same most likely token.
struct TokenScores
{
    std::vector<double> logLikelihood;
    std::vector<double> divergence;
    std::vector<std::uint8_t> sameTop;
};

/// What makes a weight w of column j salient, as a float.
struct Saliency
{
    enum class Kind {
        Magnitude, ///< |w|
        Energy,    ///< w^2 share_j, formed in fp64
        Scaled,    ///< |w| share_j, both fp32
    } kind = Kind::Magnitude;
    VectorD share; ///< of each column; not for magnitudes
};

/// The place, counted from the least of `count` saliencies, of the greatest that is not salient when a
/// share `ratio` is. A share like 1 - 0.9 is a little below 0.1; without the allowance the place would
/// be one less.
inline Index salientPlace(Index count, double ratio)
{
    return static_cast<Index>(static_cast<double>(count) * (1 - ratio) + 1e-6);
}

/// What grids are fitted to: of the members among each row's weights of each group, rows x groups.
struct GroupStatistics
{
    MatrixD count, sum;
    MatrixD distance;       ///< sum of |w - mean|
    MatrixD least, greatest; ///< with zero among the members
};

/// Which weights are members of a group, and what their mean is.
struct GroupChoice
{
    std::uint8_t which = 0;  ///< members have this class; all are members without classes
    bool othersCount = false; ///< mean = sum / columns of the group, else sum / members (at least 1)
    Index groupColumns = 0;  ///< 0: the whole row
};

struct ResidentMatrix;

/// What the inputs of a packed product are rounded to.
enum class Activations {
    Float32, ///< not at all: slower
    Int8,    ///< each run of 32 inputs of a token to -127 .. 127 times its largest magnitude / 127.
             ///< Levels of a table are rounded as well, to an even grid of 65 to 128 levels.
             ///< Weights on lists keep float inputs.
    Int8Token ///< as Int8, but all inputs of a token by the largest magnitude of them all: dynamic rounding by
              ///< tokens, as SmoothQuant's W8A8 has it. On the CPU.
};

/// out[t x rows of weight]
struct PackedProduct
{
    Array out;
    const ResidentMatrix* weight = nullptr;
};

class ComputeBackend
{
public:
    virtual ~ComputeBackend() = default;

    /// Verbs without a Progress throw Cancelled soon after this one is cancelled; null: they do not.
    /// CancelWatch sets it for a scope.
    void watch(const Progress* progress) { m_watched = progress; }
    const Progress* watched() const { return m_watched; }

    /// "cpu", "vulkan:0", ...
    virtual QString id() const = 0;
    /// The device as a person knows it.
    virtual QString deviceName() const = 0;
    /// Bytes that may be held at once; 0 when not limited by the device.
    virtual std::int64_t memoryBytes() const = 0;

    // --- memory -------------------------------------------------------------------------------
    virtual Array allocate(Scalar scalar, Index rows, Index columns) = 0; ///< contents undefined
    /// The same for what is read and written once in a long while, such as the windows between two blocks:
    /// where the device is short of memory it may lie in the host's.
    virtual Array allocateAside(Scalar scalar, Index rows, Index columns) { return allocate(scalar, rows, columns); }
    virtual void fillZero(const Array& a) = 0;
    virtual void upload(const Array& to, const void* from) = 0;   ///< to.size() scalars, row-major
    /// The same from numbers as a file stores them, widened to F32 on the way to the device; false, and
    /// nothing done, where the backend cannot.
    virtual bool uploadStored(const Array& /*to*/, ElementType /*type*/, std::span<const std::byte> /*bytes*/)
    {
        return false;
    }
    virtual void download(void* to, const Array& from) = 0;
    virtual void copy(const Array& to, const Array& from) = 0;    ///< same shape and scalar
    /// Waits for everything asked for so far.
    virtual void finish() = 0;

    Array upload(const Matrix& m);
    Array upload(const MatrixD& m);
    Matrix downloadMatrix(const Array& a);   ///< F32
    MatrixD downloadMatrixD(const Array& a); ///< F64

    // --- transformer (all F32) ----------------------------------------------------------------
    /// out[t x n] = x[t x m] weight[n x m]^T
    virtual void multiplyTransposed(const Array& out, const Array& x, const Array& weight) = 0;
    /// The same for activations and the model's weights, which a GPU may round to fp16 (recipe key
    /// gpu_precision); sums are fp32.
    virtual void project(const Array& out, const Array& x, const Array& weight)
    {
        multiplyTransposed(out, x, weight);
    }
    /// out[t x n] = x[t x m] weight[n x m]^T for each product, the weights read from their packed bits.
    /// All share the input x. Throws Error on a backend that cannot.
    virtual void multiplyPacked(std::span<const PackedProduct> products, const Array& x,
                                Activations activations);
    /// a[t x n] += bias[1 x n]
    virtual void addBias(const Array& a, const Array& bias) = 0;
    /// a += b, same shape
    virtual void add(const Array& a, const Array& b) = 0;
    /// a -= b, same shape
    virtual void subtract(const Array& a, const Array& b) = 0;
    /// out_ij = x_ij gain_j / sqrt(mean_j(x_ij^2) + epsilon); gain[1 x m] (Zhang and Sennrich 2019)
    virtual void rmsNorm(const Array& out, const Array& x, const Array& gain, float epsilon) = 0;
    /// Turns each pair of each head of x[t x heads*headWidth] by the angles whose cosines and sines
    /// are cosine, sine [t x headWidth/2] (Su et al. 2021). A head may be wider than the turned part:
    /// the turned part is its first 2 * cosine.columns elements.
    virtual void rotary(const Array& x, Index headWidth, const Array& cosine, const Array& sine,
                        RotaryStyle style) = 0;
    /// Causal softmax attention; q[t x heads*headWidth], k, v [s x keyHeads*headWidth], out as q.
    /// Query i sees keys 0 .. queryBegin + i. Memory linear in s.
    virtual void attention(const Array& out, const Array& q, const Array& k, const Array& v,
                           const AttentionShape& shape) = 0;
    /// gate = silu(gate) * up, element by element; silu(x) = x / (1 + exp(-x))
    virtual void swiGlu(const Array& gate, const Array& up) = 0;
    /// Scores of logits[t x vocabulary] for targets[t]; referenceLogits may be empty. A target of -1
    /// is not scored (its logLikelihood is 0).
    virtual TokenScores score(const Array& logits, std::span<const int> targets,
                              const Array& referenceLogits) = 0;

    // --- calibration --------------------------------------------------------------------------
    /// sum[m x m] += x[t x m]^T x, both triangles valid; sum is F64 (the definition) or F32
    virtual void addGram(const Array& sum, const Array& x) = 0;
    /// sum[p x m] += a[t x p]^T b[t x m]; sum is F64 or F32
    virtual void addCrossGram(const Array& sum, const Array& a, const Array& b) = 0;

    // --- quantization (F64 or F32, all arrays of a call alike) ----------------------------------
    /// Lower Cholesky factor L of symmetric a[m x m], in place, upper triangle zeroed: a = L L^T.
    /// False (a undefined) when a is not positive definite. Works in panels; checks progress.
    virtual bool cholesky(const Array& a, Progress& progress) = 0;
    /// Upper factor U of the inverse of symmetric positive definite a[m x m]: a^-1 = U^T U, in place,
    /// lower triangle zeroed (Frantar et al. 2022, GPTQ). Computed as a = R R^T with R upper (Cholesky
    /// from the far end), U = R^-1. False when a is not positive definite.
    virtual bool inverseUpperFactor(const Array& a, Progress& progress) = 0;
    /// x[n x m] = b[n x m] a^-1 for symmetric positive definite a given by its lower factor
    virtual void solveRight(const Array& b, const Array& lower) = 0;
    /// The GPTQ column walk over columns [begin, end) of weights[n x m], which holds the running,
    /// compensated weights: each column is rounded by `coding`, its error e = (w - q) / U_jj moves to
    /// the later columns, w_k -= e U_jk for all k > j (columns >= end included). `upper` is U, or
    /// empty for plain rounding without compensation. coded[n x m] receives the values q, codes
    /// [n x m] (U8) the codes. loss[n x 1] (F64) += sum_j e_j^2 per row: the layer's output error.
    virtual void walkColumns(const Array& weights, const Array& upper, const Coding& coding,
                             Index begin, Index end, const Array& coded, const Array& codes,
                             const Array& loss, Progress& progress) = 0;

    // --- a layer that is coded where it lies (backend_layer.cpp holds the definitions) ----------
    /// Whether these save anything: whether arrays are far from the processor.
    virtual bool remote() const { return false; }
    /// walkColumns over all columns; classes[n x m] (U8) stand for coding.classes, which are empty. An
    /// empty array: one class.
    virtual void walkAllColumns(const Array& weights, const Array& upper, const Coding& coding,
                                const Array& classes, const Array& coded, const Array& codes,
                                const Array& loss, Progress& progress);
    /// values[n x m] (F32) = what codes[n x m] (U8) mean, formed in fp64 and rounded once (coding.h).
    virtual void decodeCodes(const Array& values, const Array& codes, const Coding& coding,
                             const Array& classes);
    /// to = from, each F32 or F64.
    virtual void convert(const Array& to, const Array& from);
    /// a_jj of a[m x m], F32 or F64.
    virtual VectorD diagonal(const Array& a);
    virtual void setDiagonal(const Array& a, const VectorD& diagonal);
    /// x H x^T of each row x of rows[n x m], H[m x m] symmetric, F32: product in fp32, sum in fp64; |x|^2
    /// without H.
    virtual VectorD rowEnergies(const Array& rows, const Array& hessian);
    /// marks[n x m] (U8): 1 where the saliency of weights[n x m] (F32, finite) is above that at
    /// salientPlace() of its group of columns (0: all), else 0.
    virtual void markSalient(const Array& marks, const Array& weights, const Saliency& saliency,
                             double ratio, Index groupColumns);
    /// Of weights[n x m] (F32); classes[n x m] (U8) or empty.
    virtual GroupStatistics groupStatistics(const Array& weights, const Array& classes,
                                            const GroupChoice& choice);

private:
    const Progress* m_watched = nullptr;
};

} // namespace halftone
