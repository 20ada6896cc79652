// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "checkpoint/checkpoint.h"
#include "pipeline/allocate_bits.h"
#include "pipeline/bits_knob.h"
#include "pipeline/presets.h"
#include "pipeline/recipe.h"
#include "pipeline/steer_bits.h"
#include "quantize/quantizers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace halftone;
using nlohmann::json;

namespace {

QString sentenceFor(const QByteArray& text)
{
    try {
        Recipe::fromJson(parseStrictJson({text.constData(), static_cast<std::size_t>(text.size())},
                                         QStringLiteral("the recipe"), JsonComments::Allowed));
    } catch (const Error& e) {
        return e.sentence();
    }
    return {};
}

} // namespace

class TestRecipe : public QObject
{
    Q_OBJECT

private slots:
    void jsonHoldsEveryChoice()
    {
        Recipe r;
        r.model = QStringLiteral("/models/söme model");
        r.settings = {{"salient_ratio", 0.25}, {"salient_bits", 5}};
        r.overrides = {{QStringLiteral("*down*"), {{"salient_ratio", 0.5}}}};
        r.calibration = {QStringLiteral("a.txt"), 4, 128, 9};
        r.evaluation = {QStringLiteral("b.txt"), 2, 64};
        r.staged = true;
        r.preciseHessian = false;
        r.drift = {0.75, 2, 0.25, {QStringLiteral("o"), QStringLiteral("down")}};
        r.tokenClip = 20;
        r.rotation = {true, 64, 7};
        r.refine = {3, 5, 0.5, true};
        r.method = QStringLiteral("pb-plus");
        r.steerBits = 2.5;
        r.entropyCoding = true;
        r.embeddingBits = 8;
        r.headBits = 4;
        r.judge = false;
        r.backend = QStringLiteral("cpu");
        const Recipe again = Recipe::fromJson(r.toJson());
        QVERIFY(again.toJson() == r.toJson());
        QCOMPARE(again.model, r.model);
        QCOMPARE(*again.calibration.windows, Index{4});
        QCOMPARE(again.calibration.seed, 9);
        QCOMPARE(again.drift.skip, r.drift.skip);
        QVERIFY(Recipe::fromJson(Recipe().toJson()).toJson() == Recipe().toJson());
    }
    void commentedRecipeReadsBackAsItself()
    {
        Recipe r;
        r.model = QStringLiteral("model \"in quotes\"");
        r.settings = {{"salient_ratio", 0.25}};
        r.calibration.windows = 7;
        r.calibration.seed = 3;
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("recipe.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(commentedRecipe(r).toUtf8());
        file.close();
        const Recipe again = Recipe::fromFile(path);
        QVERIFY(again.settingsFor(QStringLiteral("x")) == r.settingsFor(QStringLiteral("x")));
        QCOMPARE(*again.calibration.windows, Index{7});
        json a = again.toJson(), b = r.toJson();
        a.erase("settings");
        b.erase("settings");
        QVERIFY(a == b);
        QCOMPARE(commentedRecipe(again), commentedRecipe(r));
    }
    void presetsAreRecipesThatReadBack()
    {
        for (const Preset& preset : presets()) {
            Recipe r;
            r.model = QStringLiteral("m");
            r.overrides = {{QStringLiteral("*down*"), {{"salient_ratio", 0.5}}}};
            applyPreset(QLatin1String(preset.id), r);
            QCOMPARE(r.model, QStringLiteral("m"));
            r.check();
            QVERIFY(Recipe::fromJson(r.toJson()).toJson() == r.toJson());
            QVERIFY(!bitsParameter(r.method).isEmpty());
        }
        Recipe r;
        QVERIFY_EXCEPTION_THROWN(applyPreset(QStringLiteral("halftone-worst"), r), Error);
    }
    // At high rates the best spread of bits makes s 4^-b / n equal for all layers.
    void bitsAreSpreadByReverseWaterFilling()
    {
        const std::vector<double> s{4, 1, 1, 64}, n{100, 100, 400, 100};
        const std::vector<double> bits = spreadBits(s, n, 2, 10);
        double sum = 0, all = 0;
        for (std::size_t l = 0; l < s.size(); ++l) {
            QVERIFY(std::abs(s[l] / n[l] * std::pow(4, -bits[l]) - s[0] / n[0] * std::pow(4, -bits[0])) < 1e-6);
            sum += bits[l] * n[l];
            all += n[l];
        }
        QVERIFY(std::abs(sum / all - 2) < 1e-6);
        const std::vector<double> bounded = spreadBits(s, n, 2, 0.5);
        for (const double b : bounded)
            QVERIFY(b >= 1.5 - 1e-9 && b <= 2.5 + 1e-9);
        QCOMPARE(spreadBits({0, 0}, {1, 1}, 2, 1), (std::vector<double>{2, 2}));
    }
    void layersStillToCodeMakeUpForTheCodedOnes()
    {
        const ModelConfig config = ModelConfig::of(*Checkpoint::open(QStringLiteral(HALFTONE_RESOURCES "/sample")));
        for (const char* method : {"gaussian", "pb-plus"}) {
            Recipe recipe;
            recipe.method = QLatin1String(method);
            recipe.settings = json::object();
            const BitsKnob& knob = *bitsKnobOf(recipe.method);
            const double plan = knob.expectedBits(recipe.settingsFor(config.names.weight(Linear::Query, 0)));
            recipe.steerBits = plan;
            // A plan far from the budget is moved there before anything is known.
            Recipe far = recipe;
            far.steerBits = 3.3;
            const Recipe first = steered(far, config, 0, {});
            QVERIFY(std::abs(knob.expectedBits(first.settingsFor(config.names.weight(Linear::Query, 0))) - 3.3) < 0.02);
            far.steerBits = 0;
            QVERIFY(steered(far, config, 1, {}).toJson() == far.toJson());
            // Each layer takes a tenth more than it is expected to, down projections a fifth.
            std::vector<LayerReport> done;
            double taken = 0, weights = 0;
            for (Index b = 0; b < config.blocks; ++b) {
                const Recipe here = steered(recipe, config, b, done);
                for (Linear linear : kLinears) {
                    LayerReport layer;
                    layer.name = config.names.weight(linear, b);
                    layer.block = b;
                    layer.linear = shortName(linear);
                    layer.rows = config.shape(linear)[0];
                    layer.columns = config.shape(linear)[1];
                    layer.settings = here.settingsFor(layer.name);
                    layer.diskBits = (linear == Linear::Down ? 1.2 : 1.1) * knob.expectedBits(layer.settings);
                    const auto n = static_cast<double>(layer.rows * layer.columns);
                    taken += n * layer.diskBits;
                    weights += n;
                    done.push_back(layer);
                }
            }
            QVERIFY2(taken / weights <= plan && taken / weights > 0.995 * plan,
                     qPrintable(QString::number(taken / weights)));
        }
    }
    void knobsTurnBack()
    {
        for (const char* method : {"gaussian", "pb-plus", "pb-llm"}) {
            const BitsKnob& knob = *bitsKnobOf(QLatin1String(method));
            json settings = completeSettings(quantizer(QLatin1String(method)), json::object());
            for (double value : {0.31, 0.4, 0.55}) {
                settings[knob.parameter] = value;
                QVERIFY(std::abs(knob.valueFor(knob.expectedBits(settings), settings) - value) < 1e-6);
            }
            QVERIFY(knob.valueFor(-1, settings) <= knob.least + 1e-9 && knob.valueFor(99, settings) >= knob.most - 1e-9);
        }
        QVERIFY(!bitsKnobOf(QStringLiteral("rtn")));
    }
    void laterOverridesWin()
    {
        Recipe r;
        r.settings = {{"salient_ratio", 0.1}};
        r.overrides = {{QStringLiteral("*mlp*"), {{"salient_ratio", 0.2}, {"salient_bits", 4}}},
                       {QStringLiteral("*.?.mlp.down*"), {{"salient_ratio", 0.3}}}};
        QCOMPARE(r.settingsFor(QStringLiteral("l.1.attn.q")).at("salient_ratio"), json(0.1));
        QCOMPARE(r.settingsFor(QStringLiteral("l.1.mlp.up")).at("salient_ratio"), json(0.2));
        QCOMPARE(r.settingsFor(QStringLiteral("l.1.mlp.down")).at("salient_ratio"), json(0.3));
        QCOMPARE(r.settingsFor(QStringLiteral("l.1.mlp.down")).at("salient_bits"), json(4));
    }
    void nonsenseIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* text, const char* names) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(names);
        };
        row("", "recipe");
        row("[]", "object");
        row("{\"methd\": \"rtn\"}", "methd");
        row("{\"method\": \"magic\"}", "magic");
        row("{\"method\": 3}", "method");
        row("{\"settings\": {\"salient_ratio\": 1.5}}", "1.5");
        row("{\"settings\": {\"salient_ratio\": \"much\"}}", "much");
        row("{\"settings\": {\"salt\": 1}}", "salt");
        row("{\"settings\": [1]}", "settings");
        row("{\"steer_bits\": 17}", "steer_bits");
        row("{\"steer_bits\": 2, \"method\": \"rtn\"}", "rtn");
        row("{\"overrides\": {}}", "overrides");
        row("{\"overrides\": [3]}", "overrides");
        row("{\"overrides\": [{\"settings\": {}}]}", "names no layers");
        row("{\"overrides\": [{\"layers\": \"[\", \"settings\": {}}]}", "pattern");
        row("{\"overrides\": [{\"layers\": \"*\", \"settings\": {\"salient_bits\": 1}}]}", "salient_bits");
        row("{\"calibration\": {\"windows\": 1.5}}", "windows");
        row("{\"calibration\": {\"texts\": \"\"}}", "texts");
        row("{\"calibration\": {\"seed\": -1}}", "seed");
        row("{\"evaluation\": {\"seed\": 1}}", "seed");
        row("{\"drift\": {\"strength\": 2}}", "strength");
        row("{\"drift\": {\"damping\": 0}}", "damping");
        row("{\"drift\": {\"skip\": [\"nose\"]}}", "nose");
        row("{\"drift\": {\"skip\": [3]}}", "skip");
        row("{\"drift\": {\"residual\": -1}}", "residual");
        row("{\"token_clip\": -1}", "token_clip");
        row("{\"rotation\": {\"block\": 1}}", "block");
        row("{\"rotation\": {\"seed\": -3}}", "seed");
        row("{\"rotation\": {\"angle\": 3}}", "angle");
        row("{\"refine\": {\"rounds\": 1000}}", "1000");
        row("{\"refine\": {\"rate\": -1}}", "-1");
        row("{\"entropy_coding\": 2}", "entropy_coding");
        row("{\"embedding_bits\": 5}", "5");
        row("{\"embedding_bits\": 99999999999999999999}", "embedding_bits");
        row("{\"head_bits\": 18446744073709551615}", "bits");
        row("{\"judge\": 1}", "judge");
        row("{\"backend\": \"abacus\"}", "abacus");
        row("{\"halftone_recipe\": 2}", "version");
        row("{\"model\": \"a\", \"model\": \"b\"}", "model");
        row("{\"model\": \"a\"} x", "recipe");
    }
    void nonsenseIsNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, names);
        const QString told = sentenceFor(text);
        QVERIFY2(told.contains(names), qPrintable(told));
        QVERIFY2(told.endsWith(QLatin1Char('.')) && !told.contains(QLatin1Char('\n')), qPrintable(told));
    }
    void unreadableFileIsNamed()
    {
        QVERIFY_EXCEPTION_THROWN(Recipe::fromFile(QStringLiteral("/nowhere/r.json")), Error);
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
