// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "export/targets.h"

#include <QFileInfo>

namespace halftone::cli {

namespace {

using nlohmann::json;

struct Flags
{
    std::string model, out, target = "gguf", type, embeddingType, headType;
    std::vector<std::string> typesFor;
    double shardMegabytes = 5000;
    bool turned = false, overwrite = false, dryRun = false;
};

QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

ExportChoices choicesFrom(const Flags& flags)
{
    ExportChoices choices;
    choices.type = text(flags.type);
    choices.embeddingType = text(flags.embeddingType);
    choices.headType = text(flags.headType);
    choices.shardBytes = static_cast<std::int64_t>(flags.shardMegabytes * 1e6);
    choices.turned = flags.turned;
    choices.overwrite = flags.overwrite;
    choices.program = QStringLiteral("Halftone " HALFTONE_VERSION);
    for (const std::string& flag : flags.typesFor) {
        const auto equals = flag.rfind('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(tr("'%1' should be PATTERN=TYPE, for example '*ffn_down*=q6_k'.").arg(text(flag)));
        choices.exceptions.push_back({text(flag.substr(0, equals)), text(flag.substr(equals + 1))});
    }
    return choices;
}

json listOf(const QStringList& list)
{
    json out = json::array();
    for (const QString& item : list)
        out.push_back(item.toStdString());
    return out;
}

json resultJson(const ExportTarget& target, const ExportEstimate& estimate, const ExportResult& result)
{
    json bytes{{"original", estimate.originalBytes}, {"estimated", estimate.bytes}, {"file", result.bytes}};
    for (const ExportPart& part : estimate.parts)
        bytes[part.id.toStdString()] = part.bytes;
    json nearest = json::array();
    for (const ExportNearest& n : estimate.nearest)
        nearest.push_back({{"type", n.type.toStdString()}, {"bits_per_weight", n.bitsPerWeight}, {"error", n.error}});
    return {{"target", target.id().toStdString()},
            {"type", estimate.type.toStdString()},
            {"path", result.path.toStdString()},
            {"files", listOf(result.files)},
            {"bytes", bytes},
            {"bits_per_weight", estimate.bitsPerWeight},
            {"readers", listOf(estimate.readers)},
            {"nearest", nearest},
            {"losses", listOf(estimate.losses)},
            {"notes", listOf(estimate.notes)}};
}

QString resultText(const ExportEstimate& estimate, const ExportResult& result)
{
    const auto megabytes = [](std::int64_t bytes) {
        return QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
    };
    std::vector<std::vector<QString>> rows;
    for (const ExportPart& part : estimate.parts)
        if (part.bytes > 0)
            rows.push_back({part.title, megabytes(part.bytes)});
    rows.push_back({tr("all"), megabytes(estimate.bytes)});
    rows.push_back({tr("the model's own files"), megabytes(estimate.originalBytes)});
    rows.push_back({tr("bits per linear weight"), QString::number(estimate.bitsPerWeight, 'f', 3)});
    QString out = table(rows);
    if (!estimate.nearest.empty()) {
        std::vector<std::vector<QString>> types{{tr("rounded to"), tr("bits"), tr("relative error")}};
        for (const ExportNearest& n : estimate.nearest)
            types.push_back({n.type, QString::number(n.bitsPerWeight, 'f', 2), QString::number(n.error, 'g', 3)});
        out += QLatin1Char('\n') + table(types);
    }
    out += tr("\nRead by %1.\n").arg(estimate.readers.join(QStringLiteral("; ")));
    return out + (result.path.isEmpty() ? tr("Nothing was written.")
                                        : tr("%1 was written and opens again.").arg(result.path));
}

void run(const Flags& flags, Terminal& terminal)
{
    const ExportTarget& target = exportTarget(text(flags.target));
    const ExportChoices choices = choicesFrom(flags);
    exportType(target, choices.type);
    checkExportChoices(target, choices);
    if (QFileInfo::exists(text(flags.out)) && !flags.overwrite && !flags.dryRun)
        throw Error(tr("'%1' is there already; choose another name, or say --overwrite.").arg(text(flags.out)));
    const auto checkpoint = Checkpoint::open(modelPath(flags.model));
    const ExportEstimate estimate = target.estimate(*checkpoint, choices);
    for (const QStringList& sentences : {estimate.losses, estimate.notes})
        for (const QString& sentence : sentences)
            terminal.note(sentence);
    ExportResult result;
    if (!flags.dryRun)
        result = writeExport(target, text(flags.out), *checkpoint, choices, terminal.progress);
    terminal.print(resultJson(target, estimate, result), resultText(estimate, result));
}

// "gguf: auto, f32, ...; huggingface: ..."
std::string typesOfTargets()
{
    QStringList out;
    for (const ExportTarget* target : exportTargets()) {
        QStringList ids;
        for (const ExportType& type : target->types())
            ids << type.id;
        out << target->id() + QStringLiteral(": ") + ids.join(QStringLiteral(", "));
    }
    return out.join(QStringLiteral("; ")).toStdString();
}

} // namespace

Verb addExport(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand("export", "Write a model, original or packed, in a form that other programs run");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")->required();
    std::string targets;
    for (const ExportTarget* target : exportTargets())
        targets += (targets.empty() ? "" : ", ") + target->id().toStdString();
    app->add_option("--to", flags->target, "Where to (default gguf): " + targets);
    app->add_option("--out", flags->out, "The file or folder to write; --dry-run needs none");
    app->add_option("--type", flags->type, "Type of the linear layers, the first being the default. " + typesOfTargets());
    app->add_option("--type-for,--tensor-type", flags->typesFor,
                    "Type of some tensors, PATTERN=TYPE on the names in the file (gguf); repeatable");
    app->add_option("--embedding-type", flags->embeddingType,
                    "Type of the embedding (gguf; default: q8_0, or the linear layers' if that is plain)");
    app->add_option("--head-type", flags->headType, "The same for an untied head");
    app->add_option("--shard-size", flags->shardMegabytes, "Most MB of tensors in one file of a folder (default 5000)")
        ->check(CLI::PositiveNumber);
    app->add_flag("--turn", flags->turned,
                  "Write the same model in a turned basis, folded into its weights (huggingface): quantize that, and it "
                  "runs anywhere");
    app->add_flag("--overwrite", flags->overwrite, "Replace what is there already");
    app->add_flag("--dry-run", flags->dryRun, "Say what the result would weigh and lose, and write nothing");
    app->callback([flags] {
        if (flags->out.empty() && !flags->dryRun)
            throw CLI::RequiredError("--out");
    });
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
