// SPDX-License-Identifier: GPL-3.0-or-later
// How many questions a model answers without having been shown an example: by which answer's words it finds most
// likely behind the question.
#pragma once

#include "base/progress.h"
#include "evaluate/task_files.h"
#include "model/tokenizer.h"
#include "model/transformer.h"

namespace halftone {

struct ZeroShot
{
    QString task;
    Index questions = 0;
    double accuracy = 0;           ///< share of right answers by the sum of log-likelihoods
    double normalizedAccuracy = 0; ///< the same by the sum divided by the answer's bytes, its leading space not counted
    double error = 0, normalizedError = 0; ///< standard errors of the two
    double chance = 0;             ///< what guessing gives; 0 where there is nothing to choose among
    double seconds = 0;
    std::vector<double> logLikelihood; ///< of every choice of every question, in order
};

/// The first `count` questions (0: all). A question with one choice counts as right when each of its tokens is the
/// model's most likely one. Contexts that are too long lose their beginning. Throws Error, also for a model that predicts
/// NaN or infinity, and Cancelled. Choices are walked in groups whose hidden states fit activationBytes.
ZeroShot answer(Transformer& model, const Tokenizer& tokenizer, const TaskFile& task, Index count, Progress& progress,
                std::int64_t activationBytes = std::int64_t{1} << 30);

} // namespace halftone
