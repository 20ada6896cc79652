// SPDX-License-Identifier: GPL-3.0-or-later
// Files of questions are read or refused by line, and answers are scored as a walk over single tokens scores them;
// transformers' own scores are compared in tests/peers.
#include "base/error.h"
#include "compute/cpu_backend.h"
#include "evaluate/surprise.h"
#include "evaluate/zero_shot.h"
#include "test_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <cmath>

using namespace halftone;

class TestZeroShot : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();
    std::shared_ptr<const Checkpoint> m_sample = Checkpoint::open(QStringLiteral(HALFTONE_RESOURCES "/sample"));
    std::shared_ptr<const Tokenizer> m_tokenizer = Tokenizer::forCheckpoint(*m_sample);
    Transformer m_model{m_sample, *m_backend};
    Progress m_progress;

    TaskFile read(const QByteArray& text)
    {
        QFile file(m_dir.filePath(QStringLiteral("task.jsonl")));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            throw Error(QStringLiteral("the test cannot write"));
        file.close();
        return readTaskFile(file.fileName());
    }
    QString sentenceOf(const QByteArray& text)
    {
        try {
            read(text);
        } catch (const Error& e) {
            return e.sentence();
        }
        return {};
    }

private slots:
    void everyFormIsRead()
    {
        const TaskFile all = read("{\"query\": \"Question: Who barks?\\n\", \"choices\": [\"a dog\", \"a fish\"], \"gold\": 0}\n"
                                  "{\"context_options\": [\"Tom\", \"Ann\"], \"continuation\": \"ran.\", \"gold\": 1}\n\n"
                                  "{\"context\": \"Once upon a\", \"continuation\": \"time\"}\n");
        QCOMPARE(all.name, QStringLiteral("task"));
        QCOMPARE(all.questions.size(), std::size_t{3});
        QCOMPARE(all.questions[0].context(1), std::string("Question: Who barks?\nAnswer:"));
        QCOMPARE(all.questions[0].continuation(1), std::string(" a fish"));
        QCOMPARE(all.questions[1].context(1), std::string("Ann"));
        QCOMPARE(all.questions[1].continuation(1), std::string(" ran."));
        QCOMPARE(all.questions[1].right, 1);
        QCOMPARE(all.questions[2].choices(), std::size_t{1});
        const TaskFile six = read("Roof: He\n3\nis.\nwas.\nhad.\nfell.\nBoat: She\n0\na\nb\nc\nd\n");
        QCOMPARE(six.questions.size(), std::size_t{2});
        QCOMPARE(six.questions[0].continuation(3), std::string(" fell."));
    }
    void whatIsNoQuestionIsRefusedByLine()
    {
        const QByteArray good = "{\"context\": \"a\", \"continuation\": \"b\"}\n";
        for (const char* bad : {"{\"query\": \"a\", \"choices\": [\"b\"], \"gold\": 1}", "{\"query\": \"a\"}", "[1]", "{\"query\"",
                                "{\"query\": \"a\", \"choices\": [], \"gold\": 0}", "{\"query\": \"a\", \"choices\": [\"\"], \"gold\": 0}",
                                "{\"query\": \"a\", \"choices\": [\"b\", \"c\"], \"gold\": -1}", "{\"context\": 5, \"continuation\": \"b\"}"})
            QVERIFY2(sentenceOf(good + bad + '\n').contains(QLatin1String("ine 2")), qPrintable(sentenceOf(good + bad)));
        QVERIFY(sentenceOf("Roof: He\n4\na\nb\nc\nd\n").contains(QLatin1String("Line 1")));
        QVERIFY(sentenceOf("Roof: He\n1\na\nb\nc\nd\nBoat\n").contains(QLatin1String("Line 7")));
        QVERIFY(!sentenceOf("").isEmpty());
        QVERIFY(!sentenceOf("{").isEmpty());
    }
    // surprise.cpp walks one text token by token.
    void likelihoodsAreThoseOfTheTokens()
    {
        const TaskFile task = read("{\"query\": \"One rainy morning, a boy\", \"choices\": [\"named Tom\", \"banana Tuesday\"], \"gold\": 0}\n"
                                   "{\"context_options\": [\"The boat\", \"The cook\"], \"continuation\": \"sailed away.\", \"gold\": 0}\n"
                                   "{\"context\": \"One rainy morning, a boy\", \"continuation\": \"named Tom woke up\"}\n"
                                   "{\"context\": \"One rainy morning, a boy\", \"continuation\": \"banana\"}\n");
        const ZeroShot got = answer(m_model, *m_tokenizer, task, 0, m_progress, 1); // groups of one
        QCOMPARE(got.logLikelihood.size(), std::size_t{6});
        std::size_t at = 0;
        for (const Question& q : task.questions)
            for (std::size_t c = 0; c < q.choices(); ++c, ++at) {
                const auto whole = m_tokenizer->encode(q.context(c) + q.continuation(c));
                const auto before = m_tokenizer->encode(q.context(c)).size();
                double sum = 0;
                const auto surprises = surpriseOf(m_model, whole, 0, m_progress);
                for (std::size_t i = before; i < whole.size(); ++i)
                    sum -= surprises[i].nats;
                QVERIFY2(std::abs(sum - got.logLikelihood[at]) < 1e-3, qPrintable(QString::number(sum - got.logLikelihood[at])));
            }
        QVERIFY(got.logLikelihood[0] > got.logLikelihood[1]);
        QVERIFY(std::abs(got.chance - 0.25) < 1e-12); // two of four have two choices
        QVERIFY(got.accuracy >= 0.5 && got.accuracy <= 0.75); // Tom twice, not the banana; the boat may be
        const ZeroShot first = answer(m_model, *m_tokenizer, task, 1, m_progress);
        QCOMPARE(first.questions, Index{1});
        QCOMPARE(first.accuracy, 1.0);
        QVERIFY(std::abs(first.logLikelihood[0] - got.logLikelihood[0]) < 1e-4);
    }
    void longContextsLoseTheirBeginning()
    {
        QByteArray long_ = "{\"context\": \"";
        for (int i = 0; i < 2000; ++i)
            long_ += "Once upon a time ";
        const TaskFile task = read(long_ + "Once upon a\", \"continuation\": \"time\"}\n");
        QCOMPARE(answer(m_model, *m_tokenizer, task, 0, m_progress).questions, Index{1});
    }
    void cancellingStops()
    {
        Progress cancelled;
        cancelled.cancel();
        const TaskFile task = read("{\"context\": \"Once upon a\", \"continuation\": \"time\"}\n");
        QVERIFY_EXCEPTION_THROWN(answer(m_model, *m_tokenizer, task, 0, cancelled), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestZeroShot)
#include "tst_zero_shot.moc"
