// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "export/report.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>
#include <cmath>

using namespace halftone;

namespace {

Report madeReport()
{
    Report r;
    r.program = QStringLiteral("Halftone 9.8.7");
    r.model = QStringLiteral("model <b> & \"co\"");
    r.architecture = QStringLiteral("LlamaForCausalLM");
    r.method = QStringLiteral("PB-LLM");
    r.sourceFiles = {{QStringLiteral("model.safetensors"), 13000000, QStringLiteral("abc123")}};
    r.recipe = {{"method", "pb-llm"}, {"settings", {{"salient_ratio", 0.3}}}, {"model", "<&>"}};
    const char* kinds[] = {"q", "k", "v", "o", "gate", "up", "down"};
    for (int b = 0; b < 3; ++b)
        for (int k = 0; k < 7; ++k) {
            LayerReport l;
            l.name = QStringLiteral("layers.%1.%2.weight").arg(b).arg(QLatin1String(kinds[k]));
            l.block = b;
            l.linear = QString::fromLatin1(kinds[k]);
            l.rows = 64;
            l.columns = 32 + k;
            l.settings = {{"salient_ratio", 0.3}};
            l.salientShare = 0.3;
            l.nominalBits = 3.1;
            l.diskBits = 4.123 + 0.01 * k;
            l.error = 0.01 * (k + 1);
            l.damping = 0.01;
            l.picture = {2, 3, 0.01, 0.5, {0, 50, 100, 150, 200, 255}};
            r.layers.push_back(l);
        }
    r.size = {13000000, 7654321, 5000000, 10000000, 2500000, 2100000, 2099999, 500000, 400000, 55555, 3.1, 4.125};
    r.calibrationWindows = 128;
    r.calibrationContext = 2048;
    r.calibrationText = QStringLiteral("calibration.txt");
    r.evaluationText = QStringLiteral("held_out.txt");
    Evaluation e;
    e.perplexity = {5.4321, 0.0987};
    e.referencePerplexity = Perplexity{2.3456, 0.0123};
    e.divergence = Divergence{0.98765, 4.5678, 0.8123};
    e.windows = 8;
    e.context = 512;
    e.predictions = 4088;
    r.evaluation = e;
    r.backends = {QStringLiteral("cpu")};
    r.notes = {QStringLiteral("Beware of <this>.")};
    return r;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void jsonHoldsEverything()
    {
        const Report r = madeReport();
        const nlohmann::json written = reportJson(r);
        const Report again = reportFromJson(nlohmann::json::parse(written.dump()));
        QVERIFY(reportJson(again) == written);
        QCOMPARE(again.layers.size(), r.layers.size());
        QCOMPARE(again.layers[9].diskBits, r.layers[9].diskBits);
        QCOMPARE(again.size.headPacked, r.size.headPacked);
        QCOMPARE(again.evaluation->divergence->sameTop, 0.8123);
        QVERIFY(!written.dump().empty() && !written.contains("seconds"));
    }
    // RFC 4180, and a name that a spreadsheet would take for a formula.
    void csvHasAFieldForEachFigure()
    {
        Report r = madeReport();
        r.layers.resize(3);
        r.layers[1].name = QStringLiteral("a \"b\", c");
        r.layers[2].name = QStringLiteral("=1+1");
        const QStringList lines = reportCsv(r).split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), qsizetype{5}); // a head, three layers, nothing behind the last
        const QStringList head = lines[0].split(QLatin1Char(',')), first = lines[1].split(QLatin1Char(','));
        QCOMPARE(first.size(), head.size());
        const auto value = [&](const char* column) { return first.value(head.indexOf(QLatin1String(column))); };
        QCOMPARE(value("tensor"), QStringLiteral("layers.0.q.weight"));
        QCOMPARE(value("rows"), QStringLiteral("64"));
        QCOMPARE(value("columns"), QStringLiteral("32"));
        QCOMPARE(value("salient_share"), QStringLiteral("0.3"));
        QCOMPARE(value("nominal_bits"), QStringLiteral("3.1"));
        QCOMPARE(value("disk_bits"), QStringLiteral("4.123"));
        QCOMPARE(value("relative_error"), QStringLiteral("0.01"));
        QVERIFY2(lines[2].startsWith(QStringLiteral("\"a \"\"b\"\", c\",0,k,")), qPrintable(lines[2]));
        QVERIFY2(lines[3].startsWith(QStringLiteral("'=1+1,")), qPrintable(lines[3]));
    }
    void theBillSaysBeforeAndAfter()
    {
        QLocale::setDefault(QLocale::c());
        const QString html = reportHtml(madeReport(), {});
        for (const auto& [part, before, after] : {std::tuple{"Coded linear layers", "10.00 MB", "2.50 MB"}, {"Embedding", "2.10 MB", "2.10 MB"},
                                                  {"Head", "500.00 kB", "400.00 kB"}, {"All files", "13.00 MB", "7.65 MB"}}) {
            const QString row = QStringLiteral("%1</th><td class=\"n\">%2</td><td class=\"n\">%3</td>")
                                    .arg(QLatin1String(part), QLatin1String(before), QLatin1String(after));
            QVERIFY2(html.contains(row), part);
        }
        // Every block has its label on the axis.
        for (const char* label : {">0</text>", ">1</text>", ">2</text>"})
            QVERIFY(html.contains(QLatin1String(label)));
    }
    void picturesShowWhereTheErrorLies()
    {
        constexpr Index kRows = 64, kColumns = 96;
        Matrix original = Matrix::Constant(kRows, kColumns, 2.0f), coded = original;
        coded.block(32, 48, 32, 48).array() += 0.2f; // the last quarter is off by a tenth, the rest by a hundredth
        coded.block(0, 0, 32, 96).array() += 0.02f;
        coded.block(32, 0, 32, 48).array() += 0.02f;
        const auto reader = [](const Matrix& m) {
            return [&m](Index begin, Index count, std::span<float> out) {
                std::copy_n(m.row(begin).data(), count * m.cols(), out.begin());
            };
        };
        const LayerPicture picture = errorPicture(kRows, kColumns, reader(original), reader(coded));
        QCOMPARE(picture.rows, 16);
        QCOMPARE(picture.columns, 24);
        QVERIFY(std::abs(picture.most - 0.01) < 1e-5 && std::abs(picture.least - 0.0001) < 1e-6);
        for (int r = 0; r < 16; ++r)
            for (int c = 0; c < 24; ++c)
                QVERIFY((picture.shades[static_cast<std::size_t>(r * 24 + c)] > 200) == (r >= 8 && c >= 12));
        QVERIFY(errorPicture(kRows, kColumns, reader(original), reader(original)).empty());
        // A picture is what any reader of PNG says it is.
        const QByteArray png = pngOf(picture, 2);
        const LayerPicture again = pictureFromJson(pictureJson(picture));
        QVERIFY(again.shades == picture.shades && again.most == picture.most);
        QVERIFY(png.startsWith("\x89PNG") && png.size() < 600);
        QVERIFY(pictureFromJson({{"rows", 400}, {"columns", 2}, {"least", 0}, {"most", 1}, {"shades", "AAAA"}}).empty());
    }
    void pageShowsPicturesFilesAndCommand()
    {
        ReportPlace place;
        place.command = commandToRepeat(QStringLiteral("packed"));
        place.files = {{QStringLiteral("model-1.safetensors"), 5, QStringLiteral("def456")}};
        const QString html = reportHtml(madeReport(), {}, place);
        QCOMPARE(html.count(QLatin1String("data:image/png;base64,")), qsizetype{21});
        for (const char* part : {"abc123", "def456", "quantize --recipe packed/recipe.json"})
            QVERIFY2(html.contains(QLatin1String(part)), part);
        Report older = madeReport();
        for (LayerReport& layer : older.layers)
            layer.picture = {};
        QVERIFY(!reportHtml(older, {}).contains(QLatin1String("<img")));
    }
    void absentFiguresStayAbsent()
    {
        Report r = madeReport();
        r.evaluation.reset();
        QVERIFY(!reportJson(r).contains("evaluation"));
        QVERIFY(!reportFromJson(reportJson(r)).evaluation);
        QVERIFY(!reportHtml(r, {}).contains(QLatin1String("erplexity")));
    }
    void infinitePerplexityIsReadBack()
    {
        Report r = madeReport();
        r.evaluation->perplexity.value = INFINITY;
        const Report again = reportFromJson(nlohmann::json::parse(reportJson(r).dump()));
        QVERIFY(!std::isfinite(again.evaluation->perplexity.value));
    }
    void damagedReportIsRefused()
    {
        nlohmann::json j = reportJson(madeReport());
        j["size"]["packed_file"] = "big";
        QVERIFY_EXCEPTION_THROWN(reportFromJson(j), Error);
        QVERIFY_EXCEPTION_THROWN(reportFromJson(nlohmann::json::array()), Error);
    }
    void damagedTimesAreZero()
    {
        RunTimes t;
        t.total = 12.5;
        t.blockSeconds = {1, 2};
        const RunTimes again = RunTimes::fromJson(t.toJson());
        QCOMPARE(again.total, 12.5);
        QVERIFY(again.blockSeconds == t.blockSeconds);
        QCOMPARE(RunTimes::fromJson(nlohmann::json()).total, 0.0);
        QCOMPARE(RunTimes::fromJson({{"total", "x"}, {"blocks", 3}}).total, 0.0);
    }
    void pageIsWellFormedAndNeedsNothingElse()
    {
        RunTimes times;
        times.total = 4000;
        times.blockSeconds = {1.5, 2.5, 3.5};
        const QString html = reportHtml(madeReport(), times);
        QXmlStreamReader reader(html);
        QStringList elements;
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement) {
                elements << reader.name().toString();
                for (const QXmlStreamAttribute& a : reader.attributes())
                    QVERIFY2((a.name() != QLatin1String("src") || a.value().startsWith(QLatin1String("data:"))) &&
                                 a.name() != QLatin1String("href"),
                             qPrintable(a.value().toString()));
            }
        QVERIFY2(!reader.hasError(), qPrintable(QStringLiteral("line %1: %2")
                                                    .arg(reader.lineNumber())
                                                    .arg(reader.errorString())));
        for (const char* wanted : {"svg", "table", "style", "pre", "h1", "polyline"})
            QVERIFY2(elements.contains(QLatin1String(wanted)), wanted);
        for (const char* foreign : {"script", "link", "iframe"})
            QVERIFY2(!elements.contains(QLatin1String(foreign)), foreign);
        static const QRegularExpression outside(QStringLiteral("https?:|url\\(|@import"));
        QVERIFY(!html.contains(outside));
    }
    void pageShowsEveryFigure()
    {
        QLocale::setDefault(QLocale::c());
        RunTimes times;
        times.total = 4000;
        times.blockSeconds = {1.5, 2.5, 3.5};
        const QString html = reportHtml(madeReport(), times);
        for (const char* figure :
             {"7.65 MB", "13.00 MB", "2.50 MB", "10.00 MB", "2.10 MB", "400.00 kB", "500.00 kB", "55.5",
              "3.100", "4.125", "5.43", "0.10", "2.35", "0.9877", "4.568", "81.2", "30.0", "4.153",
              "1 h 6 min", "2.5 s", "layers.2.down.weight", "64 × 38", "Halftone 9.8.7", "held_out.txt",
              "calibration.txt", "128 windows of 2048", "salient_ratio", "Beware of &lt;this&gt;."})
            QVERIFY2(html.contains(QString::fromUtf8(figure)), figure);
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
