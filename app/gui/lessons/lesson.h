// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as read from resources/lessons: text and what each step shows and asks. Data only.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace halftone {

struct LessonPrediction
{
    QString ask;
    QStringList choices;
    int right = -1;      ///< place in choices; -1 when the step predicts nothing
    QString because;     ///< shown with the reveal
};

struct LessonControl
{
    QString title;       ///< empty: the step has no slider
    double low = 0, high = 1, start = 0;
    bool percent = false;
};

struct LessonStep
{
    QString say;         ///< one or two sentences
    QString picture;     ///< id of lessonPicture()
    QString tensor;      ///< selected in the window and shown; may be empty
    int row = 0;         ///< of the tensor, for pictures of a row
    int page = -1;       ///< shown in the window: 0 Model, 1 Matrix, ...; -1 leaves it
    LessonControl control;
    QString live;        ///< sentence under the picture, with {values} filled in
    LessonPrediction prediction;
    QString reveal;      ///< shown once asked for, with {values} of the picture
    QString question, answer;
};

struct Lesson
{
    QString id;          ///< the file's name
    QString title;
    QString aim;         ///< one sentence
    int minutes = 0;
    std::vector<LessonStep> steps;
};

/// In the reader's language where there is such a file, else in English; by number. Throws Error for a
/// damaged file.
std::vector<Lesson> readLessons();
/// Throws Error naming the file.
Lesson readLesson(const QString& path);

/// HTML of a whole lesson on paper; answers come at the end.
QString handoutHtml(const Lesson& lesson);

} // namespace halftone
