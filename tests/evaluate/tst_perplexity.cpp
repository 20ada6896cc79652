// SPDX-License-Identifier: GPL-3.0-or-later
// The sample model judged as transformers judges it (tests/golden/make_sample_logits.py), and the rules
// by which texts become windows.
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "compute/cpu_backend.h"
#include "evaluate/perplexity.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

using namespace halftone;
using nlohmann::json;

namespace {

const QString kSample = QStringLiteral(HALFTONE_RESOURCES "/sample");

std::vector<int> counted(int n)
{
    std::vector<int> out(static_cast<std::size_t>(n));
    std::iota(out.begin(), out.end(), 0);
    return out;
}

QString sentenceOf(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& e) {
        return e.sentence();
    }
    return {};
}

} // namespace

class TestPerplexity : public QObject
{
    Q_OBJECT
    json m_golden = readStrictJson(QStringLiteral(HALFTONE_GOLDEN "/sample_logits.json"));
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();
    std::shared_ptr<const Checkpoint> m_sample = Checkpoint::open(kSample);
    std::vector<int> m_text = tokenizeFile(*Tokenizer::forCheckpoint(*m_sample),
                                           kSample + QStringLiteral("/held_out.txt"));

    TokenWindows windows(Index context, Index count) const
    {
        WindowRequest request;
        request.context = context;
        request.count = count;
        return cutWindows(m_text, request, 1024, -1, QStringLiteral("held out"));
    }

private slots:
    void sampleAgreesWithTransformers()
    {
        QCOMPARE(static_cast<int>(m_text.size()), m_golden.at("token_count").get<int>());
        Transformer model(m_sample, *m_backend);
        Progress progress;
        const auto expected = m_golden.at("window_losses").get<std::vector<double>>();
        const Evaluation e =
            evaluate(model, nullptr, windows(m_golden.at("context"), m_golden.at("windows")), progress);
        QCOMPARE(e.windowLoss.size(), expected.size());
        for (std::size_t w = 0; w < expected.size(); ++w)
            QVERIFY2(std::abs(e.windowLoss[w] - expected[w]) < 1e-4,
                     qPrintable(QStringLiteral("window %1: %2, not %3").arg(w).arg(e.windowLoss[w]).arg(expected[w])));
        QVERIFY(std::abs(e.perplexity.value - m_golden.at("perplexity").get<double>()) < 3e-4);
        QCOMPARE(e.predictions, std::int64_t{8 * 511});
        QVERIFY(!e.divergence && !e.referencePerplexity);
    }
    void logitsAgreeWithTransformers()
    {
        Transformer model(m_sample, *m_backend);
        const auto tokens = m_golden.at("tokens").get<std::vector<int>>();
        const Array hidden = model.embed(tokens);
        for (Index b = 0; b < model.config().blocks; ++b)
            model.runBlock(model.loadBlock(b), hidden);
        const Array head = model.loadHead();
        const Array all = m_backend->allocate(Scalar::F32, hidden.rows, head.rows);
        m_backend->multiplyTransposed(all, model.normed(hidden), head);
        const Matrix logits = m_backend->downloadMatrix(all);
        double worst = 0;
        for (std::size_t p = 0; p < m_golden.at("positions").size(); ++p)
            for (std::size_t v = 0; v < m_golden.at("vocabulary").size(); ++v)
                worst = std::max(worst, std::abs(double{logits(m_golden["positions"][p].get<Index>(),
                                                               m_golden["vocabulary"][v].get<Index>())} -
                                                 m_golden["logits"][p][v].get<double>()));
        QVERIFY2(worst < 1e-4, QByteArray::number(worst));
        for (Index t = 0; t < logits.rows(); ++t) {
            Index best = 0;
            logits.row(t).maxCoeff(&best);
            QCOMPARE(best, m_golden["best"][static_cast<std::size_t>(t)].get<Index>());
        }
    }
    void modelIsNotFarFromItself()
    {
        Transformer model(m_sample, *m_backend), again(m_sample, *m_backend);
        Progress progress;
        const Evaluation e = evaluate(model, &again, windows(64, 3), progress);
        QVERIFY(std::abs(e.divergence->mean) < 1e-12);
        QVERIFY(std::abs(e.divergence->p99) < 1e-12);
        QCOMPARE(e.divergence->sameTop, 1.0);
        QCOMPARE(e.referencePerplexity->value, e.perplexity.value);
    }
    void standardErrorIsThatOfTheWindowMeans()
    {
        Transformer model(m_sample, *m_backend);
        Progress progress;
        const Evaluation e = evaluate(model, nullptr, windows(64, 4), progress);
        double mean = 0, squares = 0;
        for (double loss : e.windowLoss)
            mean += loss / 4;
        for (double loss : e.windowLoss)
            squares += (loss - mean) * (loss - mean);
        QVERIFY(std::abs(e.perplexity.value - std::exp(mean)) < 1e-9);
        QVERIFY(std::abs(e.perplexity.standardError - std::exp(mean) * std::sqrt(squares / 3 / 4)) < 1e-9);
        QCOMPARE(evaluate(model, nullptr, windows(64, 1), progress).perplexity.standardError, 0.0);
    }
    void groupsOfWindowsDoNotMatter()
    {
        Transformer model(m_sample, *m_backend), reference(m_sample, *m_backend);
        Progress progress;
        const Evaluation all = evaluate(model, &reference, windows(64, 3), progress);
        const Evaluation single = evaluate(model, &reference, windows(64, 3), progress, 1);
        QVERIFY(all.windowLoss == single.windowLoss);
        QCOMPARE(all.divergence->mean, single.divergence->mean);
    }
    void otherVocabularyIsRefused()
    {
        Transformer model(m_sample, *m_backend);
        Transformer other(Checkpoint::open(QStringLiteral(HALFTONE_GOLDEN "/tiny_models/llama")), *m_backend);
        Progress progress;
        const QString told = sentenceOf([&] { evaluate(model, &other, windows(64, 1), progress); });
        QVERIFY2(told.contains(QLatin1String("vocabulary of 4096")), qPrintable(told));
    }

