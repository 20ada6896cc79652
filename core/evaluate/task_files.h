// SPDX-License-Identifier: GPL-3.0-or-later
// Questions with answers to choose among, from the files in which such tests are passed around. Knows no model.
#pragma once

#include <QString>
#include <algorithm>
#include <string>
#include <vector>

namespace halftone {

/// The answer is the choice whose words follow their context most likely. With one choice alone the question is whether
/// a model would write it of its own accord.
struct Question
{
    std::vector<std::string> contexts;      ///< one for all choices, or one for each
    std::vector<std::string> continuations; ///< what follows the context, its leading space included; likewise
    int right = 0;                          ///< number of the right choice

    std::size_t choices() const { return std::max(contexts.size(), continuations.size()); }
    const std::string& context(std::size_t choice) const { return contexts[contexts.size() > 1 ? choice : 0]; }
    const std::string& continuation(std::size_t choice) const { return continuations[continuations.size() > 1 ? choice : 0]; }
};

struct TaskFile
{
    QString name;                           ///< the file's, without folder and ending
    std::vector<Question> questions;
};

/// JSON, one object a line: {query, choices, gold}, {context_options, continuation, gold} or {context, continuation}.
/// Or text in groups of six lines: context, number of the right ending, four endings (HellaSwag). A query that begins
/// with "Question:" or "Passage:" is followed by a line "Answer:", as the published harnesses do. Throws Error naming the
/// file and the line.
TaskFile readTaskFile(const QString& path);

} // namespace halftone
