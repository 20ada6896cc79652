// SPDX-License-Identifier: GPL-3.0-or-later
// A model that stays packed against the same model expanded to floats: the same logits, the same text,
// and only as much memory as it says.
#include "base/parallel.h"
#include "evaluate/generate.h"
#include "evaluate/perplexity.h"
#include "small_sample.h"

#include <QTemporaryDir>
#include <cmath>
#include <malloc.h>
#include <unistd.h>

using namespace halftone;

namespace {

const auto backend = makeCpuBackend();

Recipe recipeOf(const QString& model, const QString& method)
{
    Recipe recipe = smallRecipe(model);
    recipe.method = method;
    recipe.settings = method == QLatin1String("rtn") ? nlohmann::json{{"bits", 2}, {"group_size", 64}}
                                                     : nlohmann::json{{"salient_ratio", 0.1}};
    return recipe;
}

Matrix logitsOf(Transformer& model, const std::vector<int>& tokens)
{
    const Array hidden = model.embed(tokens);
    for (Index b = 0; b < model.config().blocks; ++b)
        model.runBlock(model.loadBlock(b), hidden);
    const Head head = model.prepareHead();
    const Array all = backend->allocate(Scalar::F32, hidden.rows, head.rows);
    model.multiplyHead(all, model.normed(hidden), head);
    return backend->downloadMatrix(all);
}

// The model with its first block over and over.
void makeDeepModel(const QString& from, const QString& folder, int blocks)
{
    QDir().mkpath(folder);
    for (const QString& file : QDir(from).entryList(QDir::Files))
        QFile::copy(QDir(from).filePath(file), QDir(folder).filePath(file));
    nlohmann::json config = readStrictJson(folder + QStringLiteral("/config.json"));
    config["num_hidden_layers"] = blocks;
    QFile::remove(folder + QStringLiteral("/config.json"));
    QFile::remove(folder + QStringLiteral("/model.safetensors"));
    writeBytes(folder + QStringLiteral("/config.json"), QByteArray::fromStdString(config.dump(2)));
    const auto model = Checkpoint::open(from);
    std::vector<SafetensorsEntry> entries;
    for (const TensorView& t : model->tensors()) {
        const QString first = QStringLiteral(".layers.0.");
        if (!t.name.contains(QLatin1String(".layers.")))
            entries.push_back({t.name, info(t.type).name, t.shape, t.bytes});
        for (int b = 0; b < blocks && t.name.contains(first); ++b)
            entries.push_back({QString(t.name).replace(first, QStringLiteral(".layers.%1.").arg(b)), info(t.type).name,
                               t.shape, t.bytes});
    }
    writeSafetensors(folder + QStringLiteral("/model.safetensors"), entries, {});
}

// Bytes in memory, mapped files included; 0 where the system does not say.
std::int64_t memoryHeld()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

double farthest(const Matrix& a, const Matrix& b)
{
    return double{(a - b).cwiseAbs().maxCoeff()};
}

} // namespace

class TestRunPacked : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model;
    std::vector<int> m_tokens;

    static void addMethods()
    {
        QTest::addColumn<QString>("method");
        QTest::newRow("pb-llm") << QStringLiteral("pb-llm");
        QTest::newRow("rtn") << QStringLiteral("rtn");
    }
    QString packed(const QString& method)
    {
        const QString folder = m_dir.filePath(method);
        if (!QDir(folder).exists())
            runTo(recipeOf(m_model, method), folder);
        return folder;
    }

