// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/task_files.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace halftone {

namespace {

using nlohmann::json;

constexpr qint64 kMostBytes = 256 << 20;

std::vector<std::string> texts(const json& list)
{
    return list.get<std::vector<std::string>>();
}

// The query as a model is to read it, and what stands between it and an answer.
std::string prompted(std::string query)
{
    const bool asks = query.rfind("Question:", 0) == 0 || query.rfind("Passage:", 0) == 0;
    while (!query.empty() && (query.back() == ' ' || query.back() == '\n'))
        query.pop_back();
    return asks ? query + "\nAnswer:" : query;
}

Question questionOf(const json& line)
{
    Question q;
    if (line.contains("choices")) {
        q.contexts = {prompted(line.at("query").get<std::string>())};
        for (const std::string& choice : texts(line.at("choices")))
            q.continuations.push_back(' ' + choice);
        q.right = line.at("gold").get<int>();
    } else if (line.contains("context_options")) {
        q.contexts = texts(line.at("context_options"));
        q.continuations = {' ' + line.at("continuation").get<std::string>()};
        q.right = line.at("gold").get<int>();
    } else {
        q.contexts = {prompted(line.at("context").get<std::string>())};
        q.continuations = {' ' + line.at("continuation").get<std::string>()};
    }
    return q;
}

bool isSound(const Question& q)
{
    const auto full = [](const std::string& text) { return text.find_first_not_of(" \n") != std::string::npos; };
    const auto alike = [&](const std::vector<std::string>& list) { return list.size() == 1 || list.size() == q.choices(); };
    return q.choices() > 0 && alike(q.contexts) && alike(q.continuations) && q.right >= 0 &&
           static_cast<std::size_t>(q.right) < q.choices() &&
           std::all_of(q.contexts.begin(), q.contexts.end(), full) &&
           std::all_of(q.continuations.begin(), q.continuations.end(), full);
}

std::vector<Question> fromJsonLines(const QStringList& lines, const QString& path)
{
    std::vector<Question> out;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        const QString where = tr("Line %1 of '%2'").arg(i + 1).arg(path);
        Question q;
        try {
            q = questionOf(parseStrictJson(lines[i].toStdString(), where));
        } catch (const json::exception&) {
            q = {};
        }
        if (!isSound(q))
            throw Error(tr("%1 is no question: it needs query, choices and gold; or context_options, continuation and "
                           "gold; or context and continuation.").arg(where));
        out.push_back(std::move(q));
    }
    return out;
}

std::vector<Question> fromGroupsOfSix(const QStringList& lines, const QString& path)
{
    constexpr qsizetype kLines = 6;
    std::vector<Question> out;
    for (qsizetype i = 0; i < lines.size() && !(i + 1 == lines.size() && lines[i].trimmed().isEmpty()); i += kLines) {
        bool isNumber = false;
        Question q;
        q.right = lines.value(i + 1).trimmed().toInt(&isNumber);
        q.contexts = {lines[i].trimmed().toStdString()};
        for (qsizetype k = i + 2; k < std::min(i + kLines, lines.size()); ++k)
            q.continuations.push_back(' ' + lines[k].trimmed().toStdString());
        if (!isNumber || q.choices() != 4 || !isSound(q))
            throw Error(tr("Line %1 of '%2' should begin six lines: a context, the number of the right ending from 0 to 3, "
                           "and four endings.").arg(i + 1).arg(path));
        out.push_back(std::move(q));
    }
    return out;
}

} // namespace

TaskFile readTaskFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > kMostBytes)
        throw Error(tr("'%1' has %2 bytes; files of questions have up to %3.").arg(path).arg(file.size()).arg(kMostBytes));
    const QString text = QString::fromUtf8(file.readAll());
    const QStringList lines = text.split(QLatin1Char('\n'));
    TaskFile out;
    out.name = QFileInfo(path).completeBaseName();
    out.questions = text.trimmed().startsWith(QLatin1Char('{')) ? fromJsonLines(lines, path) : fromGroupsOfSix(lines, path);
    if (out.questions.empty())
        throw Error(tr("'%1' holds no questions.").arg(path));
    return out;
}

} // namespace halftone
