// SPDX-License-Identifier: GPL-3.0-or-later
// The README promises only what is there: verbs and flags that exist, files that exist, and the very
// command for the tests that .ci/run runs.
#include <QDir>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace {

QString contents(const QString& relative)
{
    QFile file(QStringLiteral(HALFTONE_SOURCE "/") + relative);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The command in the block of shell text that follows a mark such as "<!-- test -->".
QString commandAfter(const QString& mark)
{
    const QRegularExpression block(QStringLiteral("<!-- %1 -->\n```sh\n([^\n]+)\n```").arg(mark));
    return block.match(contents(QStringLiteral("README.md"))).captured(1);
}

QString helpOf(const QString& verb)
{
    QProcess process;
    QStringList arguments{QStringLiteral("--help")};
    if (!verb.isEmpty())
        arguments.prepend(verb);
    process.start(QStringLiteral(HALFTONE_CLI), arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        return {};
    return QString::fromUtf8(process.readAllStandardOutput());
}

bool offers(const QString& help, const QString& flag)
{
    const QString escaped = QRegularExpression::escape(flag);
    return QRegularExpression(QStringLiteral("(^|[\\s,])%1([\\s,]|$)").arg(escaped)).match(help).hasMatch();
}

// Each "halftone-cli VERB ..." of the README up to the end of its code span or command.
QStringList usesOfCli()
{
    static const QRegularExpression use(QStringLiteral("halftone-cli ([a-z][^`|>\n]*)"));
    QStringList uses;
    auto matches = use.globalMatch(contents(QStringLiteral("README.md")));
    while (matches.hasNext())
        uses << matches.next().captured(1);
    return uses;
}

} // namespace

class tst_readme : public QObject
{
    Q_OBJECT

private slots:
    void namesOnlyVerbsAndFlagsThatExist()
    {
        static const QRegularExpression flag(QStringLiteral("(?<=\\s)--[a-z-]+"));
        const QStringList uses = usesOfCli();
        QVERIFY(uses.size() >= 10);
        QMap<QString, QString> helps;
        for (const QString& use : uses) {
            const QString verb = use.section(QLatin1Char(' '), 0, 0);
            if (!helps.contains(verb))
                helps[verb] = helpOf(verb);
            QVERIFY2(!helps[verb].isEmpty(), qPrintable(QStringLiteral("no verb '%1'").arg(verb)));
            auto flags = flag.globalMatch(use);
            while (flags.hasNext()) {
                const QString name = flags.next().captured();
                QVERIFY2(offers(helps[verb], name),
                         qPrintable(QStringLiteral("%1 has no %2").arg(verb, name)));
            }
        }
    }

    void showsEveryVerb()
    {
        const QString subcommands = helpOf(QString()).section(QStringLiteral("Subcommands:"), 1);
        QVERIFY(!subcommands.isEmpty());
        QSet<QString> shown;
        for (const QString& use : usesOfCli())
            shown << use.section(QLatin1Char(' '), 0, 0);
        static const QRegularExpression verb(QStringLiteral("^  ([a-z]+)"),
                                             QRegularExpression::MultilineOption);
        auto verbs = verb.globalMatch(subcommands);
        QVERIFY(verbs.hasNext());
        while (verbs.hasNext()) {
            const QString name = verbs.next().captured(1);
            QVERIFY2(shown.contains(name), qPrintable(name));
        }
    }

    void linksOnlyToFilesThatExist()
    {
        static const QRegularExpression link(QStringLiteral("\\]\\((?!https?:)([^)#]+)\\)"));
        auto links = link.globalMatch(contents(QStringLiteral("README.md")));
        QVERIFY(links.hasNext());
        while (links.hasNext()) {
            const QString target = links.next().captured(1);
            QVERIFY2(QFile::exists(QStringLiteral(HALFTONE_SOURCE "/") + target), qPrintable(target));
        }
    }

    void givesTheCommandThatCiRuns()
    {
        const QString command = commandAfter(QStringLiteral("test"));
        QVERIFY(command.endsWith(QStringLiteral("ctest --preset release")));
        const QStringList lines =
            contents(QStringLiteral(".ci/run")).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QVERIFY(!lines.isEmpty());
        QCOMPARE(lines.constLast(), command);
    }

    void installsTheSameForBothCommands()
    {
        const QString first = commandAfter(QStringLiteral("run")).section(QStringLiteral(" && "), 0, 0);
        QVERIFY(!first.isEmpty());
        QCOMPARE(commandAfter(QStringLiteral("test")).section(QStringLiteral(" && "), 0, 0), first);
        QVERIFY(QFileInfo(QStringLiteral(HALFTONE_SOURCE "/") + first).isExecutable());
    }
};

QTEST_APPLESS_MAIN(tst_readme)
#include "tst_readme.moc"
