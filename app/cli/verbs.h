// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of halftone-cli. Each adds its own flags to the parser and runs when it was named; results
// go to standard output, progress to a terminal's standard error.
#pragma once

#include "base/progress.h"
#include "compute/backend.h"

#include <CLI/CLI.hpp>
#include <QString>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace halftone::cli {

/// What every verb has: how to speak, and the progress that Ctrl+C cancels.
struct Terminal
{
    bool json = false;
    Progress& progress;

    /// Prints the JSON value, or the text, as --json asks for.
    void print(const nlohmann::json& value, const QString& text) const;
    /// One sentence on standard error.
    void note(const QString& sentence) const;
};

struct Verb
{
    CLI::App* app;
    std::function<void(Terminal&)> run;
    bool resumes = false; ///< interrupted work is kept
};

Verb addInspect(CLI::App& parent);
Verb addTokenize(CLI::App& parent);
Verb addEvaluate(CLI::App& parent);
Verb addGenerate(CLI::App& parent);
Verb addChat(CLI::App& parent);
Verb addQuantize(CLI::App& parent);
Verb addEstimate(CLI::App& parent);
Verb addSweep(CLI::App& parent);
Verb addExport(CLI::App& parent);
Verb addVerify(CLI::App& parent);
Verb addReport(CLI::App& parent);
Verb addRecipe(CLI::App& parent);
Verb addMethods(CLI::App& parent);
Verb addDevices(CLI::App& parent);

/// Progress::Listener that keeps one line on standard error, or nothing when that is no terminal.
Progress::Listener terminalProgress();

/// "sample" names the model that comes with Halftone; anything else is a path.
QString modelPath(const std::string& argument);

/// A table of right-aligned columns, the first left-aligned.
QString table(const std::vector<std::vector<QString>>& rows);

} // namespace halftone::cli
