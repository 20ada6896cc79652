// SPDX-License-Identifier: GPL-3.0-or-later
// The methods against their published codes on one small layer (golden/make_gptq.py and its like).
#include "checkpoint/checkpoint.h"
#include "compute/cpu_backend.h"
#include "packed/resident_matrix.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <QtTest>

using namespace halftone;

namespace {

const auto backend = makeCpuBackend();

Matrix tensor(const QString& file, const QString& name)
{
    const auto golden = Checkpoint::open(QStringLiteral(HALFTONE_GOLDEN "/") + file);
    return golden->readMatrix(golden->require(name));
}

// What the name of a golden stands for, beside what it has in common with its method's others.
struct Golden
{
    const char* file;
    const char* method;
    const char* name;
    Settings settings;
};

// One block, one group.
Settings arbSettings(const char* variant)
{
    return {{"variant", variant}, {"column_bitmap", false}, {"group_bitmap", false},
            {"compensation", false}, {"block_size", 64}, {"damping", 0}};
}

const std::vector<Golden>& goldens()
{
    static const std::vector<Golden> all{
        {"gptq_small.safetensors", "gptq", "4.row", {{"bits", 4}, {"scope", "row"}}},
        {"gptq_small.safetensors", "gptq", "2.row", {{"bits", 2}, {"scope", "row"}}},
        {"gptq_small.safetensors", "gptq", "8.row", {{"bits", 8}, {"scope", "row"}}},
        {"gptq_small.safetensors", "gptq", "3.row.symmetric",
         {{"bits", 3}, {"scope", "row"}, {"symmetric", true}}},
        {"gptq_small.safetensors", "gptq", "3.row.search",
         {{"bits", 3}, {"scope", "row"}, {"clip_search", true}}},
        {"gptq_small.safetensors", "gptq", "3.row.order",
         {{"bits", 3}, {"scope", "row"}, {"activation_order", true}}},
        {"gptq_small.safetensors", "gptq", "4.group", {{"bits", 4}}},
        {"gptq_small.safetensors", "gptq", "3.group.symmetric.search",
         {{"bits", 3}, {"symmetric", true}, {"clip_search", true}}},
        {"gptq_small.safetensors", "gptq", "4.group.order", {{"bits", 4}, {"activation_order", true}}},
        {"gptq_small.safetensors", "gptq", "4.group.static", {{"bits", 4}, {"static_groups", true}}},
        {"gptq_small.safetensors", "gptq", "4.group.order.static",
         {{"bits", 4}, {"activation_order", true}, {"static_groups", true}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "0.5", {{"sparsity", .5}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "0.7", {{"sparsity", .7}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "2.4", {{"pattern", "2:4"}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "4.8", {{"pattern", "4:8"}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "0.5.bits", {{"sparsity", .5}, {"survivors", "4"}}},
        {"sparsegpt_small.safetensors", "sparsegpt", "2.4.bits",
         {{"pattern", "2:4"}, {"survivors", "4"}}},
        {"billm_small.safetensors", "billm", "hessian.walk", {{"saliency", "hessian"}}},
        {"billm_small.safetensors", "billm", "hessian.round",
         {{"saliency", "hessian"}, {"compensation", false}}},
        {"billm_small.safetensors", "billm", "magnitude.walk", {{"saliency", "magnitude"}}},
        {"billm_small.safetensors", "billm", "magnitude.round",
         {{"saliency", "magnitude"}, {"compensation", false}}},
        {"billm_small.safetensors", "billm", "hessian.walk.64",
         {{"saliency", "hessian"}, {"block_size", 64}}},
        {"wanda_small.safetensors", "wanda", "wanda.0.5", {{"sparsity", .5}}},
        {"wanda_small.safetensors", "wanda", "wanda.0.7", {{"sparsity", .7}}},
        {"wanda_small.safetensors", "wanda", "wanda.2.4", {{"pattern", "2:4"}}},
        {"wanda_small.safetensors", "wanda", "wanda.4.8", {{"pattern", "4:8"}}},
        {"wanda_small.safetensors", "magnitude", "magnitude.0.5", {{"sparsity", .5}}},
        {"wanda_small.safetensors", "magnitude", "magnitude.0.7", {{"sparsity", .7}}},
        {"wanda_small.safetensors", "magnitude", "magnitude.2.4", {{"pattern", "2:4"}}},
        {"wanda_small.safetensors", "magnitude", "magnitude.4.8", {{"pattern", "4:8"}}},
        {"smoothquant_small.safetensors", "smoothquant", "8", {{"bits", 8}}},
        {"smoothquant_small.safetensors", "smoothquant", "4", {{"bits", 4}}},
        {"smoothquant_small.safetensors", "smoothquant", "8.strong", {{"bits", 8}, {"migration", .85}}},
        {"arb_llm_small.safetensors", "arb-llm", "plain", arbSettings("plain")},
        {"arb_llm_small.safetensors", "arb-llm", "x", arbSettings("x")},
        {"arb_llm_small.safetensors", "arb-llm", "rc", arbSettings("rc")},
    };
    return all;
}

} // namespace

class TestMethodGoldens : public QObject
{
    Q_OBJECT
private slots:
    void givesTheWeightsOfTheReference_data();
    void givesTheWeightsOfTheReference();
    void givesTheOutputsOfSmoothQuantWith8BitInputs();
    void everyTensorOfTheFilesIsCompared();
};

void TestMethodGoldens::givesTheWeightsOfTheReference_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < goldens().size(); ++i)
        QTest::newRow(qPrintable(QLatin1String(goldens()[i].method) + QLatin1Char(' ') +
                                 QLatin1String(goldens()[i].name)))
            << static_cast<int>(i);
}

void TestMethodGoldens::givesTheWeightsOfTheReference()
{
    QFETCH(int, index);
    const Golden& golden = goldens()[static_cast<std::size_t>(index)];
    const bool ownLayer = QLatin1String(golden.method) == QLatin1String("arb-llm");
    const QString layer = QLatin1String(ownLayer ? golden.file : "small_layer.safetensors");
    Matrix weights = tensor(layer, QStringLiteral("weight"));
    const MatrixD hessian = tensor(layer, QStringLiteral("hessian")).cast<double>();
    const Matrix expected = tensor(QLatin1String(golden.file), QLatin1String(golden.name));
    const Quantizer& method = quantizer(QLatin1String(golden.method));
    Settings settings = golden.settings;
    for (const Parameter& p : method.parameters()) {
        if (p.id == QLatin1String("parameter_bits"))
            settings["parameter_bits"] = 32;
        if (p.id == QLatin1String("group_size") && !settings.contains("group_size"))
            settings["group_size"] = 64;
    }
    // The codes clear the input that is never on even when they do not use the Hessian.
    if (!ownLayer && !method.plan(completeSettings(method, settings)).hessian)
        weights.col(17).setZero();
    Progress progress;
    const QuantizedMatrix q =
        quantizeMatrix(method, settings, {QLatin1String(golden.name), weights, &hessian, nullptr},
                       *backend, progress);
    Index row = 0;
    Index column = 0;
    const float worst = (q.values - expected).cwiseAbs().maxCoeff(&row, &column);
    const auto different =
        ((q.values - expected).array().abs() > 1e-5f * expected.cwiseAbs().maxCoeff()).count();
    QVERIFY2(different == 0,
             qPrintable(QStringLiteral("%1 weights differ; the worst by %2 at %3, %4: %5 instead of %6")
                            .arg(different).arg(worst).arg(row).arg(column).arg(q.values(row, column))
                            .arg(expected(row, column))));
}

void TestMethodGoldens::givesTheOutputsOfSmoothQuantWith8BitInputs()
{
    const QString file = QStringLiteral("smoothquant_w8a8.safetensors");
    Matrix weights = tensor(QStringLiteral("small_layer.safetensors"), QStringLiteral("weight"));
    weights.col(17).setZero();
    const MatrixD hessian = tensor(QStringLiteral("small_layer.safetensors"), QStringLiteral("hessian")).cast<double>();
    Progress progress;
    const QuantizedMatrix q =
        quantizeMatrix(quantizer(QStringLiteral("smoothquant")), {{"parameter_bits", 32}},
                       {QStringLiteral("w"), weights, &hessian, nullptr}, *backend, progress);
    const ResidentMatrix packed = ResidentMatrix::of(PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes));
    const Matrix inputs = tensor(file, QStringLiteral("inputs")), expected = tensor(file, QStringLiteral("outputs"));
    const auto outputs = [&](Activations activations) {
        const Array out = backend->allocate(Scalar::F32, inputs.rows(), weights.rows());
        const PackedProduct product{out, &packed};
        backend->multiplyPacked({&product, 1}, backend->upload(inputs), activations);
        return backend->downloadMatrix(out);
    };
    const float size = expected.cwiseAbs().maxCoeff();
    QVERIFY((outputs(Activations::Int8Token) - expected).cwiseAbs().maxCoeff() < 1e-5f * size);
    QVERIFY((outputs(Activations::Int8) - expected).cwiseAbs().maxCoeff() > 1e-4f * size); // that rounds less
}

void TestMethodGoldens::everyTensorOfTheFilesIsCompared()
{
    QSet<QString> known;
    QSet<QString> files;
    for (const Golden& golden : goldens()) {
        known << QLatin1String(golden.file) + QLatin1Char('/') + QLatin1String(golden.name);
        files << QLatin1String(golden.file);
    }
    for (const QString& file : files) {
        const auto golden = Checkpoint::open(QStringLiteral(HALFTONE_GOLDEN "/") + file);
        for (const TensorView& t : golden->tensors())
            QVERIFY2(known.contains(file + QLatin1Char('/') + t.name) ||
                         t.name == QLatin1String("weight") || t.name == QLatin1String("hessian"),
                     qPrintable(t.name));
    }
}

QTEST_APPLESS_MAIN(TestMethodGoldens)
#include "tst_method_goldens.moc"
