// SPDX-License-Identifier: GPL-3.0-or-later
// A quantization method: which grid each weight is rounded on. The column walk, the packing and the
// counting of bits behind it are the same for all and live elsewhere.
#pragma once

#include "base/element_type.h"
#include "packed/packed_matrix.h"
#include "quantize/hessian_factor.h"
#include "quantize/parameter.h"

#include <optional>

namespace halftone {

/// What quantizeMatrix does around a method's grids.
struct WalkPlan
{
    bool hessian = false;         ///< the method looks at the Hessian, or compensates
    bool compensation = false;    ///< rounding errors move to later columns (GPTQ)
    double damping = 0.01;        ///< share of the mean diagonal
    Scalar scalar = Scalar::F64;  ///< of factor and walk
    Index refitColumns = 0;       ///< refit() is called before each run of so many columns; 0: never
};

/// What a method sees of one layer. All are rows x columns (outputs x inputs).
struct CodingProblem
{
    QString name;
    const Matrix& original;    ///< as in the checkpoint
    const Matrix& target;      ///< to be coded: dead columns zero, prepare() applied
    const HessianFactor* factor = nullptr; ///< when the plan asks for the Hessian
    const MatrixD* hessian = nullptr;      ///< sum of x x^T, columns x columns; may be null
};

class Quantizer
{
public:
    virtual ~Quantizer() = default;

    virtual QString id() const = 0;    ///< in recipes and on the command line: "pb-llm"
    virtual QString title() const = 0; ///< translated
    virtual QString paper() const = 0; ///< authors, year, title
    virtual std::vector<Parameter> parameters() const = 0;
    virtual WalkPlan plan(const Settings& settings) const = 0;

    /// Classes and grids, before the walk. Settings are complete and checked here and below.
    virtual Coding code(const CodingProblem& problem, const Settings& settings) const = 0;

    /// Changes the weights to be coded before code() sees them.
    virtual void prepare(Matrix& /*target*/, const CodingProblem& /*problem*/,
                         const Settings& /*settings*/, ComputeBackend&, Progress&) const
    {
    }
    /// Fits grids of columns [begin, end) to the running, compensated weights.
    virtual void refit(Coding& /*coding*/, const Matrix& /*running*/, Index /*begin*/, Index /*end*/,
                       const Settings& /*settings*/) const
    {
    }
    /// The same for methods that weigh columns by the Hessian; refit() unless overridden.
    virtual void refitBlock(Coding& coding, const CodingProblem& /*problem*/, const Matrix& running, Index begin,
                            Index end, const Settings& settings) const
    {
        refit(coding, running, begin, end, settings);
    }
    /// The type of ggml's whose blocks hold the codes of rows of so many columns; nothing: the layer is
    /// stored as a PackedMatrix.
    virtual std::optional<ElementType> storedAs(Index /*columns*/) const { return std::nullopt; }
    /// Betters codes and scales after the walk; codes must stay within their grids.
    virtual void refine(Coding& /*coding*/, CodeMatrix& /*codes*/, const CodingProblem& /*problem*/,
                        const Settings& /*settings*/, ComputeBackend&, Progress&) const
    {
    }
};

} // namespace halftone
