// SPDX-License-Identifier: GPL-3.0-or-later
// Chat templates rendered as jinja2 renders them (tests/golden/make_chat_templates.py), and what hostile
// or unknown ones get.
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "model/chat_template.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace halftone;
using nlohmann::json;

namespace {

std::string rendered(const QString& text)
{
    return ChatTemplate::parse(text).render({{"user", "Hello"}}, "<s>", "</s>");
}

QString complaint(const QString& text)
{
    try {
        rendered(text);
    } catch (const Error& error) {
        return error.sentence();
    }
    return {};
}

} // namespace

class TestChatTemplate : public QObject
{
    Q_OBJECT
    const json m_rows = readStrictJson(QStringLiteral(HALFTONE_GOLDEN "/chat_templates.json"));

private slots:
    void rendersAsJinjaDoes_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            QTest::newRow(m_rows[i].at("name").get<std::string>().c_str()) << static_cast<int>(i);
    }
    void rendersAsJinjaDoes()
    {
        QFETCH(int, row);
        const json& r = m_rows[static_cast<std::size_t>(row)];
        std::vector<ChatMessage> messages;
        for (const json& m : r.at("messages"))
            messages.push_back({m.at("role"), m.at("content")});
        const auto text = QString::fromStdString(r.at("template").get<std::string>());
        const auto render = [&] {
            return ChatTemplate::parse(text).render(messages, "<s>", "</s>", r.at("add_generation_prompt").get<bool>());
        };
        if (r.contains("refused")) {
            try {
                render();
                QFAIL("not refused");
            } catch (const Error& error) {
                QVERIFY(error.sentence().contains(QString::fromStdString(r.at("refused").get<std::string>())));
            }
            return;
        }
        QCOMPARE(QString::fromStdString(render()), QString::fromStdString(r.at("expected").get<std::string>()));
    }

    void whatIsNotKnownIsNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* text, const char* named) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(named);
        };
        row("{% macro f() %}{% endmacro %}", "'macro'");
        row("{{ messages | rot13 }}", "'rot13'");
        row("{{ open('/etc/passwd') }}", "'open'");
        row("{{ messages[0].content.__class__() }}", "'__class__'");
        row("{{ 'a'.format(1) }}", "'format'");
        row("{{ 1 is prime }}", "'prime'");
        row("{% if true %}", "'endif'");
        row("\n\n{{ 'a }}", "line 3");
        row("{{ 1 + }}", "not expected");
        row("{% endfor %}", "has no beginning");
        row("{{ messages }}", "cannot be printed");
        row("{{ 1 % 0 }}", "divide");
        row("{% include 'x' %}", "'include'");
        row("{{ nothing.part }}", "undefined");
        row("{{ raise_exception('No.') }}", "refuses this conversation: No.");
    }
    void whatIsNotKnownIsNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const QString told = complaint(text);
        QVERIFY2(told.contains(named), qPrintable(told));
    }

    void hostileTemplatesAreStopped_data()
    {
        QTest::addColumn<QString>("text");
        QString doubling = QStringLiteral("{% set x = 'xxxxxxxx' %}");
        for (int i = 0; i < 60; ++i)
            doubling += QStringLiteral("{% set x = x + x %}");
        QTest::newRow("doubling") << doubling;
        QString loops;
        for (int i = 0; i < 6; ++i)
            loops += QStringLiteral("{% for i in range(9999) %}");
        loops += QStringLiteral("a");
        for (int i = 0; i < 6; ++i)
            loops += QStringLiteral("{% endfor %}");
        QTest::newRow("loops in loops") << loops;
        QTest::newRow("brackets") << QStringLiteral("{{ ") + QStringLiteral("(").repeated(100000);
        QTest::newRow("a long chain") << QStringLiteral("{{ 1") + QStringLiteral(" + 1").repeated(100000) + QStringLiteral(" }}");
        QTest::newRow("blocks in blocks") << QStringLiteral("{% if true %}").repeated(50000);
        QTest::newRow("not not") << QStringLiteral("{{ ") + QStringLiteral("not ").repeated(100000) + QStringLiteral("1 }}");
        QTest::newRow("filters") << QStringLiteral("{{ 'a'") + QStringLiteral("|trim").repeated(100000) + QStringLiteral(" }}");
        QTest::newRow("huge") << QString(2 << 20, QLatin1Char('x'));
    }
    void hostileTemplatesAreStopped()
    {
        QFETCH(QString, text);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!complaint(text).isEmpty());
        QVERIFY2(timer.elapsed() < 20000, QByteArray::number(timer.elapsed()));
    }

    void everyPrefixIsReadOrRefused()
    {
        for (const json& r : m_rows) {
            const auto text = QString::fromStdString(r.at("template").get<std::string>());
            for (qsizetype n = 0; n < text.size(); n += 3)
                complaint(text.left(n));
        }
    }
};

QTEST_APPLESS_MAIN(TestChatTemplate)
#include "tst_chat_template.moc"
