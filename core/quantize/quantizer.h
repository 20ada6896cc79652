// SPDX-License-Identifier: GPL-3.0-or-later
// A quantization method: which grid each weight is rounded on. The column walk, the packing and the
// counting of bits behind it are the same for all and live elsewhere.
#pragma once

#include "base/element_type.h"
#include "packed/packed_matrix.h"
#include "quantize/hessian_factor.h"
#include "quantize/parameter.h"
#include "quantize/stored_scales.h"

#include <optional>

namespace halftone {

/// How the errors of a block that its method has coded as a whole reach the later columns.
enum class BlockErrors {
    Diagonal, ///< e = (w - q) / U_jj, and within the block nothing moves (BiLLM's code)
    Exact,    ///< as the column walk: e solves e U_BB = w - q
};

/// What quantizeMatrix does around a method's grids.
struct WalkPlan
{
    bool hessian = false;         ///< the method looks at the Hessian, or compensates
    bool compensation = false;    ///< rounding errors move to later columns (GPTQ)
    double damping = 0.01;        ///< share of the mean diagonal
    Scalar scalar = Scalar::F64;  ///< of factor and walk
    Index refitColumns = 0;       ///< refit() is called before each run of so many columns; 0: never
    bool activationOrder = false; ///< columns are walked by falling Hessian diagonal (GPTQ). Groups of
                                  ///< refitted grids follow that order; others keep their columns.
    Index blockColumns = 0;       ///< codeBlock() codes each run of so many columns; 0: nearest levels
    double columnPower = 0;       ///< a column's unit is U_jj to this power: columns that matter less get
                                  ///< coarser levels (Lifar et al. 2026, WaterSIC); needs blockColumns 0
    BlockErrors blockErrors = BlockErrors::Exact; ///< of blocks, when the errors are compensated
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

/// The same where the layer stays on the backend (F32).
struct RemoteProblem
{
    QString name;
    const Array& original;
    const Array& target;
    const HessianFactor* factor = nullptr; ///< when the plan asks for the Hessian
    VectorD inputEnergy;                   ///< H_jj; ones without a Hessian
};

struct RemoteCoding
{
    Coding coding; ///< without classes
    Array classes; ///< rows x columns (U8); empty: one class
};

/// Columns [begin, end) of a layer whose method codes whole blocks.
struct BlockProblem
{
    const CodingProblem& layer;
    Index begin = 0;
    Index end = 0;
    const MatrixD& running; ///< rows x (end - begin): the compensated weights
    MatrixD upper;          ///< U of these columns; empty without compensation

    Index width() const { return end - begin; }
};

/// What the inputs were worth: H_jj of each column; ones without a Hessian.
VectorD inputEnergy(const CodingProblem& problem);
/// The same part of the Hessian; the identity without one.
MatrixD hessianBlock(const CodingProblem& problem, Index begin, Index end);

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

    /// code() without the weights coming to the host; nothing: the method needs them there. Grids may
    /// differ from code()'s by the rounding of sums. Only for plans without refits, blocks and an order,
    /// and methods without prepare(), refine() and storedAs().
    virtual std::optional<RemoteCoding> codeRemotely(const RemoteProblem& /*problem*/,
                                                     const Settings& /*settings*/, ComputeBackend&) const
    {
        return std::nullopt;
    }

    /// Changes the weights to be coded before code() sees them.
    virtual void prepare(Matrix& /*target*/, const CodingProblem& /*problem*/,
                         const Settings& /*settings*/, ComputeBackend&, Progress&) const
    {
    }
    /// With WalkPlan::blockColumns: fills codes, classes, grids and raw values of the block's columns,
    /// all of which code() has given their shapes.
    virtual void codeBlock(Coding& /*coding*/, CodeMatrix& /*codes*/, const BlockProblem& /*block*/,
                           const Settings& /*settings*/) const
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
    virtual std::optional<ElementType> storedAs(Index /*columns*/, const Settings& /*settings*/) const
    {
        return std::nullopt;
    }
    /// What binds scales and offsets of rows of so many columns where they are stored.
    virtual StoredScales storedScales(Index /*columns*/, const Settings& /*settings*/) const { return {}; }
    /// Betters codes and scales after the walk; codes must stay within their grids.
    virtual void refine(Coding& /*coding*/, CodeMatrix& /*codes*/, const CodingProblem& /*problem*/,
                        const Settings& /*settings*/, ComputeBackend&, Progress&) const
    {
    }
    /// Sorts weights into classes at the end, where one grid served walk and refinement for all of them; values
    /// stay what they are.
    virtual void sortClasses(Coding& /*coding*/, CodeMatrix& /*codes*/) const {}
};

} // namespace halftone