private slots:
    void initTestCase()
    {
        m_model = makeSmallSample(m_dir.filePath(QStringLiteral("model")));
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(m_model));
        m_tokens = tokenizer->encode(bytesOf(sampleFile(QStringLiteral("held_out.txt"))).left(400).toStdString());
    }
    void cleanup() { setThreadCount(0); }

    void logitsAreThoseOfTheFloats_data() { addMethods(); }
    void logitsAreThoseOfTheFloats()
    {
        QFETCH(QString, method);
        const auto checkpoint = Checkpoint::open(packed(method));
        Transformer floats(checkpoint, *backend), exact(checkpoint, *backend), rounded(checkpoint, *backend);
        exact.runPacked({Activations::Float32, 8});
        rounded.runPacked({Activations::Int8, 8});
        const Matrix expected = logitsOf(floats, m_tokens);
        const double size = double{expected.cwiseAbs().maxCoeff()};
        QVERIFY2(farthest(logitsOf(exact, m_tokens), expected) < 1e-4 * size,
                 QByteArray::number(farthest(logitsOf(exact, m_tokens), expected)));
        const double off = farthest(logitsOf(rounded, m_tokens), expected);
        QVERIFY2(off > 0 && off < 0.03 * size, QByteArray::number(off / size));
    }

    void perplexityHardlyMoves_data() { addMethods(); }
    void perplexityHardlyMoves()
    {
        QFETCH(QString, method);
        const auto checkpoint = Checkpoint::open(packed(method));
        Transformer floats(checkpoint, *backend), rounded(checkpoint, *backend);
        rounded.runPacked({Activations::Int8, 8});
        WindowRequest request;
        request.context = 128;
        request.count = 4;
        const TokenWindows windows = cutWindows(
            tokenizeFile(*Tokenizer::forCheckpoint(*checkpoint), sampleFile(QStringLiteral("held_out.txt"))),
            request, 1024, -1, QStringLiteral("t"));
        Progress progress;
        const Evaluation e = evaluate(rounded, &floats, windows, progress);
        QVERIFY2(std::abs(std::log(e.perplexity.value / e.referencePerplexity->value)) < 0.005,
                 QByteArray::number(e.perplexity.value) + ' ' + QByteArray::number(e.referencePerplexity->value));
        QVERIFY2(e.divergence->mean < 0.005, QByteArray::number(e.divergence->mean));
    }

    void textIsTheSameOnAnyNumberOfThreads_data() { addMethods(); }
    void textIsTheSameOnAnyNumberOfThreads()
    {
        QFETCH(QString, method);
        const auto checkpoint = Checkpoint::open(packed(method));
        const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
        Sampling sampling;
        sampling.maxTokens = 40;
        sampling.temperature = 1;
        sampling.stopAtEnd = false;
        std::vector<std::vector<int>> texts;
        for (const int threads : {1, 2, 5}) {
            setThreadCount(threads);
            Transformer model(checkpoint, *backend);
            model.runPacked({});
            Progress progress;
            texts.push_back(generate(model, *tokenizer, m_tokens, sampling, {}, progress).tokens);
        }
        QVERIFY(texts[0] == texts[1] && texts[0] == texts[2]);
    }

    void writerGoesOnWhereTextsPart()
    {
        const auto checkpoint = Checkpoint::open(packed(QStringLiteral("pb-llm")));
        const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
        Transformer model(checkpoint, *backend);
        model.runPacked({Activations::Float32, 8});
        Progress progress;
        Sampling sampling;
        sampling.maxTokens = 12;
        sampling.stopAtEnd = false;
        Writer writer(model, *tokenizer, 400, progress);
        std::vector<int> longer = m_tokens;
        writer.write(m_tokens, sampling, {}, progress);
        longer.resize(longer.size() / 2);
        longer.push_back(m_tokens.front());
        for (const std::vector<int>& prompt : {longer, m_tokens, m_tokens})
            QVERIFY(writer.write(prompt, sampling, {}, progress).tokens ==
                    generate(model, *tokenizer, prompt, sampling, {}, progress).tokens);
        sampling.stopTokens = {writer.write(m_tokens, sampling, {}, progress).tokens[3]};
        QVERIFY(writer.write(m_tokens, sampling, {}, progress).tokens.size() <= 3);
    }

    void weightsTakeTheirBits()
    {
        const auto checkpoint = Checkpoint::open(packed(QStringLiteral("rtn")));
        const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
        Transformer model(checkpoint, *backend);
        model.runPacked({});
        Progress progress;
        Sampling sampling;
        sampling.maxTokens = 1;
        const Generated out = generate(model, *tokenizer, m_tokens, sampling, {}, progress);
        const ModelConfig& c = model.config();
        // 2 bits and two fp16 numbers for each 64 weights; the head has 8 bits and a float for each 64.
        const double linears = static_cast<double>(c.linearWeights()) * (2 + 32.0 / 64) / 8;
        const double head = static_cast<double>(c.vocabulary * c.hidden) * (8 + 32.0 / 64) / 8;
        QVERIFY2(std::abs(static_cast<double>(out.weightBytes) / (linears + head) - 1) < 0.02,
                 QByteArray::number(static_cast<double>(out.weightBytes) / (linears + head)));
        QCOMPARE(out.cacheBytes, c.blocks * 2 * 4 * (static_cast<Index>(m_tokens.size()) + 1) * c.keyHeads * c.headWidth);
    }
    // What the process holds more after a text than before the model, against what the model says it holds.
    void memoryIsWhatTheWeightsAndTheCacheTake_data() { addMethods(); }
    void memoryIsWhatTheWeightsAndTheCacheTake()
    {
        QFETCH(QString, method);
        if (memoryHeld() == 0)
            QSKIP("this system does not say what a process holds");
        const QString model = m_dir.filePath(QStringLiteral("deep"));
        if (!QDir(model).exists())
            makeDeepModel(m_model, model, 48);
        const QString folder = m_dir.filePath(QStringLiteral("deep-") + method);
        runTo(recipeOf(model, method), folder);
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(folder));
        Sampling sampling;
        sampling.maxTokens = 2;
        Progress progress;
        generate(*std::make_unique<Transformer>(Checkpoint::open(m_model), *backend), *tokenizer, {1}, sampling, {},
                 progress); // what any text needs: threads, code
        malloc_trim(0);
        const std::int64_t before = memoryHeld(); // opening reads headers, and pages come with their neighbours
        const auto checkpoint = Checkpoint::open(folder);
        Transformer packed(checkpoint, *backend);
        packed.runPacked({});
        Writer writer(packed, *tokenizer, 60, progress);
        const Generated out = writer.write({1, 2, 3}, sampling, {}, progress);
        const std::int64_t held = memoryHeld() - before, said = out.weightBytes + out.cacheBytes;
        const double ratio = static_cast<double>(held) / static_cast<double>(said);
        qInfo("%s: holds %.1f MB more, says %.1f MB", qPrintable(method), static_cast<double>(held) / 1e6,
              static_cast<double>(said) / 1e6);
        QVERIFY2(ratio < 1.1 && ratio > 0.8, QByteArray::number(ratio)); // less would mean that it was not looked at
    }
};

QTEST_APPLESS_MAIN(TestRunPacked)
#include "tst_run_packed.moc"
