// SPDX-License-Identifier: GPL-3.0-or-later
// PB-LLM against its published code on one small matrix, all options (golden/make_pb_llm.py).
#include "checkpoint/checkpoint.h"
#include "compute/cpu_backend.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <QtTest>

using namespace halftone;

namespace {

const auto backend = makeCpuBackend();

std::shared_ptr<const Checkpoint> golden()
{
    static const auto file =
        Checkpoint::open(QStringLiteral(HALFTONE_GOLDEN "/pb_llm_small.safetensors"));
    return file;
}

Matrix tensor(const QString& name)
{
    return golden()->readMatrix(golden()->require(name));
}

// "0.1.hessian.group.walk"
Settings settingsOf(const QString& name)
{
    const QStringList parts = name.split(QLatin1Char('.'));
    return {{"salient_ratio", (parts[0] + QLatin1Char('.') + parts[1]).toDouble()},
            {"saliency", parts[2].toStdString()},
            {"scope", parts[3].toStdString()},
            {"group_size", 32},
            {"compensation", parts[4] == QLatin1String("walk")},
            {"parameter_bits", 32}};
}

} // namespace

class TestPbLlmGolden : public QObject
{
    Q_OBJECT
private slots:
    void givesTheWeightsOfTheReference_data();
    void givesTheWeightsOfTheReference();
};

void TestPbLlmGolden::givesTheWeightsOfTheReference_data()
{
    QTest::addColumn<QString>("name");
    int cases = 0;
    for (const TensorView& t : golden()->tensors())
        if (t.name.startsWith(QLatin1String("0."))) {
            QTest::newRow(qPrintable(t.name)) << t.name;
            ++cases;
        }
    QCOMPARE(cases, 16);
}

void TestPbLlmGolden::givesTheWeightsOfTheReference()
{
    QFETCH(QString, name);
    const Matrix weights = tensor(QStringLiteral("weight"));
    const MatrixD hessian = tensor(QStringLiteral("hessian")).cast<double>();
    Settings settings = settingsOf(name);
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    Progress progress;
    // The reference clears the input that is never on even when it does not use the Hessian.
    Matrix given = weights;
    if (settings["saliency"] == "magnitude" && settings["compensation"] == false)
        given.col(17).setZero();
    const QuantizedMatrix q = quantizeMatrix(method, settings, {name, given, &hessian, nullptr},
                                             *backend, progress);
    const Matrix expected = tensor(name);
    const Matrix away = (q.values - expected).cwiseAbs();
    Index row = 0;
    Index column = 0;
    const float worst = away.maxCoeff(&row, &column);
    QVERIFY2(worst <= 1e-4f * expected.cwiseAbs().maxCoeff(),
             qPrintable(QStringLiteral("%1 at %2, %3: %4 instead of %5")
                            .arg(worst).arg(row).arg(column).arg(q.values(row, column))
                            .arg(expected(row, column))));
    settings["precision"] = "fp32";
    const QuantizedMatrix narrow = quantizeMatrix(method, settings, {name, given, &hessian, nullptr},
                                                  *backend, progress);
    QVERIFY(std::abs(narrow.loss - q.loss) < 1e-4 * q.loss);
}

QTEST_APPLESS_MAIN(TestPbLlmGolden)
#include "tst_pb_llm_golden.moc"
