// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/walk_picture.h"

#include "app/backends.h"
#include "base/error.h"
#include "model/token_windows.h"
#include "model/tokenizer.h"
#include "model/transformer.h"
#include "pipeline/resources.h"
#include "texts.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr Index kColumns = 24;
constexpr std::size_t kTokens = 192;

// Second moments of the first inputs of gate and up in block 0, over a stretch of the calibration text.
MatrixD hessianOf(const std::shared_ptr<const Checkpoint>& model, Progress& progress)
{
    const auto backend = makeBackend(QStringLiteral("cpu"));
    Transformer transformer(model, *backend);
    auto tokens = tokenizeFile(*Tokenizer::forCheckpoint(*model), resourcePath(QStringLiteral("sample/calibration.txt")));
    tokens.resize(std::min(tokens.size(), kTokens));
    progress.check();
    const Array hidden = transformer.embed(tokens);
    MatrixD hessian = MatrixD::Zero(kColumns, kColumns);
    const Stage last = Stage::GateUp;
    transformer.runBlock(
        transformer.loadBlock(0), hidden,
        [&](Stage stage, const Array& input, const Array&) {
            if (stage != last)
                return;
            Matrix x(input.rows, input.columns);
            backend->download(x.data(), input);
            const MatrixD some = x.leftCols(kColumns).cast<double>();
            hessian = some.transpose() * some / double(some.rows());
        },
        &last);
    hessian.diagonal().array() += 0.01 * hessian.diagonal().mean();
    return hessian;
}

struct Walk
{
    VectorD weights; ///< as they stand: coded before `done`, changed behind it
    double loss = 0; ///< e H e^T / w H w^T
};

// Frantar et al. 2022, GPTQ, for one row: U^T U = H^-1, each error goes to the columns behind it.
Walk walk(const VectorD& original, const MatrixD& hessian, double alpha, Index done, bool compensate)
{
    const MatrixD inverse = hessian.llt().solve(MatrixD::Identity(kColumns, kColumns));
    const MatrixD upper = inverse.llt().matrixU();
    Walk out{original, 0};
    for (Index j = 0; j < done; ++j) {
        const double coded = out.weights(j) < 0 ? -alpha : alpha;
        const double error = (out.weights(j) - coded) / upper(j, j);
        out.weights(j) = coded;
        for (Index k = j + 1; compensate && k < kColumns; ++k)
            out.weights(k) -= error * upper(j, k);
    }
    const VectorD error = original - out.weights;
    out.loss = error.dot(hessian * error) / std::max(1e-30, original.dot(hessian * original));
    return out;
}

} // namespace

LessonView walkView(const std::shared_ptr<const Checkpoint>& model, const LessonStep& step, double control,
                    Progress& progress)
{
    const TensorView& tensor = model->require(step.tensor);
    std::vector<float> row(static_cast<std::size_t>(tensor.columns()));
    model->readRows(tensor, step.row, 1, row);
    if (tensor.columns() < kColumns)
        throw Error(tr("The lesson asks for row %1 of '%2', which has %3 rows.").arg(step.row).arg(step.tensor).arg(tensor.rows()));
    VectorD original(kColumns);
    for (Index j = 0; j < kColumns; ++j)
        original(j) = double{row[static_cast<std::size_t>(j)]};
    const double alpha = original.cwiseAbs().mean();
    const MatrixD hessian = hessianOf(model, progress);
    const Index done = std::clamp<Index>(Index(std::lround(control)), 0, kColumns);
    const Walk now = walk(original, hessian, alpha, done, true);
    LessonView view;
    view.kind = LessonView::Kind::Walk;
    view.bars.assign(now.weights.data(), now.weights.data() + kColumns);
    view.before.assign(original.data(), original.data() + kColumns);
    view.coded = int(done);
    view.values = {{QStringLiteral("done"), countText(done)},
                   {QStringLiteral("columns"), countText(kColumns)},
                   {QStringLiteral("moved"), numberText((now.weights - original).tail(kColumns - done).cwiseAbs().sum())},
                   {QStringLiteral("loss"), percentText(walk(original, hessian, alpha, kColumns, true).loss, 1)},
                   {QStringLiteral("plain"), percentText(walk(original, hessian, alpha, kColumns, false).loss, 1)}};
    return view;
}

} // namespace halftone
