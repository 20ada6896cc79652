// SPDX-License-Identifier: GPL-3.0-or-later
// What halftone-cli promises to people and to scripts: help, exit codes, JSON, silence.
#include "run_cli.h"

using namespace halftone;
using nlohmann::json;

class TestCli : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model, m_packed, m_text;

private slots:
    void initTestCase()
    {
        m_model = makeSmallSample(m_dir.filePath(QStringLiteral("model")));
        m_packed = m_dir.filePath(QStringLiteral("packed"));
        m_text = sampleFile(QStringLiteral("held_out.txt"));
    }

    void quantizeSaysWhatItDidAsJson()
    {
        const Said said = cli(QStringList{QStringLiteral("quantize"), m_model, QStringLiteral("--out"), m_packed,
                                          QStringLiteral("--salient-ratio"), QStringLiteral("0.3"),
                                          QStringLiteral("--json")} + smallFlags());
        QVERIFY2(said.code == 0, qPrintable(said.error));
        QCOMPARE(said.error, QString());
        const json j = said.json();
        std::int64_t bytes = 0;
        for (const QFileInfo& file : QDir(m_packed).entryInfoList({QStringLiteral("*.safetensors")}))
            bytes += file.size();
        QCOMPARE(j.at("bytes").at("packed"), json(bytes));
        QCOMPARE(j.at("bytes").at("original"), json(QFileInfo(m_model + QStringLiteral("/model.safetensors")).size()));
        QVERIFY(std::abs(j.at("bits_per_weight").at("nominal").get<double>() - 3.1) < 0.01);
        QVERIFY(j.at("bits_per_weight").at("disk").get<double>() > 3.98);
        QVERIFY(j.at("seconds").get<double>() > 0);
        QVERIFY(j.at("perplexity").at("packed").get<double>() > j.at("perplexity").at("original").get<double>());
    }
    void packedFolderWorksInEveryCommand()
    {
        Said said = cli({QStringLiteral("inspect"), m_packed, QStringLiteral("--json")});
        QCOMPARE(said.code, 0);
        QCOMPARE(said.json().at("format"), json("halftone"));
        QCOMPARE(said.json().at("model").at("blocks"), json(2));
        said = cli({QStringLiteral("inspect"), m_packed, QStringLiteral("--json"), QStringLiteral("--tensor"),
                    QStringLiteral("model.layers.0.mlp.up_proj.weight")});
        QCOMPARE(said.code, 0);
        QVERIFY(said.json().at("bits_per_weight").at("disk").get<double>() > 3.9);
        QCOMPARE(said.json().at("statistics").at("count"), json(768 * 256));
        const QString tokens = cli({QStringLiteral("tokenize"), m_packed, QStringLiteral("--text"), m_text}).out;
        QCOMPARE(tokens, cli({QStringLiteral("tokenize"), m_model, QStringLiteral("--text"), m_text}).out);
        said = cli({QStringLiteral("generate"), m_packed, QStringLiteral("--prompt"), QStringLiteral("Once"),
                    QStringLiteral("--tokens"), QStringLiteral("5"), QStringLiteral("--ignore-end"), QStringLiteral("--json")});
        QCOMPARE(said.code, 0);
        QCOMPARE(said.json().at("tokens").size(), std::size_t{5});
        const json report = readStrictJson(m_packed + QStringLiteral("/report.json"));
        said = cli({QStringLiteral("evaluate"), m_packed, QStringLiteral("--text"), m_text, QStringLiteral("--context"),
                    QStringLiteral("64"), QStringLiteral("--windows"), QStringLiteral("2"),
                    QStringLiteral("--reference"), m_model, QStringLiteral("--json")});
        QVERIFY2(said.code == 0, qPrintable(said.error));
        const json j = said.json();
        QCOMPARE(j.at("perplexity"), report.at("evaluation").at("perplexity").at("value"));
        QCOMPARE(j.at("perplexity_error"), report.at("evaluation").at("perplexity").at("error"));
        QCOMPARE(j.at("divergence").at("mean"), report.at("evaluation").at("divergence").at("mean"));
        QCOMPARE(j.at("divergence").at("p99"), report.at("evaluation").at("divergence").at("p99"));
        QCOMPARE(j.at("same_top"), report.at("evaluation").at("divergence").at("same_top"));
        QCOMPARE(j.at("tokens"), json(128));
        QCOMPARE(j.at("windows"), json(2));
        said = cli(QStringList{QStringLiteral("estimate"), m_packed, QStringLiteral("--json")} + smallFlags());
        QCOMPARE(said.code, 0);
    }
    void recipeOfAResultMakesTheSameResult()
    {
        const QString again = m_dir.filePath(QStringLiteral("again"));
        const Said said = cli({QStringLiteral("quantize"), QStringLiteral("--recipe"),
                               m_packed + QStringLiteral("/recipe.json"), QStringLiteral("--out"), again});
        QVERIFY2(said.code == 0, qPrintable(said.error));
        QCOMPARE(differences(again, m_packed), QString());
    }
    void everyVerbSpeaksJson_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("key");
        const auto row = [&](const char* name, QStringList arguments, const char* key) {
            arguments.prepend(QString::fromLatin1(name));
            QTest::newRow(name) << arguments << QString::fromLatin1(key);
        };
        row("inspect", {m_model}, "tensors");
        row("tokenize", {m_model, QStringLiteral("--text"), m_text}, "count");
        row("evaluate", {m_model, QStringLiteral("--text"), m_text, QStringLiteral("--context"), QStringLiteral("32"),
                         QStringLiteral("--windows"), QStringLiteral("1")}, "perplexity");
        row("generate", {m_model, QStringLiteral("--prompt"), QStringLiteral("A"), QStringLiteral("--tokens"),
                         QStringLiteral("2")}, "text");
        row("estimate", QStringList{m_model} + smallFlags(), "memory_bytes");
        row("sweep", QStringList{m_model, QStringLiteral("--ratios"), QStringLiteral("0.1,0.5")} + smallFlags(), "rows");
        row("recipe", {m_model}, "halftone_recipe");
        row("methods", {}, "methods");
        row("devices", {}, "devices");
    }
    void everyVerbSpeaksJson()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, key);
        const Said said = cli(arguments << QStringLiteral("--json"));
        QVERIFY2(said.code == 0, qPrintable(said.error));
        QVERIFY2(said.json().is_object() && said.json().contains(key.toStdString()), qPrintable(said.out.left(200)));
        QCOMPARE(said.error, QString());
    }
    void everyVerbHasHelp_data()
    {
        QTest::addColumn<QString>("verb");
        for (const char* verb : {"", "inspect", "tokenize", "evaluate", "generate", "chat", "quantize", "estimate", "sweep",
                                 "recipe", "methods", "devices"})
            QTest::newRow(*verb ? verb : "program") << QString::fromLatin1(verb);
    }
    void everyVerbHasHelp()
    {
        QFETCH(QString, verb);
        const Said said = cli(words(verb) << QStringLiteral("--help"));
        QCOMPARE(said.code, 0);
        QCOMPARE(said.error, QString());
        QVERIFY(said.out.contains(QLatin1String("--help")) && said.out.size() > 150);
        if (!verb.isEmpty())
            QVERIFY(said.out.contains(QLatin1String("--json")));
    }
    void wrongUseExitsWithTwo_data()
    {
        QTest::addColumn<QString>("arguments");
        for (const char* arguments : {"", "frobnicate", "quantize", "quantize sample", "inspect", "evaluate sample",
                                      "inspect sample --frob", "generate sample --prompt x --tokens many",
                                      "generate sample --prompt x --top-p 2", "evaluate sample --text t --skip -1"})
            QTest::newRow(*arguments ? arguments : "nothing") << QString::fromLatin1(arguments);
    }
    void wrongUseExitsWithTwo()
    {
        QFETCH(QString, arguments);
        const Said said = cli(words(arguments));
        QCOMPARE(said.code, 2);
        QVERIFY(!said.error.isEmpty());
        QCOMPARE(said.out, QString());
        if (arguments.startsWith(QLatin1String("frob")))
            QVERIFY2(said.error.contains(arguments), qPrintable(said.error));
    }
    void chatSpeaksByTheTemplateOfTheCheckpoint()
    {
        QString template_ = QStringLiteral("{% for m in messages %}{{ m.role }}: {{ m.content | trim }}\n{% endfor %}"
                                           "{% if add_generation_prompt %}assistant: {% endif %}");
        const QString talker = makeSmallSample(m_dir.filePath(QStringLiteral("talker")));
        json config = readStrictJson(talker + QStringLiteral("/tokenizer_config.json"));
        const QStringList arguments{QStringLiteral("chat"), talker, QStringLiteral("--message"), QStringLiteral(" Hello "),
                                    QStringLiteral("--tokens"), QStringLiteral("8"), QStringLiteral("--json")};
        Said said = cli(arguments);
        QCOMPARE(said.code, 1);
        QVERIFY2(said.error.contains(QLatin1String("has no chat template")), qPrintable(said.error));
        config["chat_template"] = template_.toStdString();
        QFile::remove(talker + QStringLiteral("/tokenizer_config.json"));
        writeBytes(talker + QStringLiteral("/tokenizer_config.json"), QByteArray::fromStdString(config.dump()));
        said = cli(arguments);
        QVERIFY2(said.code == 0, qPrintable(said.error));
        const json j = said.json();
        QCOMPARE(j.at("messages").size(), std::size_t{2});
        QCOMPARE(j.at("messages")[0].at("content"), json(" Hello "));
        // The same text as from the prompt that the template makes of it.
        const Said text = cli({QStringLiteral("generate"), talker, QStringLiteral("--prompt"),
                               QStringLiteral("user: Hello\nassistant: "), QStringLiteral("--tokens"), QStringLiteral("8"),
                               QStringLiteral("--json")});
        QCOMPARE(j.at("messages")[1].at("content"), text.json().at("text"));
        config["chat_template"] = "{% macro x() %}{% endmacro %}";
        QFile::remove(talker + QStringLiteral("/tokenizer_config.json"));
        writeBytes(talker + QStringLiteral("/tokenizer_config.json"), QByteArray::fromStdString(config.dump()));
        said = cli(arguments);
        QCOMPARE(said.code, 1);
        QVERIFY2(said.error.contains(QLatin1String("'macro' is not supported")), qPrintable(said.error));
    }
    void packedModelsSayWhatTheyHold()
    {
        const QStringList generate{QStringLiteral("generate"), m_packed, QStringLiteral("--prompt"), QStringLiteral("Once"),
                                   QStringLiteral("--tokens"), QStringLiteral("5"), QStringLiteral("--json")};
        const json packed = cli(generate).json();
        const json floats = cli(generate + words(QStringLiteral("--weights floats"))).json();
        QCOMPARE(packed.at("products").at("weights"), json("packed"));
        QCOMPARE(floats.at("products").at("weights"), json("floats"));
        QVERIFY(packed.at("resident_bytes").at("weights").get<double>() <
                0.5 * floats.at("resident_bytes").at("weights").get<double>());
        QVERIFY(packed.at("tokens_per_second").get<double>() > 0);
    }
    void progressIsForTerminalsOnly()
    {
        const Said said = cli(QStringList{QStringLiteral("quantize"), m_model, QStringLiteral("--out"),
                                          m_dir.filePath(QStringLiteral("silent"))} + smallFlags());
        QCOMPARE(said.code, 0);
        QCOMPARE(said.error, QString());
        QVERIFY(!said.out.contains(QLatin1Char('\r')));
        QVERIFY(said.out.contains(QLatin1String("bits per weight, nominal")));
        QVERIFY(said.out.contains(QLatin1String("bits per weight, on disk")));
    }
    void commentedRecipeRuns()
    {
        const Said said = cli({QStringLiteral("recipe"), m_model, QStringLiteral("--salient-ratio"), QStringLiteral("0.2")});
        QCOMPARE(said.code, 0);
        const QString path = m_dir.filePath(QStringLiteral("recipe.json"));
        writeBytes(path, said.out.toUtf8());
        const Said estimate = cli(QStringList{QStringLiteral("estimate"), QStringLiteral("--recipe"), path,
                                              QStringLiteral("--json")} + smallFlags());
        QVERIFY2(estimate.code == 0, qPrintable(estimate.error));
        QVERIFY(std::abs(estimate.json().at("bits_per_weight").at("nominal").get<double>() - 2.4) < 0.02);
    }
    void sweepKeepsAndDoesNotRepeat()
    {
        const QString folder = m_dir.filePath(QStringLiteral("kept"));
        const QStringList arguments = QStringList{QStringLiteral("sweep"), m_model, QStringLiteral("--ratios"),
                                                  QStringLiteral("0.1"), QStringLiteral("--methods"),
                                                  QStringLiteral("pb-llm,rtn"), QStringLiteral("--out"), folder,
                                                  QStringLiteral("--json")} + smallFlags();
        const Said first = cli(arguments);
        QVERIFY2(first.code == 0, qPrintable(first.error));
        QCOMPARE(first.json().at("rows").size(), std::size_t{2});
        QCOMPARE(QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
        const Said second = cli(arguments);
        QCOMPARE(second.out, first.out);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
