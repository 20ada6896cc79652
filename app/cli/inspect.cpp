// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "inspect/salience_curve.h"
#include "inspect/tensor_stats.h"
#include "model/config.h"
#include "packed/packed_matrix.h"

namespace halftone::cli {

namespace {

using nlohmann::json;

QString shapeText(const TensorView& t)
{
    QStringList extents;
    for (auto extent : t.shape)
        extents << QString::number(extent);
    return extents.isEmpty() ? QStringLiteral("scalar") : extents.join(QLatin1Char('x'));
}

json tensorJson(const Checkpoint& checkpoint, const TensorView& t)
{
    json out{{"name", t.name.toStdString()},
             {"type", name(t.type).toStdString()},
             {"shape", t.shape},
             {"bytes", checkpoint.storedBytes(t)}};
    if (const auto packed = checkpoint.packed(t)) {
        const BitCount bits = packed->bits();
        out["bits_per_weight"] = {{"nominal", bits.nominalPerWeight()}, {"disk", bits.diskPerWeight()}};
    }
    return out;
}

// What the model is, or why it cannot be run: looking at tensors works either way.
json modelJson(const Checkpoint& checkpoint, QString& line)
{
    try {
        const ModelConfig c = ModelConfig::of(checkpoint);
        line = QStringLiteral("%1: %2 blocks, hidden %3, ffn %4, %5 heads (%6 key-value) of %7, "
                              "vocabulary %8, context %9")
                   .arg(c.architecture)
                   .arg(c.blocks)
                   .arg(c.hidden)
                   .arg(c.feedForward)
                   .arg(c.heads)
                   .arg(c.keyHeads)
                   .arg(c.headWidth)
                   .arg(c.vocabulary)
                   .arg(c.context);
        return {{"architecture", c.architecture.toStdString()},
                {"blocks", c.blocks},
                {"hidden", c.hidden},
                {"feed_forward", c.feedForward},
                {"heads", c.heads},
                {"key_heads", c.keyHeads},
                {"head_width", c.headWidth},
                {"vocabulary", c.vocabulary},
                {"context", c.context},
                {"tied_embeddings", c.tiedEmbeddings},
                {"linear_weights", c.linearWeights()}};
    } catch (const Error& e) {
        line = e.sentence();
        return {{"cannot_run", e.sentence().toStdString()}};
    }
}

void listTensors(const Checkpoint& checkpoint, Terminal& terminal)
{
    json tensors = json::array();
    std::vector<std::vector<QString>> rows{{tr("tensor"), tr("type"), tr("shape"), tr("bytes")}};
    std::int64_t elements = 0;
    for (const TensorView& t : checkpoint.tensors()) {
        elements += t.elements();
        if (terminal.json)
            tensors.push_back(tensorJson(checkpoint, t));
        else
            rows.push_back({t.name, name(t.type), shapeText(t),
                            QString::number(checkpoint.storedBytes(t))});
    }
    QString model;
    json out{{"path", checkpoint.path().toStdString()},
             {"format", checkpoint.format().toStdString()},
             {"bytes", checkpoint.fileBytes()},
             {"elements", elements},
             {"model", modelJson(checkpoint, model)},
             {"tensors", tensors}};
    terminal.print(out, QStringLiteral("%1\n%2, %3 tensors, %4 elements, %5 bytes\n%6\n\n%7")
                            .arg(checkpoint.path(), checkpoint.format())
                            .arg(checkpoint.tensors().size())
                            .arg(elements)
                            .arg(checkpoint.fileBytes())
                            .arg(model, terminal.json ? QString() : table(rows)));
}

json curveJson(const SalienceCurve& curve, std::vector<std::vector<QString>>& rows)
{
    json out = json::array();
    for (double ratio : {0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0}) {
        const SaliencePoint p = curve.at(ratio);
        out.push_back({{"ratio", ratio},
                       {"bits", {{"nominal", p.nominalBits}, {"disk", p.diskBits}}},
                       {"error", p.error},
                       {"threshold", p.threshold}});
        rows.push_back({QString::number(ratio), QString::number(p.nominalBits, 'f', 3),
                        QString::number(p.diskBits, 'f', 3), QString::number(p.error, 'g', 4)});
    }
    return out;
}

void showTensor(const std::shared_ptr<const Checkpoint>& checkpoint, const QString& wanted,
                Terminal& terminal)
{
    const TensorView& t = checkpoint->require(wanted);
    const RowSource source = rowsOf(checkpoint, t);
    const TensorStats s = computeStats(source, terminal.progress);
    json out = tensorJson(*checkpoint, t);
    out["statistics"] = {{"count", s.count},
                         {"min", s.minimum},
                         {"max", s.maximum},
                         {"mean", s.mean},
                         {"standard_deviation", s.deviation},
                         {"zeros", s.zeroShare()},
                         {"outliers", s.outlierShare()},
                         {"excess_kurtosis", s.excessKurtosis},
                         {"nan", s.nanCount},
                         {"infinite", s.infiniteCount}};
    out["histogram"] = {{"low", s.histogram.low},
                        {"high", s.histogram.high},
                        {"counts", s.histogram.counts}};
    const auto real = [](double v) { return QString::number(v, 'g', 6); };
    QString text = table({{t.name, name(t.type), shapeText(t)}}) + QStringLiteral("\n\n") +
                   table({{tr("weights"), QString::number(s.count)},
                          {tr("minimum"), real(s.minimum)},
                          {tr("maximum"), real(s.maximum)},
                          {tr("mean"), real(s.mean)},
                          {tr("standard deviation"), real(s.deviation)},
                          {tr("zeros"), real(100 * s.zeroShare()) + QStringLiteral(" %")},
                          {tr("beyond 6 deviations"), real(100 * s.outlierShare()) + QStringLiteral(" %")},
                          {tr("excess kurtosis"), real(s.excessKurtosis)},
                          {tr("not a number"), QString::number(s.nanCount)},
                          {tr("infinite"), QString::number(s.infiniteCount)}});
    if (t.rows() > 1 && t.columns() > 1) {
        std::vector<std::vector<QString>> rows{
            {tr("salient ratio"), tr("nominal bits"), tr("disk bits"), tr("error")}};
        out["salience_curve"] = curveJson(SalienceCurve::build(source, {}, terminal.progress), rows);
        text += tr("\n\nPartial binarization by magnitude, without calibration data:\n") + table(rows);
    }
    terminal.print(out, text);
}

} // namespace

Verb addInspect(CLI::App& parent)
{
    struct Flags
    {
        std::string model, tensor;
    };
    const auto flags = std::make_shared<Flags>();
    CLI::App* app =
        parent.add_subcommand("inspect", "List a model's tensors, or show the statistics of one");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")
        ->required();
    app->add_option("--tensor", flags->tensor,
                    "Name of a tensor: its statistics, histogram and salience curve");
    return {app, [flags](Terminal& terminal) {
                const auto checkpoint = Checkpoint::open(modelPath(flags->model));
                if (flags->tensor.empty())
                    listTensors(*checkpoint, terminal);
                else
                    showTensor(checkpoint, QString::fromStdString(flags->tensor), terminal);
            }};
}

} // namespace halftone::cli
