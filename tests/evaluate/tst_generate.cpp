// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "compute/cpu_backend.h"
#include "evaluate/generate.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace halftone;
using nlohmann::json;

class TestGenerate : public QObject
{
    Q_OBJECT
    json m_golden = readStrictJson(QStringLiteral(HALFTONE_GOLDEN "/sample_logits.json")).at("greedy");
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();
    std::shared_ptr<const Checkpoint> m_sample =
        Checkpoint::open(QStringLiteral(HALFTONE_RESOURCES "/sample"));
    std::shared_ptr<const Tokenizer> m_tokenizer = Tokenizer::forCheckpoint(*m_sample);
    std::vector<int> m_prompt = m_golden.at("prompt").get<std::vector<int>>();

    std::vector<int> written(const Sampling& sampling, const TokenListener& listener = {},
                             std::int64_t floatBytes = std::int64_t{8} << 30)
    {
        Transformer model(m_sample, *m_backend);
        Progress progress;
        return generate(model, *m_tokenizer, m_prompt, sampling, listener, progress, floatBytes).tokens;
    }

private slots:
    void greedyTextIsThatOfTransformers()
    {
        const auto expected = m_golden.at("tokens").get<std::vector<int>>();
        Sampling greedy;
        greedy.maxTokens = static_cast<Index>(expected.size());
        greedy.stopAtEnd = false;
        std::string streamed;
        const auto tokens = written(greedy, [&](int, const std::string& bytes) {
            streamed += bytes;
            return true;
        });
        QVERIFY(tokens == expected);
        QCOMPARE(streamed, m_tokenizer->decode(expected, true));
        QVERIFY(written(greedy, {}, 0) == expected); // no block held as floats
    }
    void equalSeedsGiveEqualTexts()
    {
        Sampling sampling;
        sampling.temperature = 1;
        sampling.seed = 42;
        sampling.maxTokens = 20;
        sampling.stopAtEnd = false;
        const auto first = written(sampling);
        QVERIFY(written(sampling) == first);
        sampling.seed = 43;
        QVERIFY(written(sampling) != first);
    }
    void listenerStopsTheText()
    {
        Sampling greedy;
        greedy.maxTokens = 20;
        int seen = 0;
        QCOMPARE(written(greedy, [&](int, const std::string&) { return ++seen < 3; }).size(), std::size_t{3});
    }
    void samplesFollowTheirShares()
    {
        const std::vector<float> logits{std::log(1.f), std::log(2.f), std::log(5.f), std::log(2.f)};
        Sampling sampling;
        sampling.temperature = 1;
        std::uint64_t state = 7;
        std::array<int, 4> counts{};
        for (int i = 0; i < 20000; ++i)
            ++counts[static_cast<std::size_t>(sampleToken(logits, sampling, state))];
        const double expected[] = {2000, 4000, 10000, 4000};
        for (std::size_t i = 0; i < 4; ++i) // five standard deviations
            QVERIFY(std::abs(counts[i] - expected[i]) < 5 * std::sqrt(expected[i]));
    }
    void topKAndTopPKeepTheMostLikely_data()
    {
        QTest::addColumn<int>("k");
        QTest::addColumn<double>("p");
        QTest::addColumn<QString>("tokens");
        QTest::newRow("all") << 0 << 1.0 << QStringLiteral("0 1 2 3");
        QTest::newRow("k 1") << 1 << 1.0 << QStringLiteral("2");
        QTest::newRow("k 2, the tie to the lower id") << 2 << 1.0 << QStringLiteral("1 2");
        QTest::newRow("k beyond all") << 9 << 1.0 << QStringLiteral("0 1 2 3");
        QTest::newRow("p 0") << 0 << 0.0 << QStringLiteral("2");
        QTest::newRow("p 0.49") << 0 << 0.49 << QStringLiteral("2");
        QTest::newRow("p 0.6") << 0 << 0.6 << QStringLiteral("1 2");
        QTest::newRow("p 0.8") << 0 << 0.8 << QStringLiteral("1 2 3");
        QTest::newRow("k 2 and p 0.75") << 2 << 0.75 << QStringLiteral("1 2");
    }
    void topKAndTopPKeepTheMostLikely()
    {
        QFETCH(int, k);
        QFETCH(double, p);
        QFETCH(QString, tokens);
        const std::vector<float> logits{std::log(1.f), std::log(2.f), std::log(5.f), std::log(2.f)};
        Sampling sampling;
        sampling.temperature = 1;
        sampling.topK = k;
        sampling.topP = p;
        std::uint64_t state = 1;
        std::set<int> seen;
        for (int i = 0; i < 2000; ++i)
            seen.insert(sampleToken(logits, sampling, state));
        QStringList names;
        for (int token : seen)
            names << QString::number(token);
        QCOMPARE(names.join(QLatin1Char(' ')), tokens);
    }
    void tooLongATextIsRefused()
    {
        Sampling sampling;
        sampling.maxTokens = 1020;
        QVERIFY_EXCEPTION_THROWN(written(sampling), Error);
        m_prompt.clear();
        sampling.maxTokens = 10;
        QVERIFY_EXCEPTION_THROWN(written(sampling), Error);
    }
};

QTEST_APPLESS_MAIN(TestGenerate)
#include "tst_generate.moc"
