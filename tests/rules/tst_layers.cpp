// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the tree that a compiler does not check, read from the tree itself.
#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace {

const QDir kTree(QStringLiteral(HALFTONE_SOURCE));

QString textOf(const QString& path)
{
    QFile file(kTree.filePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// Paths below a folder of the tree, relative to the tree; build folders and hidden ones left out.
QStringList filesIn(const QString& folder, const QStringList& patterns)
{
    QStringList out;
    QDirIterator it(kTree.filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        out << kTree.relativeFilePath(it.next());
    out.sort();
    return out;
}

QStringList matches(const QString& text, const char* pattern)
{
    static QHash<QByteArray, QRegularExpression> known;
    QRegularExpression& expression = known[pattern];
    if (expression.pattern().isEmpty())
        expression = QRegularExpression(QString::fromLatin1(pattern),
                                        QRegularExpression::MultilineOption);
    QStringList out;
    for (auto it = expression.globalMatch(text); it.hasNext();)
        out << it.next().captured(1);
    return out;
}

QStringList sources()
{
    QStringList out;
    for (const char* folder : {"core", "app", "gpu", "tests"})
        out += filesIn(QString::fromLatin1(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")});
    return out;
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT
    QStringList m_folders;

private slots:
    void initTestCase()
    {
        m_folders = matches(textOf(QStringLiteral("core/CMakeLists.txt")),
                            "set\\(HALFTONE_FOLDERS ([^)]*)\\)").value(0).split(QLatin1Char(' '));
        QVERIFY(m_folders.size() > 8);
        QCOMPARE(m_folders.first(), QStringLiteral("base"));
        QCOMPARE(m_folders.last(), QStringLiteral("pipeline"));
    }

    void foldersOfCoreAreThoseOfTheList()
    {
        QStringList present = QDir(kTree.filePath(QStringLiteral("core")))
                                  .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        QStringList listed = m_folders;
        listed.sort();
        QCOMPARE(present, listed);
    }
    void foldersIncludeOnlyThemselvesAndEarlierOnes()
    {
        QStringList wrong;
        int includes = 0;
        for (const QString& file : filesIn(QStringLiteral("core"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")})) {
            const auto own = m_folders.indexOf(file.section(QLatin1Char('/'), 1, 1));
            for (const QString& included : matches(textOf(file), "^\\s*#\\s*include\\s*\"([^\"]+)\"")) {
                ++includes;
                const auto other = m_folders.indexOf(included.section(QLatin1Char('/'), 0, 0));
                if (other < 0 || other > own)
                    wrong << file + QStringLiteral(" includes ") + included;
            }
        }
        QVERIFY(includes > 100);
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
    }
    void coreKnowsNoWidgetsAndNoObjects()
    {
        QStringList wrong;
        for (const QString& file : filesIn(QStringLiteral("core"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")})) {
            const QString text = textOf(file);
            for (const QString& included : matches(text, "^\\s*#\\s*include\\s*<(Q[^>]+)>"))
                if (included == QLatin1String("QObject") || included.startsWith(QLatin1String("QtGui")) ||
                    included.startsWith(QLatin1String("QtWidgets")) || included.startsWith(QLatin1String("QWidget")) ||
                    included.startsWith(QLatin1String("QImage")) || included == QLatin1String("QTimer") ||
                    included == QLatin1String("QEventLoop") || included == QLatin1String("QColor"))
                    wrong << file + QStringLiteral(" includes ") + included;
            if (text.contains(QLatin1String("Q_OBJECT")))
                wrong << file + QStringLiteral(" declares a QObject");
        }
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
        QVERIFY(!textOf(QStringLiteral("core/CMakeLists.txt")).contains(QLatin1String("Qt6::Widgets")));
        QVERIFY(!textOf(QStringLiteral("core/CMakeLists.txt")).contains(QLatin1String("Qt6::Gui")));
    }
    void coreIncludesNothingOfAppAndGpu()
    {
        for (const QString& file : filesIn(QStringLiteral("core"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}))
            QVERIFY2(matches(textOf(file), "include\\s*\"((?:app|gpu)/[^\"]+)\"").isEmpty(), qPrintable(file));
    }
    void everySourceIsBuilt()
    {
        QStringList wrong;
        for (const char* part : {"core", "app", "gpu"})
            for (const QString& file : filesIn(QString::fromLatin1(part), {QStringLiteral("*.cpp")})) {
                // Listed by the nearest CMakeLists.txt above it.
                QString folder = file.section(QLatin1Char('/'), 0, -2);
                while (!QFileInfo::exists(kTree.filePath(folder + QStringLiteral("/CMakeLists.txt"))))
                    folder = folder.section(QLatin1Char('/'), 0, -2);
                const QString name = file.mid(folder.size() + 1);
                const QRegularExpression listed(QStringLiteral("(^|[\\s(])%1($|[\\s)])")
                                                    .arg(QRegularExpression::escape(name)));
                if (!listed.match(textOf(folder + QStringLiteral("/CMakeLists.txt"))).hasMatch())
                    wrong << file;
            }
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
    }
    void everyTestIsRegistered()
    {
        QStringList wrong;
        for (const QString& file : filesIn(QStringLiteral("tests"), {QStringLiteral("tst_*.cpp")})) {
            const QString name = QFileInfo(file).completeBaseName();
            const QString list = textOf(file.section(QLatin1Char('/'), 0, -2) + QStringLiteral("/CMakeLists.txt"));
            if (!QRegularExpression(QStringLiteral("\\b%1\\b").arg(name)).match(list).hasMatch())
                wrong << file;
        }
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
    }
    void everyQuantizerIsInTheTable()
    {
        const QString table = textOf(QStringLiteral("core/quantize/quantizers.cpp"));
        int found = 0;
        for (const QString& file : filesIn(QStringLiteral("core/quantize"), {QStringLiteral("*.h")}))
            for (const QString& name : matches(textOf(file), "^class (\\w+)[^;{]*: public Quantizer\\b")) {
                ++found;
                QVERIFY2(QRegularExpression(QStringLiteral("\\b%1\\b").arg(name)).match(table).hasMatch(),
                         qPrintable(name));
            }
        QVERIFY(found >= 2);
    }
    void everyFileNamesItsLicence()
    {
        QStringList wrong;
        QStringList files = sources();
        for (const char* folder : {"core", "app", "gpu", "tests"})
            files += filesIn(QString::fromLatin1(folder), {QStringLiteral("CMakeLists.txt"), QStringLiteral("*.py"),
                                                           QStringLiteral("*.sh"), QStringLiteral("*.comp")});
        for (const QString& file : files)
            if (!textOf(file).left(200).contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
                wrong << file;
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
    }
    void headersSayWhatTheyAreFor()
    {
        QStringList wrong;
        for (const QString& file : filesIn(QStringLiteral("core"), {QStringLiteral("*.h")})) {
            const QStringList lines = textOf(file).split(QLatin1Char('\n'));
            if (!lines.value(1).startsWith(QLatin1String("// ")) || !lines.contains(QStringLiteral("#pragma once")))
                wrong << file;
        }
        QCOMPARE(wrong.join(QLatin1Char('\n')), QString());
    }
    void topLevelHoldsNothingElse()
    {
        const QSet<QString> allowed{
            QStringLiteral("CMakeLists.txt"), QStringLiteral("CMakePresets.json"), QStringLiteral("LICENSE"),
            QStringLiteral("README.md"),      QStringLiteral("app"),               QStringLiteral("core"),
            QStringLiteral("gpu"),            QStringLiteral("resources"),         QStringLiteral("translations"),
            QStringLiteral("tests"),          QStringLiteral("packaging")};
        // What git ignores may lie about: "/build*/" matches the folder build.
        QStringList ignored;
        for (QString line : textOf(QStringLiteral(".gitignore")).split(QLatin1Char('\n')))
            ignored << line.remove(QLatin1Char('/'));
        QStringList extra;
        for (const QString& entry : kTree.entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
            if (!allowed.contains(entry) && !QDir::match(ignored, entry))
                extra << entry;
        QCOMPARE(extra.join(QLatin1Char('\n')), QString());
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
