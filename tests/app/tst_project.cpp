// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/project.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;

namespace {

RunRecord record(const char* label)
{
    RunRecord run;
    run.made = QDateTime::currentDateTime();
    run.label = QLatin1String(label);
    run.folder = QStringLiteral("/results/x");
    run.report.model = QStringLiteral("small");
    run.report.recipe = {{"method", "pb-llm"}};
    LayerReport layer;
    layer.name = QStringLiteral("a");
    layer.error = 0.5;
    run.report.layers = {layer};
    return run;
}

// Runs a statement on the file as another program would.
void tamper(const QString& path, const char* statement)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(QLatin1String(statement)));
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
}

struct Opened
{
    explicit Opened(const QString& path)
    {
        QObject::connect(&project, &Project::complained, [this](const QString& sentence) { complaints += sentence; });
        QObject::connect(&project, &Project::opened, [this] { answered = true; });
        project.open(path);
    }
    Project project;
    QStringList complaints;
    bool answered = false;
};

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ProjectTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

private slots:
    void keepsRunsNotesAndPins()
    {
        const QString file = path("kept.halftone");
        {
            Opened first(file);
            QTRY_VERIFY(first.answered);
            first.project.add(record("one"));
            const qint64 id = first.project.add(record("two"));
            first.project.annotate(id, QStringLiteral("zwei"), QStringLiteral("a note; 'quoted'"), true);
            first.project.remove(1);
            first.project.remember(QStringLiteral("columns"), {1, 2});
        }
        Opened again(file);
        QTRY_VERIFY(again.answered);
        QVERIFY(again.complaints.isEmpty());
        QCOMPARE(again.project.runs().size(), std::size_t(1));
        const RunRecord& run = *again.project.runs()[0];
        QCOMPARE(run.label, QStringLiteral("zwei"));
        QCOMPARE(run.note, QStringLiteral("a note; 'quoted'"));
        QVERIFY(run.pinned);
        QCOMPARE(run.report.layers.size(), std::size_t(1));
        QCOMPARE(run.report.layers[0].error, 0.5);
        QCOMPARE(again.project.remembered(QStringLiteral("columns")), nlohmann::json({1, 2}));
    }

    void aSecondProgramReadsOnlyAndSaysSo()
    {
        const QString file = path("shared.halftone");
        Opened first(file);
        QTRY_VERIFY(first.answered);
        first.project.add(record("one"));
        first.project.saveJobs({{{"x", 1}}});
        QTRY_VERIFY(bytesOf(file + QStringLiteral("-wal")).size() > 0 || bytesOf(file).size() > 8192);
        QTest::qWait(100);
        Opened second(file);
        QTRY_COMPARE(second.complaints.size(), 1);
        QVERIFY(second.complaints[0].contains(QLatin1String("another Halftone")));
        QVERIFY(!second.project.writable());
        QCOMPARE(second.project.runs().size(), std::size_t(1));
        second.project.add(record("lost"));
        QVERIFY(first.project.writable());
    }

    void aNewerProjectIsLeftAlone()
    {
        const QString file = path("newer.halftone");
        {
            Opened first(file);
            QTRY_VERIFY(first.answered);
            first.project.add(record("one"));
        }
        tamper(file, "PRAGMA user_version = 99");
        const QByteArray before = bytesOf(file);
        {
            Opened second(file);
            QTRY_COMPARE(second.complaints.size(), 1);
            QVERIFY(second.complaints[0].contains(QLatin1String("99")));
            QCOMPARE(second.project.runs().size(), std::size_t(1));
            second.project.add(record("lost"));
        }
        QCOMPARE(bytesOf(file), before);
    }

    void damagedAndForeignFilesAreRefusedUntouched_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("Dear project, where are you? This is no database at all.");
        QTest::newRow("cut") << QByteArray();
        QTest::newRow("foreign") << QByteArray();
    }
    void damagedAndForeignFilesAreRefusedUntouched()
    {
        QFETCH(QByteArray, content);
        const QString file = path(QTest::currentDataTag());
        const QString kind = QLatin1String(QTest::currentDataTag());
        if (kind == QLatin1String("cut")) {
            Opened first(file);
            QTRY_VERIFY(first.answered);
            for (int i = 0; i < 50; ++i)
                first.project.add(record("one"));
        } else if (kind == QLatin1String("foreign")) {
            tamper(file, "CREATE TABLE mails(id INTEGER)");
        }
        QFile raw(file);
        if (!content.isEmpty()) {
            QVERIFY(raw.open(QIODevice::WriteOnly));
            raw.write(content);
            raw.close();
        }
        if (kind == QLatin1String("cut"))
            QVERIFY(raw.resize(raw.size() * 2 / 3 / 4096 * 4096));
        const QByteArray before = bytesOf(file);
        Opened opened(file);
        QTRY_COMPARE(opened.complaints.size(), 1);
        QVERIFY2(opened.complaints[0].contains(file), qPrintable(opened.complaints[0]));
        QVERIFY(!opened.project.writable());
        opened.project.add(record("in memory"));
        QCOMPARE(opened.project.runs().size(), std::size_t(1));
        QCOMPARE(bytesOf(file), before);
    }

    void oneUnreadableRunHidesNoOther()
    {
        const QString file = path("partly.halftone");
        {
            Opened first(file);
            QTRY_VERIFY(first.answered);
            first.project.add(record("good"));
            first.project.add(record("bad"));
        }
        tamper(file, "UPDATE runs SET report = '{\"layers\": [' WHERE label = 'bad'");
        Opened again(file);
        QTRY_VERIFY(again.answered);
        QCOMPARE(again.project.runs().size(), std::size_t(1));
        QTRY_COMPARE(again.complaints.size(), 1);
        QVERIFY(again.complaints[0].contains(QLatin1String("bad")));
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "tst_project.moc"
