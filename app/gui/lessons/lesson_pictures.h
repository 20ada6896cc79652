// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson's step shows, worked out from the sample model: numbers for the sentences and data for
// the picture. No widgets; runs on any thread.
#pragma once

#include "base/progress.h"
#include "checkpoint/checkpoint.h"
#include "lessons/lesson.h"

#include <QImage>
#include <QMap>

namespace halftone {

struct LessonView
{
    enum class Kind { None, Histogram, Text, Map, Bill, Walk };

    Kind kind = Kind::None;
    std::vector<double> bars;            ///< Histogram: counts from low to high; Walk: weights as they stand
    std::vector<double> before;          ///< Walk: the weights as they were
    int coded = 0;                       ///< Walk: columns done
    double low = 0, high = 0;
    std::vector<double> marks;           ///< Histogram: where the levels stand
    QStringList markNames;               ///< of the marks; empty: minus and plus alpha
    std::vector<double> breaks;          ///< Histogram: where it is divided
    std::vector<double> bestMarks;       ///< and where they lose least
    QString text;                        ///< Text: what the compressed model writes
    QString original;                    ///< and what the original writes
    QImage image;                        ///< Map: one pixel a weight
    std::vector<std::pair<QString, double>> parts; ///< Bill: bits a weight
    QMap<QString, QString> values;       ///< for {placeholders}
};

/// The picture of a step with its slider at `control`. Pictures: "row" (one row and two levels at plus
/// and minus control times the mean magnitude), "text" (the model with that salient share), "mask-magnitude",
/// "mask-column" (which weights are salient), "bill" (what a weight costs at that share), "billm" (the same for BiLLM), "walk" (the column walk),
/// "residual" and "break" (see bell_picture.h).
/// Throws Error and Cancelled.
LessonView lessonView(const std::shared_ptr<const Checkpoint>& model, const LessonStep& step, double control,
                      Progress& progress);

/// `sentence` with each {name} replaced.
QString filled(QString sentence, const QMap<QString, QString>& values);

} // namespace halftone
