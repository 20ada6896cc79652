// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/shape_check.h"

#include "base/error.h"
#include "packed/resident_matrix.h"

#include <limits>

namespace halftone {

namespace {

QString scalarName(Scalar scalar)
{
    switch (scalar) {
    case Scalar::F32: return QStringLiteral("F32");
    case Scalar::F64: return QStringLiteral("F64");
    case Scalar::I32: return QStringLiteral("I32");
    case Scalar::U8: return QStringLiteral("U8");
    }
    return QStringLiteral("?");
}

[[noreturn]] void fail(const char* verb, const QString& sentence)
{
    throw Error(tr("%1: %2").arg(QLatin1String(verb), sentence));
}

void requireFloating(const char* verb, const char* name, const Array& a)
{
    if (a.scalar != Scalar::F32 && a.scalar != Scalar::F64)
        fail(verb, tr("'%1' must hold F32 or F64 but holds %2.")
                       .arg(QLatin1String(name), scalarName(a.scalar)));
}

void checkGrid(const Grid& grid, const Coding& coding)
{
    const char* verb = "walkColumns";
    if (!grid.plain())
        fail(verb, tr("the grid '%1' has more than scale, offset and levels: its method codes it itself.")
                       .arg(grid.role));
    if (grid.count < 1 || grid.count > 256)
        fail(verb, tr("a grid has %1 levels; 1 to 256 are possible.").arg(grid.count));
    if (!grid.table.empty() && grid.table.size() != static_cast<std::size_t>(grid.count))
        fail(verb, tr("a grid of %1 levels has a table of %2.")
                       .arg(grid.count).arg(grid.table.size()));
    const Index groups = grid.groupColumns > 0 ?
        (coding.columns + grid.groupColumns - 1) / grid.groupColumns : 1;
    const bool offsetFits = grid.offset.size() == 0 ||
        (grid.offset.rows() == coding.rows && grid.offset.cols() >= groups);
    if (grid.scale.rows() != coding.rows || grid.scale.cols() < groups || !offsetFits)
        fail(verb, tr("a grid's scale is %1x%2 and its offset %3x%4 but the coding needs %5x%6.")
                       .arg(grid.scale.rows()).arg(grid.scale.cols())
                       .arg(grid.offset.rows()).arg(grid.offset.cols())
                       .arg(coding.rows).arg(groups));
}

// classesApart: which weight uses which grid is in an array.
void checkCoding(const Coding& coding, bool classesApart = false)
{
    const char* verb = "walkColumns";
    if (coding.grids.empty() || coding.grids.size() > 4)
        fail(verb, tr("a coding has %1 grids; 1 to 4 are possible.").arg(coding.grids.size()));
    const auto& classes = coding.classes;
    if (classes.size() == 0) {
        if (coding.grids.size() > 1 && !classesApart)
            fail(verb, tr("a coding with %1 grids does not say which weight uses which.")
                           .arg(coding.grids.size()));
    } else {
        if (classes.cols() != coding.columns || (classes.rows() != 1 && classes.rows() != coding.rows))
            fail(verb, tr("the classes are %1x%2 but the coding is %3x%4.")
                           .arg(classes.rows()).arg(classes.cols())
                           .arg(coding.rows).arg(coding.columns));
        if (classes.maxCoeff() >= coding.grids.size())
            fail(verb, tr("a weight is in class %1 but there are only %2 grids.")
                           .arg(static_cast<int>(classes.maxCoeff())).arg(coding.grids.size()));
    }
    for (const Grid& grid : coding.grids)
        checkGrid(grid, coding);
}

} // namespace

std::int64_t scalarBytes(Scalar scalar)
{
    switch (scalar) {
    case Scalar::F64: return 8;
    case Scalar::F32:
    case Scalar::I32: return 4;
    case Scalar::U8: return 1;
    }
    return 0;
}

void checkAllocate(Scalar scalar, Index rows, Index columns)
{
    const Index most = std::numeric_limits<Index>::max() / scalarBytes(scalar);
    if (rows < 0 || columns < 0 || (columns > 0 && rows > most / columns))
        throw Error(tr("allocate: an array of %1x%2 is not possible.").arg(rows).arg(columns));
}

void requireShape(const char* verb, const char* name, const Array& a, Scalar scalar, Index rows,
                  Index columns)
{
    if (!a)
        fail(verb, tr("'%1' is empty but must be %2x%3 %4.")
                       .arg(QLatin1String(name)).arg(rows).arg(columns).arg(scalarName(scalar)));
    if (a.scalar != scalar || a.rows != rows || a.columns != columns)
        fail(verb, tr("'%1' is %2x%3 %4 but must be %5x%6 %7.")
                       .arg(QLatin1String(name)).arg(a.rows).arg(a.columns)
                       .arg(scalarName(a.scalar)).arg(rows).arg(columns).arg(scalarName(scalar)));
}

void checkCopy(const Array& to, const Array& from)
{
    requireShape("copy", "from", from, to.scalar, to.rows, to.columns);
    requireShape("copy", "to", to, from.scalar, from.rows, from.columns);
}

void checkMultiplyTransposed(const Array& out, const Array& x, const Array& weight)
{
    const char* verb = "multiplyTransposed";
    requireShape(verb, "x", x, Scalar::F32, x.rows, weight.columns);
    requireShape(verb, "weight", weight, Scalar::F32, weight.rows, x.columns);
    requireShape(verb, "out", out, Scalar::F32, x.rows, weight.rows);
}

void checkMultiplyPacked(std::span<const PackedProduct> products, const Array& x)
{
    for (const PackedProduct& product : products) {
        requireShape("multiplyPacked", "x", x, Scalar::F32, x.rows, product.weight->columns);
        requireShape("multiplyPacked", "out", product.out, Scalar::F32, x.rows, product.weight->rows);
    }
}

void checkAddBias(const Array& a, const Array& bias)
{
    requireShape("addBias", "a", a, Scalar::F32, a.rows, a.columns);
    requireShape("addBias", "bias", bias, Scalar::F32, 1, a.columns);
}

void checkSameShape(const char* verb, const Array& a, const Array& b)
{
    requireShape(verb, "first", a, Scalar::F32, a.rows, a.columns);
    requireShape(verb, "second", b, Scalar::F32, a.rows, a.columns);
}

void checkRmsNorm(const Array& out, const Array& x, const Array& gain)
{
    requireShape("rmsNorm", "x", x, Scalar::F32, x.rows, x.columns);
    requireShape("rmsNorm", "out", out, Scalar::F32, x.rows, x.columns);
    requireShape("rmsNorm", "gain", gain, Scalar::F32, 1, x.columns);
}

void checkRotary(const Array& x, Index headWidth, const Array& cosine, const Array& sine)
{
    const char* verb = "rotary";
    requireShape(verb, "x", x, Scalar::F32, x.rows, x.columns);
    requireShape(verb, "cosine", cosine, Scalar::F32, x.rows, cosine.columns);
    requireShape(verb, "sine", sine, Scalar::F32, x.rows, cosine.columns);
    if (headWidth <= 0 || x.columns % headWidth != 0 || 2 * cosine.columns > headWidth)
        fail(verb, tr("x has %1 columns, heads are %2 wide and %3 pairs of each are turned; whole "
                      "heads with room for the pairs are needed.")
                       .arg(x.columns).arg(headWidth).arg(cosine.columns));
}

void checkAttention(const Array& out, const Array& q, const Array& k, const Array& v,
                    const AttentionShape& shape)
{
    const char* verb = "attention";
    if (shape.heads <= 0 || shape.keyHeads <= 0 || shape.headWidth <= 0 ||
        shape.heads % shape.keyHeads != 0)
        fail(verb, tr("%1 query heads cannot share %2 key heads of width %3.")
                       .arg(shape.heads).arg(shape.keyHeads).arg(shape.headWidth));
    requireShape(verb, "q", q, Scalar::F32, q.rows, shape.heads * shape.headWidth);
    requireShape(verb, "out", out, Scalar::F32, q.rows, q.columns);
    requireShape(verb, "k", k, Scalar::F32, k.rows, shape.keyHeads * shape.headWidth);
    requireShape(verb, "v", v, Scalar::F32, k.rows, k.columns);
    if (shape.queryBegin < 0 || shape.window < 0 || shape.queryBegin + q.rows > k.rows)
        fail(verb, tr("queries %1 to %2 with a window of %3 do not fit %4 keys.")
                       .arg(shape.queryBegin).arg(shape.queryBegin + q.rows).arg(shape.window)
                       .arg(k.rows));
}

void checkScore(const Array& logits, std::span<const int> targets, const Array& referenceLogits)
{
    const char* verb = "score";
    requireShape(verb, "logits", logits, Scalar::F32, static_cast<Index>(targets.size()),
                 logits.columns);
    if (referenceLogits)
        requireShape(verb, "referenceLogits", referenceLogits, Scalar::F32, logits.rows,
                     logits.columns);
    for (int target : targets)
        if (target < -1 || target >= logits.columns)
            fail(verb, tr("token %1 is not in the vocabulary of %2.").arg(target).arg(logits.columns));
}

void checkAddGram(const Array& sum, const Array& x)
{
    requireFloating("addGram", "sum", sum);
    requireShape("addGram", "x", x, Scalar::F32, x.rows, x.columns);
    requireShape("addGram", "sum", sum, sum.scalar, x.columns, x.columns);
}

void checkAddCrossGram(const Array& sum, const Array& a, const Array& b)
{
    requireFloating("addCrossGram", "sum", sum);
    requireShape("addCrossGram", "a", a, Scalar::F32, b.rows, a.columns);
    requireShape("addCrossGram", "b", b, Scalar::F32, a.rows, b.columns);
    requireShape("addCrossGram", "sum", sum, sum.scalar, a.columns, b.columns);
}

void checkFactor(const char* verb, const Array& a)
{
    requireFloating(verb, "a", a);
    requireShape(verb, "a", a, a.scalar, a.rows, a.rows);
}

void checkSolveRight(const Array& b, const Array& lower)
{
    requireFloating("solveRight", "b", b);
    requireShape("solveRight", "b", b, b.scalar, b.rows, b.columns);
    requireShape("solveRight", "lower", lower, b.scalar, b.columns, b.columns);
}

void checkWalkColumns(const Array& weights, const Array& upper, const Coding& coding, Index begin,
                      Index end, const Array& coded, const Array& codes, const Array& loss)
{
    const char* verb = "walkColumns";
    requireFloating(verb, "weights", weights);
    requireShape(verb, "weights", weights, weights.scalar, coding.rows, coding.columns);
    if (upper)
        requireShape(verb, "upper", upper, weights.scalar, weights.columns, weights.columns);
    requireShape(verb, "coded", coded, weights.scalar, weights.rows, weights.columns);
    requireShape(verb, "codes", codes, Scalar::U8, weights.rows, weights.columns);
    requireShape(verb, "loss", loss, Scalar::F64, weights.rows, 1);
    if (begin < 0 || begin > end || end > weights.columns)
        fail(verb, tr("columns %1 to %2 are not in a matrix of %3.")
                       .arg(begin).arg(end).arg(weights.columns));
    checkCoding(coding);
}

void checkWalkAllColumns(const Array& weights, const Array& upper, const Coding& coding, const Array& classes,
                         const Array& coded, const Array& codes, const Array& loss)
{
    const char* verb = "walkAllColumns";
    requireFloating(verb, "weights", weights);
    requireShape(verb, "weights", weights, weights.scalar, coding.rows, coding.columns);
    if (upper)
        requireShape(verb, "upper", upper, weights.scalar, weights.columns, weights.columns);
    if (classes)
        requireShape(verb, "classes", classes, Scalar::U8, weights.rows, weights.columns);
    requireShape(verb, "coded", coded, weights.scalar, weights.rows, weights.columns);
    requireShape(verb, "codes", codes, Scalar::U8, weights.rows, weights.columns);
    requireShape(verb, "loss", loss, Scalar::F64, weights.rows, 1);
    checkCoding(coding, static_cast<bool>(classes));
}

void checkDecodeCodes(const Array& values, const Array& codes, const Coding& coding, const Array& classes)
{
    const char* verb = "decodeCodes";
    requireShape(verb, "values", values, Scalar::F32, coding.rows, coding.columns);
    requireShape(verb, "codes", codes, Scalar::U8, coding.rows, coding.columns);
    if (classes)
        requireShape(verb, "classes", classes, Scalar::U8, coding.rows, coding.columns);
    checkCoding(coding, static_cast<bool>(classes));
}

void checkConvert(const Array& to, const Array& from)
{
    requireFloating("convert", "to", to);
    requireFloating("convert", "from", from);
    requireShape("convert", "to", to, to.scalar, from.rows, from.columns);
}

void checkSetDiagonal(const Array& a, const VectorD& diagonal)
{
    checkFactor("setDiagonal", a);
    requireShape("setDiagonal", "a", a, a.scalar, diagonal.size(), diagonal.size());
}

void checkRowEnergies(const Array& rows, const Array& hessian)
{
    requireShape("rowEnergies", "rows", rows, Scalar::F32, rows.rows, rows.columns);
    if (hessian)
        requireShape("rowEnergies", "hessian", hessian, Scalar::F32, rows.columns, rows.columns);
}

void checkMarkSalient(const Array& marks, const Array& weights, const Saliency& saliency)
{
    requireShape("markSalient", "weights", weights, Scalar::F32, weights.rows, weights.columns);
    requireShape("markSalient", "marks", marks, Scalar::U8, weights.rows, weights.columns);
    if (saliency.kind != Saliency::Kind::Magnitude && saliency.share.size() != weights.columns)
        fail("markSalient", tr("there are shares of %1 columns for weights of %2.")
                                .arg(saliency.share.size()).arg(weights.columns));
}

void checkGroupStatistics(const Array& weights, const Array& classes)
{
    requireShape("groupStatistics", "weights", weights, Scalar::F32, weights.rows, weights.columns);
    if (classes)
        requireShape("groupStatistics", "classes", classes, Scalar::U8, weights.rows, weights.columns);
}

} // namespace halftone
