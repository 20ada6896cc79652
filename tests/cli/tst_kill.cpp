// SPDX-License-Identifier: GPL-3.0-or-later
// A run that is killed and started again, as often as it takes, ends with the bytes of an undisturbed
// one. tests/bench/kill_ten_times.py does the same at length.
#include "run_cli.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <signal.h>

using namespace halftone;

class TestKill : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model, m_whole;

    QStringList command(const QString& out) const
    {
        return QStringList{QStringLiteral("quantize"), m_model, QStringLiteral("--out"), out,
                           QStringLiteral("--embedding-bits"), QStringLiteral("8")} + smallFlags();
    }
    void start(QProcess& process, const QString& out) const
    {
        process.setProcessEnvironment(cliEnvironment());
        process.start(QStringLiteral(HALFTONE_CLI), command(out));
        QVERIFY(process.waitForStarted());
    }

private slots:
    void initTestCase()
    {
        m_model = makeSmallSample(m_dir.filePath(QStringLiteral("model")));
        m_whole = m_dir.filePath(QStringLiteral("whole"));
        const Said said = cli(command(m_whole));
        QVERIFY2(said.code == 0, qPrintable(said.error));
    }

    void killedRunEndsWithTheSameBytes()
    {
        QElapsedTimer timer;
        timer.start();
        cli(command(m_dir.filePath(QStringLiteral("timed"))));
        const int whole = static_cast<int>(timer.elapsed());
        const QString out = m_dir.filePath(QStringLiteral("killed"));
        QRandomGenerator random(20260722);
        int kills = 0;
        for (int attempt = 0; attempt < 4 && !QFileInfo::exists(out); ++attempt) {
            QProcess process;
            start(process, out);
            const bool ended = process.waitForFinished(random.bounded(whole / 3, whole));
            process.kill(); // SIGKILL
            process.waitForFinished();
            kills += !ended;
        }
        if (!QFileInfo::exists(out)) {
            const Said said = cli(command(out));
            QVERIFY2(said.code == 0, qPrintable(said.error));
        }
        QVERIFY(kills > 0);
        QCOMPARE(differences(out, m_whole), QString());
        QVERIFY(!QFileInfo::exists(out + QStringLiteral(".partial")));
    }
    void killAtEachFileEndsWithTheSameBytes_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"run-state.json", "model-00002-of-00003.safetensors", "times.json",
                                 "model-00001-of-00003.safetensors", "model.safetensors.index.json", "report.json"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void killAtEachFileEndsWithTheSameBytes()
    {
        QFETCH(QString, file);
        const QString out = m_dir.filePath(QStringLiteral("at ") + file);
        QProcess process;
        start(process, out);
        while (process.state() == QProcess::Running && !QFileInfo::exists(out + QStringLiteral(".partial/") + file))
            process.waitForFinished(1);
        process.kill();
        process.waitForFinished();
        if (!QFileInfo::exists(out)) {
            const Said said = cli(command(out));
            QVERIFY2(said.code == 0, qPrintable(said.error));
        }
        QCOMPARE(differences(out, m_whole), QString());
    }
    void interruptIsQuickAndCanGoOn()
    {
        const QString out = m_dir.filePath(QStringLiteral("interrupted"));
        QProcess process;
        start(process, out);
        while (process.state() == QProcess::Running && !QFileInfo::exists(out + QStringLiteral(".partial")))
            process.waitForFinished(1);
        QElapsedTimer timer;
        timer.start();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(30000));
        QVERIFY2(timer.elapsed() < 2000, QByteArray::number(timer.elapsed()));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(),
                 QByteArray("halftone-cli: interrupted; the same command goes on from here.\n"));
        QVERIFY(!QFileInfo::exists(out));
        QCOMPARE(cli(command(out)).code, 0);
        QCOMPARE(differences(out, m_whole), QString());
    }
    void secondRunAtTheSameTimeIsRefused()
    {
        const QString out = m_dir.filePath(QStringLiteral("twice"));
        QProcess first;
        start(first, out);
        while (first.state() == QProcess::Running && !QFileInfo::exists(out + QStringLiteral(".partial")))
            first.waitForFinished(1);
        ::kill(static_cast<pid_t>(first.processId()), SIGSTOP);
        const Said second = cli(command(out));
        ::kill(static_cast<pid_t>(first.processId()), SIGCONT);
        QVERIFY(first.waitForFinished(60000));
        QCOMPARE(second.code, 1);
        QVERIFY2(second.error.contains(QLatin1String("Another run is writing to")), qPrintable(second.error));
        QCOMPARE(first.exitCode(), 0);
        QCOMPARE(differences(out, m_whole), QString());
    }
};

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
