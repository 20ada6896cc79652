// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "compute/cpu_backend.h"
#include "evaluate/perplexity.h"
#include "evaluate/surprise.h"

#include <QtTest>
#include <cmath>

using namespace halftone;

class TestSurprise : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();
    std::shared_ptr<const Checkpoint> m_sample = Checkpoint::open(QStringLiteral(HALFTONE_RESOURCES "/sample"));
    std::shared_ptr<const Tokenizer> m_tokenizer = Tokenizer::forCheckpoint(*m_sample);
    Transformer m_model{m_sample, *m_backend};
    Progress m_progress;

private slots:
    // perplexity.cpp walks windows and is checked against transformers; this walks positions.
    void meanIsTheLogarithmOfPerplexity()
    {
        TokenWindows windows;
        windows.context = 150;
        windows.count = 1;
        windows.tokens = tokenizeFile(*m_tokenizer, QStringLiteral(HALFTONE_RESOURCES "/sample/held_out.txt"));
        windows.tokens.resize(150);
        const auto surprises = surpriseOf(m_model, windows.tokens, 0, m_progress);
        QCOMPARE(surprises.size(), std::size_t(150));
        double sum = 0;
        for (const TokenSurprise& each : surprises)
            sum += each.nats;
        const Evaluation evaluation = evaluate(m_model, nullptr, windows, m_progress);
        QVERIFY(std::abs(std::exp(sum / 149) / evaluation.perplexity.value - 1) < 1e-4);
    }
    void expectationsAreOrderedAndAgreeWithTheToken()
    {
        const auto tokens = m_tokenizer->encode("Once upon a time there was a dog.");
        for (const TokenSurprise& each : surpriseOf(m_model, tokens, 4, m_progress)) {
            if (each.expected.empty())
                continue;
            QCOMPARE(each.expected.size(), std::size_t(4));
            for (std::size_t i = 1; i < 4; ++i)
                QVERIFY(each.expected[i].second <= each.expected[i - 1].second);
            if (each.expected.front().first == each.token)
                QVERIFY(std::abs(std::exp(-each.nats) - each.expected.front().second) < 1e-9);
            else
                QVERIFY(std::exp(-each.nats) <= each.expected.front().second);
        }
    }
    void refusesMoreThanTheContext()
    {
        const std::vector<int> tokens(std::size_t(m_model.config().context) + 1, 5);
        QVERIFY_EXCEPTION_THROWN(surpriseOf(m_model, tokens, 0, m_progress), Error);
    }
};

QTEST_GUILESS_MAIN(TestSurprise)
#include "tst_surprise.moc"
