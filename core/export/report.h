// SPDX-License-Identifier: GPL-3.0-or-later
// What a run cost and what it gave, as one value; written as JSON and as a self-contained HTML page.
// Figures only as measured: an absent one is empty, never zero.
#pragma once

#include "base/matrix.h"
#include "evaluate/perplexity.h"
#include "evaluate/zero_shot.h"
#include "export/layer_picture.h"
#include "export/output_file.h"

#include <QString>
#include <QStringList>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace halftone {

/// One coded linear layer.
struct LayerReport
{
    QString name;               ///< the tensor
    Index block = 0;
    QString linear;             ///< "q", "gate", ...
    Index rows = 0, columns = 0;
    nlohmann::json settings;    ///< complete settings of the method for this layer
    double salientShare = 0;    ///< of weights in classes other than the first
    double nominalBits = 0;     ///< per weight, as papers count: codes only
    double diskBits = 0;        ///< per weight: every code, mask, scale and index as stored
    double error = 0;           ///< tr(E H E^T) / tr(W H W^T), or of the plain squares without Hessian
    double damping = 0;         ///< share of the mean diagonal that the Hessian needed
    LayerPicture picture;       ///< where the error lies; empty in reports of older versions
};

/// Bytes by what they hold; `packed` of them are coded, `original` as in the source file.
struct SizeReport
{
    std::int64_t originalFile = 0;     ///< all tensor files of the source
    std::int64_t packedFile = 0;       ///< all safetensors files of the result
    std::int64_t linearWeights = 0;    ///< number of weights in the coded linear layers
    std::int64_t linearOriginal = 0;
    std::int64_t linearPacked = 0;
    std::int64_t embeddingOriginal = 0;
    std::int64_t embeddingPacked = 0;
    std::int64_t headOriginal = 0;     ///< 0 for tied models
    std::int64_t headPacked = 0;
    std::int64_t otherPacked = 0;      ///< norms, biases, headers of the files
    double nominalBits = 0;            ///< per weight of the coded linear layers
    double diskBits = 0;
};

struct Report
{
    QString program;                   ///< "Halftone 0.1.0"
    QString model;                     ///< name of the source, without folders
    std::vector<WrittenFile> sourceFiles; ///< tensor files of the source with their hashes; empty in older reports
    QString architecture;
    QString method;                    ///< the method's title
    nlohmann::json recipe;
    std::vector<LayerReport> layers;
    SizeReport size;
    Index calibrationWindows = 0, calibrationContext = 0;
    QString calibrationText, evaluationText;
    std::optional<Evaluation> evaluation; ///< of the packed model, the original as reference
    QStringList backends;              ///< "cpu (AMD EPYC ...)", in the order they worked
    QStringList notes;                 ///< what defaults did and what to beware of, one sentence each
};

/// Seconds live apart from everything that must be equal from run to run.
struct RunTimes
{
    double calibrate = 0, quantize = 0, evaluate = 0, save = 0, total = 0;
    std::vector<double> blockSeconds;  ///< observe, code and propagate one block
    QString machine;                   ///< that last worked on it, as "AMD EPYC ..., 2 threads"; empty in older reports
    nlohmann::json toJson() const;
    /// What is missing or no number stays 0: times are nice to know, no more.
    static RunTimes fromJson(const nlohmann::json& json);
};

/// No times: equal for equal runs. The only paths are those the recipe names.
nlohmann::json reportJson(const Report& report);
Report reportFromJson(const nlohmann::json& json);

nlohmann::json layerJson(const LayerReport& layer);
LayerReport layerFromJson(const nlohmann::json& json);

/// What is known only where the result lies.
struct ReportPlace
{
    QString command;                   ///< makes the same result again
    std::vector<WrittenFile> files;    ///< of the result, with their hashes
    nlohmann::json zeroShot;           ///< by task, as zeroShotJson() writes them with "reference" beside; or null
};

/// Where a packed folder keeps evaluations that were asked for after its run.
inline const QString kEvaluationsFile = QStringLiteral("evaluations.json");
nlohmann::json zeroShotJson(const ZeroShot& answers);

/// The command for a result in a folder of that name.
QString commandToRepeat(const QString& folderName);

/// Of a packed folder; hashes its files. Throws Error and Cancelled.
ReportPlace reportPlaceOf(const QString& folder, const Progress& progress);

/// How the chart of the layers' errors is shown: drawn in the page, or as <img src="chart"> for programs
/// that draw it themselves.
enum class ReportChart { Drawn, Image };
/// Every how many blocks that chart has a label: there is room for 16.
inline Index blocksPerLabel(Index blocks) { return std::max<Index>(1, (blocks + 15) / 16); }

/// One page that needs nothing else: summary, bill of bits, chart of the layers' errors, table and picture of each
/// layer, how to make it again, files and their hashes, recipe. Reads well printed. Numbers in the reader's locale.
QString reportHtml(const Report& report, const RunTimes& times, const ReportPlace& place = {},
                   ReportChart chart = ReportChart::Drawn);

/// One line a layer, comma separated with a head line, as RFC 4180 has it. Numbers with a point.
QString reportCsv(const Report& report);

/// Reads report.json (or halftone-report.json of an export) and the times beside it. Throws Error.
Report readReport(const QString& folder, RunTimes& times);

} // namespace halftone
