// SPDX-License-Identifier: GPL-3.0-or-later
// Where a finished model can go, one row a target: what it costs, what is lost and who reads it is
// asked here before anything is written. The command line, the window and the tests walk this table.
#pragma once

#include "base/progress.h"
#include "checkpoint/checkpoint.h"

#include <QStringList>
#include <optional>
#include <span>
#include <vector>

namespace halftone {

/// A way to store the linear layers that a target offers.
struct ExportType
{
    QString id;              ///< "q8_0", "bf16", "4": on the command line
    QString title;
    QString readers;         ///< who reads it, and since when
};

struct ExportException
{
    QString pattern;         ///< shell wildcard on a tensor's name in the result
    QString type;            ///< ExportType::id
};

struct ExportChoices
{
    QString type;            ///< of the linear layers; empty: the target's standard for this model
    QString embeddingType;   ///< GGUF: empty is q8_0, or `type` when that is plain
    QString headType;        ///< the same for an untied head
    std::vector<ExportException> exceptions; ///< the last that fits wins
    std::int64_t shardBytes = 5'000'000'000; ///< folders: no file of tensors is larger, but for one tensor
    bool turned = false;     ///< Hugging Face: an equivalent model whose residual stream stands in another basis
    bool overwrite = false;
    QString program = QStringLiteral("Halftone"); ///< with its version, for the result's provenance
};

struct ExportPart
{
    QString id;              ///< "linear", "embedding", "head", "other"
    QString title;
    std::int64_t bytes = 0;
};

/// What one of a target's types would make of layers that it cannot take over exactly.
struct ExportNearest
{
    QString type;
    double bitsPerWeight = 0;
    double error = 0;        ///< |W - W'|^2 / |W|^2 over rows of one such layer, measured
};

struct ExportEstimate
{
    QString type;                    ///< as chosen, or the standard
    std::vector<ExportPart> parts;   ///< tensors by what they are; "other" counts small files too
    std::int64_t bytes = 0;          ///< of the whole result; within 1 % and a few kB of what is written
    std::int64_t originalBytes = 0;  ///< tensor files of the model as it is open
    std::int64_t linearWeights = 0;
    double bitsPerWeight = 0;        ///< of the linear layers, everything stored for them counted
    QStringList readers;             ///< programs and since which version
    std::vector<ExportNearest> nearest; ///< largest first; empty when nothing is lost by default
    QStringList losses;              ///< one sentence each: what the result no longer has
    QStringList notes;               ///< one sentence each: what could not be as asked
};

struct ExportResult
{
    QString path;
    std::int64_t bytes = 0;          ///< of all files
    QStringList files;               ///< names within the folder, or the one file's
};

class ExportTarget
{
public:
    virtual ~ExportTarget() = default;
    virtual QString id() const = 0;       ///< "gguf"
    virtual QString title() const = 0;    ///< translated
    virtual QString purpose() const = 0;  ///< translated: one sentence, for whom it is
    virtual bool isFolder() const = 0;
    virtual std::vector<ExportType> types() const = 0; ///< the standard first
    /// Reads headers, configuration and tokenizer only. Throws Error where the model cannot go there.
    virtual ExportEstimate estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const = 0;
    /// Use writeExport(), which checks first.
    virtual ExportResult write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                               Progress& progress) const = 0;
};

/// In the order they are offered.
std::span<const ExportTarget* const> exportTargets();
/// Throws Error that lists the known targets.
const ExportTarget& exportTarget(const QString& id);
/// The type of that id, the standard when it is empty; throws Error that lists the target's types.
ExportType exportType(const ExportTarget& target, const QString& id);

/// Throws Error for a choice that the target does not know, beyond its type.
void checkExportChoices(const ExportTarget& target, const ExportChoices& choices);

/// Writes the result to `path`, which appears whole or not at all: refuses what exists (unless it may
/// be overwritten), a missing parent and too little space before it begins, holds a few rows at a time,
/// and reads the headers of what it wrote back. Throws Error and Cancelled; nothing is left then.
ExportResult writeExport(const ExportTarget& target, const QString& path, const Checkpoint& checkpoint,
                         const ExportChoices& choices, Progress& progress);

} // namespace halftone