    void windowsAreConsecutiveAndTheFirst()
    {
        WindowRequest request;
        request.context = 4;
        request.count = 2;
        const TokenWindows w = cutWindows(counted(13), request, 100, -1, QStringLiteral("t"));
        QVERIFY((w.tokens == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
        QCOMPARE(w.textTokens, Index{13});
        QVERIFY(w.notes.isEmpty());
        request.count.reset();
        QCOMPARE(cutWindows(counted(13), request, 100, -1, QStringLiteral("t")).count, Index{3});
    }
    void bosTakesTheFirstPlaceOfEachWindow()
    {
        WindowRequest request;
        request.context = 4;
        const TokenWindows w = cutWindows(counted(7), request, 100, 99, QStringLiteral("t"));
        QVERIFY((w.tokens == std::vector<int>{99, 0, 1, 2, 99, 3, 4, 5}));
    }
    void skippedTokensAreLeftOut()
    {
        WindowRequest request;
        request.context = 3;
        request.skipTokens = 5;
        const TokenWindows w = cutWindows(counted(12), request, 100, -1, QStringLiteral("t"));
        QVERIFY((w.tokens == std::vector<int>{5, 6, 7, 8, 9, 10}));
        request.skipTokens = 20;
        QVERIFY(sentenceOf([&] { cutWindows(counted(12), request, 100, -1, QStringLiteral("t")); })
                    .contains(QLatin1String("has 0 tokens")));
    }
    void drawnWindowsRepeatBySeedAndLeaveOutWhatIsJudged()
    {
        WindowRequest request;
        request.context = 5;
        request.count = 40;
        const std::vector<int> text = counted(1000);
        const TokenWindows first = cutWindows(text, request, 100, 2000, QStringLiteral("t"));
        const TokenWindows drawn = drawWindows(text, first, 2000, 7, 160, 300, QStringLiteral("t"));
        QCOMPARE(drawn.count, Index{40});
        QVERIFY(drawn.tokens == drawWindows(text, first, 2000, 7, 160, 300, QStringLiteral("t")).tokens);
        QVERIFY(drawn.tokens != drawWindows(text, first, 2000, 8, 160, 300, QStringLiteral("t")).tokens);
        bool before = false, behind = false;
        for (Index w = 0; w < drawn.count; ++w) {
            const auto window = drawn.window(w);
            QCOMPARE(window[0], 2000); // what begins windows
            for (std::size_t i = 1; i < window.size(); ++i) {
                QVERIFY(window[i] < 160 || window[i] >= 300);
                QVERIFY(i == 1 || window[i] == window[i - 1] + 1);
            }
            before = before || window[1] < 160;
            behind = behind || window[1] >= 300;
        }
        QVERIFY(before && behind);
        // Where one window fits, it is that one; where none does, a sentence says so.
        const TokenWindows last = drawWindows(text, first, 2000, 3, 0, 996, QStringLiteral("t"));
        QVERIFY((std::vector<int>(last.window(39).begin(), last.window(39).end()) == std::vector<int>{2000, 996, 997, 998, 999}));
        QVERIFY(sentenceOf([&] { drawWindows(text, first, 2000, 3, 3, 998, QStringLiteral("t")); })
                    .contains(QLatin1String("no room")));
    }
    void defaultsShrinkAndSaySo()
    {
        WindowRequest request;
        request.defaultCount = 8;
        TokenWindows w = cutWindows(counted(50), request, 20, -1, QStringLiteral("t"));
        QCOMPARE(w.context, Index{20});
        QCOMPARE(w.count, Index{2});
        QCOMPARE(w.notes.size(), 2);
        w = cutWindows(counted(50), request, 4096, 7, QStringLiteral("t"));
        QCOMPARE(w.context, Index{51});
        QCOMPARE(w.count, Index{1});
    }
    void wishesThatCannotBeMetAreRefused_data()
    {
        QTest::addColumn<qlonglong>("context");
        QTest::addColumn<qlonglong>("count");
        QTest::addColumn<QString>("names");
        QTest::newRow("beyond the model") << 21LL << 1LL << QStringLiteral("2 to 20");
        QTest::newRow("one token") << 1LL << 1LL << QStringLiteral("2 to 20");
        QTest::newRow("negative") << -5LL << 1LL << QStringLiteral("-5");
        QTest::newRow("longer than the text") << 16LL << 1LL << QStringLiteral("has 15 tokens");
        QTest::newRow("too many") << 4LL << 4LL << QStringLiteral("gives 3 windows");
        QTest::newRow("none") << 4LL << 0LL << QStringLiteral("At least one");
        QTest::newRow("huge") << 4LL << std::numeric_limits<qlonglong>::max() << QStringLiteral("gives 3");
    }
    void wishesThatCannotBeMetAreRefused()
    {
        QFETCH(qlonglong, context);
        QFETCH(qlonglong, count);
        QFETCH(QString, names);
        WindowRequest request;
        request.context = static_cast<Index>(context);
        request.count = static_cast<Index>(count);
        const QString told =
            sentenceOf([&] { cutWindows(counted(15), request, 20, -1, QStringLiteral("t")); });
        QVERIFY2(told.contains(names), qPrintable(told));
    }
    void emptyTextIsRefused()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("empty.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto tokenizer = Tokenizer::forCheckpoint(*m_sample);
        QVERIFY(sentenceOf([&] { tokenizeFile(*tokenizer, file.fileName()); }).contains(QLatin1String("is empty")));
        QVERIFY(sentenceOf([&] { tokenizeFile(*tokenizer, dir.path()); }).contains(QLatin1String("cannot be read")));
    }
};

QTEST_APPLESS_MAIN(TestPerplexity)
#include "tst_perplexity.moc"
