// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/lesson.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "pipeline/resources.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

namespace halftone {

using nlohmann::json;

namespace {

QString text(const json& object, const char* key)
{
    return object.contains(key) ? QString::fromStdString(object.at(key).get<std::string>()) : QString();
}

LessonStep readStep(const json& j)
{
    LessonStep step;
    step.say = text(j, "say");
    step.picture = text(j, "picture");
    step.tensor = text(j, "tensor");
    step.row = j.value("row", 0);
    step.page = j.value("page", -1);
    step.live = text(j, "live");
    step.reveal = text(j, "reveal");
    step.question = text(j, "question");
    step.answer = text(j, "answer");
    if (j.contains("control")) {
        const json& c = j.at("control");
        step.control = {text(c, "title"), c.at("low"), c.at("high"), c.at("start"), c.value("percent", false)};
    }
    if (j.contains("predict")) {
        const json& p = j.at("predict");
        step.prediction.ask = text(p, "ask");
        for (const json& choice : p.at("choices"))
            step.prediction.choices += QString::fromStdString(choice.get<std::string>());
        step.prediction.right = p.at("right");
        step.prediction.because = text(p, "because");
    }
    return step;
}

// Placeholders mean nothing on paper.
QString onPaper(QString sentence)
{
    static const QRegularExpression value(QStringLiteral("\\{\\w+\\}"));
    return sentence.replace(value, QStringLiteral("____"));
}

} // namespace

Lesson readLesson(const QString& path)
{
    try {
        const json j = readStrictJson(path);
        Lesson lesson{QFileInfo(path).completeBaseName(), text(j, "title"), text(j, "aim"), j.at("minutes"), {}};
        for (const json& step : j.at("steps"))
            lesson.steps.push_back(readStep(step));
        if (lesson.title.isEmpty() || lesson.steps.empty())
            throw Error(tr("The lesson '%1' has no title or no steps.").arg(path));
        return lesson;
    } catch (const json::exception& e) {
        throw Error(tr("The lesson '%1' is damaged: %2.").arg(path, QString::fromUtf8(e.what())));
    }
}

std::vector<Lesson> readLessons()
{
    const QDir folder(resourcePath(QStringLiteral("lessons")));
    const QString language = QLocale().name();
    std::vector<Lesson> lessons;
    for (const QString& file : QDir(folder.filePath(QStringLiteral("en"))).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QString path = folder.filePath(QStringLiteral("en/") + file);
        for (const QString& own : {language, language.section(QLatin1Char('_'), 0, 0)})
            if (QFileInfo::exists(folder.filePath(own + QLatin1Char('/') + file))) {
                path = folder.filePath(own + QLatin1Char('/') + file);
                break;
            }
        lessons.push_back(readLesson(path));
    }
    return lessons;
}

QString handoutHtml(const Lesson& lesson)
{
    QString html = QStringLiteral("<h1>%1</h1><p><i>%2</i></p>").arg(lesson.title.toHtmlEscaped(), lesson.aim.toHtmlEscaped());
    html += QStringLiteral("<p>%1</p>").arg(tr("About %1 minutes. Open Halftone, choose this lesson and follow it step by step.").arg(lesson.minutes));
    QString answers;
    int number = 0;
    for (const LessonStep& step : lesson.steps) {
        html += QStringLiteral("<h2>%1</h2><p>%2</p>").arg(++number).arg(onPaper(step.say).toHtmlEscaped());
        if (step.prediction.right >= 0) {
            html += QStringLiteral("<p><b>%1</b></p><p>").arg(step.prediction.ask.toHtmlEscaped());
            for (const QString& choice : step.prediction.choices)
                html += QStringLiteral("☐ %1<br/>").arg(choice.toHtmlEscaped());
            html += QStringLiteral("</p>");
            answers += QStringLiteral("<p><b>%1.</b> %2. %3</p>").arg(number)
                           .arg(step.prediction.choices.value(step.prediction.right).toHtmlEscaped(), step.prediction.because.toHtmlEscaped());
        }
        if (!step.live.isEmpty())
            html += QStringLiteral("<p>%1</p>").arg(onPaper(step.live).toHtmlEscaped());
        if (!step.question.isEmpty()) {
            html += QStringLiteral("<p><b>%1</b></p><p>_______________________________________________</p>").arg(step.question.toHtmlEscaped());
            answers += QStringLiteral("<p><b>%1.</b> %2</p>").arg(number).arg(step.answer.toHtmlEscaped());
        }
    }
    return html + QStringLiteral("<h2 style=\"page-break-before:always\">%1</h2>%2").arg(tr("Answers"), answers);
}

} // namespace halftone
