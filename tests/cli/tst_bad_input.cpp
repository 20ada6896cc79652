// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is wrong: one sentence on standard error that names it, exit 1, and nothing written.
#include "run_cli.h"

#include <QDirIterator>
#include <functional>
#include <unistd.h>

using namespace halftone;
using nlohmann::json;

namespace {

QStringList treeOf(const QString& folder)
{
    QStringList out;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (it.hasNext())
        out << it.next();
    out.sort();
    return out;
}

} // namespace

class TestBadInput : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model, m_work;

    QString path(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    QString text(const char* name, const QByteArray& bytes) const
    {
        writeBytes(path(name), bytes);
        return path(name);
    }
    // A copy of the small sample with one file changed.
    QString changed(const char* name, const char* file, const std::function<void(QByteArray&)>& change) const
    {
        const QString folder = makeSmallSample(path(name));
        const QString place = folder + QLatin1Char('/') + QLatin1String(file);
        QByteArray bytes = bytesOf(place);
        change(bytes);
        writeBytes(place, bytes);
        return folder;
    }
    QString configured(const char* name, const char* key, const json& value) const
    {
        return changed(name, "config.json", [&](QByteArray& bytes) {
            json config = json::parse(bytes.toStdString());
            config[key] = value;
            bytes = QByteArray::fromStdString(config.dump());
        });
    }
    static void oneSentence(const Said& said, const QString& names)
    {
        QVERIFY2(said.code == 1, qPrintable(QStringLiteral("exit %1: %2").arg(said.code).arg(said.error)));
        QCOMPARE(said.out, QString());
        QVERIFY2(said.error.startsWith(QLatin1String("halftone-cli: ")), qPrintable(said.error));
        QVERIFY2(said.error.count(QLatin1Char('\n')) == 1 && said.error.endsWith(QLatin1String(".\n")),
                 qPrintable(said.error));
        QVERIFY2(!said.error.contains(QLatin1String("Unexpected")), qPrintable(said.error));
        QVERIFY2(said.error.contains(names), qPrintable(said.error));
    }
    QStringList quantize(const QString& model, const QStringList& more = {}) const
    {
        return QStringList{QStringLiteral("quantize"), model, QStringLiteral("--out"),
                           m_work + QStringLiteral("/out")} + smallFlags() + more;
    }

private slots:
    void initTestCase()
    {
        m_model = makeSmallSample(path("model"));
        m_work = path("work");
        QVERIFY(QDir().mkpath(m_work));
    }

    void brokenModelIsNamed_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* what, const QString& model, const char* names) {
            QTest::newRow(what) << model << QString::fromUtf8(names);
        };
        const char* weights = "model.safetensors";
        row("not there", path("nowhere"), "nowhere");
        row("empty folder", m_work, "work");
        row("text file", text("novel.txt", "It was a dark and stormy night."), "novel.txt");
        row("cut", changed("cut", weights, [](QByteArray& b) { b.truncate(b.size() - 1); }), weights);
        row("cut in the header", changed("cut header", weights, [](QByteArray& b) { b.truncate(500); }), weights);
        row("empty file", changed("empty", weights, [](QByteArray& b) { b.clear(); }), weights);
        row("header length lies", changed("length", weights, [](QByteArray& b) { b[7] = '\x7f'; }), weights);
        row("offsets lie", changed("offsets", weights, [](QByteArray& b) {
                b.replace(b.indexOf("data_offsets"), 17, "data_offsets\":[-1");
            }), weights);
        row("type lies", changed("type", weights, [](QByteArray& b) {
                b.replace(b.indexOf("\"F16\""), 5, "\"F32\"");
            }), weights);
        row("duplicate names", changed("duplicate", weights, [](QByteArray& b) {
                b.replace("\"model.layers.1.mlp.up_proj.weight\"", "\"model.layers.0.mlp.up_proj.weight\"");
            }), "model.layers.0.mlp.up_proj.weight");
        row("tensor missing", changed("missing", weights, [](QByteArray& b) {
                b.replace("\"model.layers.1.mlp.up_proj.weight\"", "\"model.layers.1.mlp.no_proj.weight\"");
            }), "model.layers.1.mlp.up_proj.weight");
        row("config is no JSON", changed("config", "config.json", [](QByteArray& b) { b.chop(4); }), "config.json");
        row("unknown architecture", configured("architecture", "architectures", {"MambaForCausalLM"}), "MambaForCausalLM");
        row("wider than its tensors", configured("hidden", "hidden_size", 512), "512");
        row("more blocks than tensors", configured("blocks", "num_hidden_layers", 3), "model.layers.2");
        row("heads that do not divide", configured("heads", "num_key_value_heads", 3), "3");
        row("negative blocks", configured("negative", "num_hidden_layers", -1), "num_hidden_layers");
        row("vocabulary too large", configured("vocabulary", "vocab_size", 5000), "5000");
        row("tokenizer is no JSON", changed("tokenizer", "tokenizer.json", [](QByteArray& b) { b.chop(9); }), "tokenizer.json");
    }
    void brokenModelIsNamed()
    {
        QFETCH(QString, model);
        QFETCH(QString, names);
        const QStringList before = treeOf(m_dir.path());
        oneSentence(cli(quantize(model)), names);
        QCOMPARE(treeOf(m_dir.path()), before);
        oneSentence(cli({QStringLiteral("evaluate"), model, QStringLiteral("--text"),
                         sampleFile(QStringLiteral("held_out.txt")), QStringLiteral("--context"),
                         QStringLiteral("32"), QStringLiteral("--windows"), QStringLiteral("1")}), names);
    }

    void brokenWishIsNamed_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QString>("names");
        const auto row = [](const QString& flags, const char* names) {
            QTest::newRow(qPrintable(flags)) << words(flags) << QString::fromUtf8(names);
        };
        row(QStringLiteral("--salient-ratio 1.5"), "1.5");
        row(QStringLiteral("--salient-ratio -0.1"), "-0.1");
        row(QStringLiteral("--salient-ratio nan"), "nan");
        row(QStringLiteral("--salient-ratio much"), "much");
        row(QStringLiteral("--method magic"), "magic");
        row(QStringLiteral("--method rtn --salient-ratio 0.3"), "salient_ratio");
        row(QStringLiteral("--salient-bits 1"), "salient_bits");
        row(QStringLiteral("--saliency smell"), "smell");
        row(QStringLiteral("--embedding-bits 5"), "5");
        row(QStringLiteral("--drift 2"), "2");
        row(QStringLiteral("--preset halftone-worst"), "halftone-worst");
        row(QStringLiteral("--refine 1000"), "1000");
        row(QStringLiteral("--rotate --rotation-block 1"), "1");
        row(QStringLiteral("--token-clip -2"), "-2");
        row(QStringLiteral("--drift-residual 2"), "2");
        row(QStringLiteral("--preset halftone-best --target-bits 9"), "9");
        row(QStringLiteral("--budget-bits 40"), "40");
        row(QStringLiteral("--budget-mb 0.001"), "0.001");
        row(QStringLiteral("--backend abacus"), "abacus");
        row(QStringLiteral("--override *nose*:salient_ratio=0.1"), "*nose*");
        row(QStringLiteral("--override [:salient_ratio=0.1"), "[");
        row(QStringLiteral("--override nonsense"), "nonsense");
        row(QStringLiteral("--override *:salient_ratio"), "salient_ratio");
        row(QStringLiteral("--calibration ") + text("short.txt", "Too short."), "short.txt");
        row(QStringLiteral("--calibration ") + text("nothing.txt", ""), "nothing.txt");
        row(QStringLiteral("--evaluation ") + path("short.txt"), "short.txt");
        row(QStringLiteral("--evaluation ") + path("not there.txt").section(QLatin1Char(' '), 0, 0), "not");
        row(QStringLiteral("--recipe ") + path("no.json"), "no.json");
        row(QStringLiteral("--recipe ") + text("bad.json", "{\"method\": \"pb-llm\",, }"), "bad.json");
        row(QStringLiteral("--recipe ") + text("key.json", "{\"methods\": \"pb-llm\"}"), "methods");
        row(QStringLiteral("--recipe ") + text("binary.json", QByteArray("\xff\xfe\0\x01", 4)), "binary.json");
        row(QStringLiteral("--recipe ") + m_work, "work");
    }
    void brokenWishIsNamed()
    {
        QFETCH(QStringList, flags);
        QFETCH(QString, names);
        const QStringList before = treeOf(m_dir.path());
        // The flag on trial replaces the one of the same name.
        QStringList arguments = quantize(m_model);
        if (const auto at = arguments.indexOf(flags.first()); at >= 0)
            arguments.remove(at, 2);
        oneSentence(cli(arguments + flags), names);
        QCOMPARE(treeOf(m_dir.path()), before);
    }
    void windowsThatCannotBeAreRefused_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("windows");
        QTest::newRow("context 0") << QStringLiteral("0") << QStringLiteral("1");
        QTest::newRow("context beyond the model") << QStringLiteral("1025") << QStringLiteral("1");
        QTest::newRow("no windows") << QStringLiteral("64") << QStringLiteral("0");
        QTest::newRow("negative windows") << QStringLiteral("64") << QStringLiteral("-2");
        QTest::newRow("windows beyond the text") << QStringLiteral("1024") << QStringLiteral("100000000");
    }
    void windowsThatCannotBeAreRefused()
    {
        QFETCH(QString, context);
        QFETCH(QString, windows);
        oneSentence(cli({QStringLiteral("quantize"), m_model, QStringLiteral("--out"), m_work + QStringLiteral("/out"),
                         QStringLiteral("--calibration"), sampleFile(QStringLiteral("calibration.txt")),
                         QStringLiteral("--context"), context, QStringLiteral("--windows"), windows}),
                    QString());
        QVERIFY(treeOf(m_work).isEmpty());
    }
    void weightsThatAreNoNumbersAreNamed()
    {
        const QString model = changed("nan", "model.safetensors", [](QByteArray& b) {
            // The data of the last tensors: some hundred values become NaN.
            b.replace(b.size() - 4000, 1000, QByteArray(1000, '\x7f'));
        });
        const Said said = cli(quantize(model));
        oneSentence(said, QStringLiteral("finite"));
        QVERIFY(!QFileInfo::exists(m_work + QStringLiteral("/out")));
        QDir(m_work + QStringLiteral("/out.partial")).removeRecursively();
        oneSentence(cli({QStringLiteral("generate"), model, QStringLiteral("--prompt"), QStringLiteral("A"),
                         QStringLiteral("--json")}), QStringLiteral("finite"));
    }
    void fullDiskIsNamed()
    {
        // A limit on the size of a file stands for a disk without room: the write fails half-way.
        const QString command =
            QStringLiteral("ulimit -f 200; trap '' XFSZ; exec \"$0\" \"$@\""); // 200 blocks of 512 or 1024 bytes
        const Said said = run(QStringLiteral("sh"), QStringList{QStringLiteral("-c"), command,
                                                                QStringLiteral(HALFTONE_CLI)} + quantize(m_model));
        oneSentence(said, QStringLiteral("model-0000"));
        QVERIFY(!QFileInfo::exists(m_work + QStringLiteral("/out")));
        for (const QString& left : treeOf(m_work))
            QVERIFY2(!left.contains(QLatin1String(".safetensors.")), qPrintable(left));
        QDir(m_work + QStringLiteral("/out.partial")).removeRecursively();
    }
    void folderWithoutRightsIsNamed()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        QFile::setPermissions(m_work, QFile::ReadOwner | QFile::ExeOwner);
        const Said said = cli(quantize(m_model));
        QFile::setPermissions(m_work, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        oneSentence(said, m_work);
    }
    void placesThatCannotBeWrittenAreNamed()
    {
        QStringList arguments = quantize(m_model);
        arguments.replace(3, m_work + QStringLiteral("/no/such/out"));
        oneSentence(cli(arguments), QStringLiteral("no/such"));
        arguments.replace(3, path("novel.txt"));
        text("novel.txt", "taken");
        oneSentence(cli(arguments), QStringLiteral("exists already"));
        arguments.replace(3, path("novel.txt") + QStringLiteral("/out"));
        oneSentence(cli(arguments), QStringLiteral("novel.txt"));
        arguments.replace(3, QStringLiteral("/proc/out"));
        oneSentence(cli(arguments), QStringLiteral("/proc"));
        QVERIFY(treeOf(m_work).isEmpty());
    }
    void otherVerbsNameWhatIsWrong_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* arguments, const char* names) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(names);
        };
        row("inspect sample --tensor nose", "nose");
        row("inspect nowhere", "nowhere");
        row("tokenize sample --text nowhere.txt", "nowhere.txt");
        row("evaluate sample --text nowhere.txt", "nowhere.txt");
        row("generate sample --prompt x --backend abacus", "abacus");
        row("sweep sample --methods magic", "magic");
        row("sweep sample --ratios 0.1,2", "2");
        row("recipe nowhere", "nowhere");
        row("estimate", "No model");
        row("estimate sample --windows 0", "0");
    }
    void otherVerbsNameWhatIsWrong()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, names);
        oneSentence(cli(words(arguments)), names);
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
