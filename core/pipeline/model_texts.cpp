// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/model_texts.h"

#include "base/error.h"
#include "pipeline/resources.h"

#include <QFileInfo>
#include <algorithm>

namespace halftone {

namespace {

constexpr Index kCalibrationWindows = 128;
constexpr Index kEvaluationWindows = 8;
constexpr Index kContext = 2048;

bool isSample(const Recipe& recipe)
{
    return QFileInfo(recipe.model).canonicalFilePath() ==
           QFileInfo(resourcePath(QStringLiteral("sample"))).canonicalFilePath();
}

WindowRequest requestOf(const TextChoice& choice, Index defaultCount)
{
    WindowRequest request;
    request.context = choice.context;
    request.count = choice.windows;
    request.defaultContext = kContext;
    request.defaultCount = defaultCount;
    return request;
}

// How many windows calibration takes by default when judging lives on what it leaves.
Index leavingSome(Index windowsInText)
{
    const Index left = std::min(kEvaluationWindows, std::max<Index>(1, windowsInText / 8));
    return std::clamp<Index>(windowsInText - left, 1, kCalibrationWindows);
}

} // namespace

QString calibrationTextOf(const Recipe& recipe)
{
    return !recipe.calibration.text.isEmpty() ? recipe.calibration.text
           : resourcePath(isSample(recipe) ? QStringLiteral("sample/calibration.txt")
                                           : QStringLiteral("calibration/default.txt"));
}

RunTexts textsFor(const Recipe& recipe, const Tokenizer& tokenizer, const ModelConfig& config)
{
    const bool sample = isSample(recipe);
    const int bos = tokenizer.addsBos() ? tokenizer.bos() : -1;
    const QString calibration = calibrationTextOf(recipe);
    QString evaluation = recipe.evaluation.text;
    if (evaluation.isEmpty() && sample)
        evaluation = resourcePath(QStringLiteral("sample/held_out.txt"));

    RunTexts out;
    out.calibrationName = QFileInfo(calibration).fileName();
    const std::vector<int> tokens = tokenizeFile(tokenizer, calibration);
    WindowRequest request = requestOf(recipe.calibration, kCalibrationWindows);
    if (evaluation.isEmpty() && recipe.judge && !request.count) {
        WindowRequest all = request;
        all.defaultCount = 0;
        request.defaultCount =
            leavingSome(cutWindows(tokens, all, config.context, bos, out.calibrationName).count);
    }
    out.calibration = cutWindows(tokens, request, config.context, bos, out.calibrationName);
    out.notes = out.calibration.notes;
    // Judged on are the same tokens whatever the seed, or its results would not be repeats.
    const auto draw = [&](Index from, Index to) {
        if (recipe.calibration.seed != 0)
            out.calibration = drawWindows(tokens, out.calibration, bos, static_cast<std::uint64_t>(recipe.calibration.seed),
                                          from, to, out.calibrationName);
    };
    if (!recipe.judge) {
        draw(0, 0);
        return out;
    }

    WindowRequest judged = requestOf(recipe.evaluation, kEvaluationWindows);
    if (evaluation.isEmpty()) {
        const Index step = out.calibration.context - (bos >= 0 ? 1 : 0);
        judged.skipTokens = out.calibration.count * step;
        judged.defaultContext = out.calibration.context;
        out.evaluationName = tr("%1, behind the calibration windows").arg(out.calibrationName);
        if (static_cast<Index>(tokens.size()) - judged.skipTokens < step) {
            out.notes << tr("The calibration text has no window left to judge the result on; name an "
                            "evaluation text.");
            draw(0, 0);
            return out;
        }
        out.evaluation = cutWindows(tokens, judged, config.context, bos, out.calibrationName);
        draw(judged.skipTokens,
             judged.skipTokens + out.evaluation->count * (out.evaluation->context - (bos >= 0 ? 1 : 0)));
    } else {
        out.evaluationName = QFileInfo(evaluation).fileName();
        out.evaluation = cutWindows(tokenizeFile(tokenizer, evaluation), judged, config.context, bos,
                                    out.evaluationName);
        draw(0, 0);
    }
    for (const QString& note : out.evaluation->notes)
        if (!out.notes.contains(note))
            out.notes << note;
    return out;
}

} // namespace halftone
