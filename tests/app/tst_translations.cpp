// SPDX-License-Identifier: GPL-3.0-or-later
// What a Chinese reader sees is Chinese: every sentence of the sources is in the file and translated,
// and the running window shows none in English.
#include "job_runner.h"
#include "language.h"
#include "lessons/lesson.h"
#include "look_lane.h"
#include "main_window.h"
#include "pages/page_list.h"
#include "pipeline/resources.h"
#include "run_order.h"
#include "session.h"

#include <QAbstractButton>
#include <QAction>
#include <QDirIterator>
#include <QLabel>
#include <QRegularExpression>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

using namespace halftone;

namespace {

struct Entry
{
    QString translation;
    bool unfinished = true;
};

// Source sentence to translation, contexts joined.
QHash<QString, Entry> entries(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QHash<QString, Entry> out;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            const bool unfinished = xml.attributes().hasAttribute(QLatin1String("type"));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            out.insert(source, {text, unfinished || text.isEmpty()});
        }
    }
    return out;
}

// The literal in tr("..." "..."): lupdate would find the same.
QStringList sentencesOf(const QString& text)
{
    static const QRegularExpression call(QStringLiteral(
        "\\b(?:tr|QT_TR_NOOP)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
    static const QRegularExpression part(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QStringList out;
    for (auto it = call.globalMatch(text); it.hasNext();) {
        QString joined;
        for (auto p = part.globalMatch(it.next().captured(1)); p.hasNext();)
            joined += p.next().captured(1);
        joined.replace(QLatin1String("\\n"), QLatin1String("\n")).replace(QLatin1String("\\\""), QLatin1String("\""));
        out += joined;
    }
    return out;
}

} // namespace

class TranslationsTest : public QObject
{
    Q_OBJECT

    QHash<QString, Entry> m_chinese = entries(QStringLiteral(HALFTONE_SOURCE "/translations/halftone_zh_CN.ts"));
    QTemporaryDir m_settings;

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QVERIFY(m_chinese.size() > 500);
    }

    void everySentenceOfTheWindowIsTranslated()
    {
        QStringList missing;
        QDirIterator files(QStringLiteral(HALFTONE_SOURCE "/app/gui"), {QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        int found = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const QString& sentence : sentencesOf(QString::fromUtf8(file.readAll()))) {
                ++found;
                if (m_chinese.value(sentence).unfinished)
                    missing += file.fileName().section(QLatin1Char('/'), -1) + QStringLiteral(": ") + sentence;
            }
        }
        QVERIFY(found > 250);
        QCOMPARE(missing.join(QLatin1Char('\n')), QString());
    }

    void translationsKeepTheirPlaceholders()
    {
        static const QRegularExpression placeholder(QStringLiteral("%(?:L?[0-9n])"));
        const auto sorted = [](const QString& text) {
            QStringList all;
            for (auto it = placeholder.globalMatch(text); it.hasNext();)
                all += it.next().captured();
            all.sort();
            return all;
        };
        for (auto it = m_chinese.cbegin(); it != m_chinese.cend(); ++it)
            if (!it->unfinished)
                QVERIFY2(sorted(it.key()) == sorted(it->translation), qPrintable(it.key()));
    }

    void theWindowShowsNoEnglish()
    {
        useLanguage(*QCoreApplication::instance(), QStringLiteral("zh_CN"));
        LookLane look;
        JobRunner jobs(runOrder);
        Session session(look, jobs);
        MainWindow window(session);
        window.show();
        session.open(resourcePath(QStringLiteral("sample")));
        QTRY_VERIFY(session.checkpoint());
        QStringList english;
        const auto check = [&](const QString& text) {
            if (m_chinese.contains(text) && m_chinese.value(text).translation != text && !text.trimmed().isEmpty())
                english += text;
        };
        for (int page = 0; page < int(pageRows().size()); ++page) {
            window.showPage(MainWindow::Page(page));
            QTest::qWait(20);
            for (const QWidget* widget : window.findChildren<QWidget*>()) {
                check(widget->toolTip());
                check(widget->accessibleName());
                if (const auto* label = qobject_cast<const QLabel*>(widget))
                    check(label->text());
                if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
                    check(button->text());
            }
            for (const QAction* action : window.findChildren<QAction*>())
                check(action->text());
        }
        english.removeDuplicates();
        QCOMPARE(english.join(QLatin1Char('\n')), QString());
        QVERIFY(readLessons().front().title.contains(QChar(0x7b26))); // lessons too
        QLocale::setDefault(QLocale(QLocale::English));
    }

    void lessonsSayTheSameInEveryLanguage()
    {
        const QDir english(resourcePath(QStringLiteral("lessons/en")));
        for (const QString& file : english.entryList({QStringLiteral("*.json")})) {
            const Lesson one = readLesson(english.filePath(file));
            const Lesson other = readLesson(resourcePath(QStringLiteral("lessons/zh_CN/") + file));
            QCOMPARE(other.steps.size(), one.steps.size());
            for (std::size_t i = 0; i < one.steps.size(); ++i) {
                QCOMPARE(other.steps[i].picture, one.steps[i].picture);
                QCOMPARE(other.steps[i].tensor, one.steps[i].tensor);
                QCOMPARE(other.steps[i].prediction.right, one.steps[i].prediction.right);
                QCOMPARE(other.steps[i].prediction.choices.size(), one.steps[i].prediction.choices.size());
                QCOMPARE(other.steps[i].control.start, one.steps[i].control.start);
                QVERIFY(other.steps[i].say != one.steps[i].say);
            }
        }
    }
};

QTEST_MAIN(TranslationsTest)
#include "tst_translations.moc"
