// SPDX-License-Identifier: GPL-3.0-or-later
// Lets several models write or read one text in turn, so that only one is in memory. Runs on any
// thread; tells its listener what came, column by column.
#pragma once

#include "base/progress.h"
#include "evaluate/generate.h"
#include "evaluate/surprise.h"

#include <QString>
#include <QStringList>
#include <functional>

namespace halftone {

struct TextOrder
{
    QStringList models;  ///< paths, the original first
    QString prompt;
    Sampling sampling;
    bool forced = false; ///< each model scores what the original wrote instead of writing itself
    QString backend = QStringLiteral("auto");
};

/// A token of a forced text as it is shown.
struct ReadToken
{
    QString text;
    double nats = 0;
    QString expected;    ///< "dog 41 %, cat 12 %"
    bool given = false;  ///< part of the prompt
};

struct TextListener
{
    std::function<void(int column, const QString& text)> wrote;
    std::function<void(int column, const std::vector<ReadToken>& tokens)> read;
    std::function<void(int column, const QString& facts)> ended;
};

/// Throws Error and Cancelled.
void writeTexts(const TextOrder& order, const TextListener& listener, Progress& progress);

/// Whole characters of a stream of bytes; what may still become one waits. Bytes that never will
/// become U+FFFD.
class Utf8Stream
{
public:
    QString take(const std::string& bytes);
    QString rest();

private:
    std::string m_waiting;
};

} // namespace halftone
