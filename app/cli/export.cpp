// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "export/encode_blocks.h"
#include "export/gguf_model.h"

#include <QFileInfo>
#include <optional>

namespace halftone::cli {

namespace {

struct Flags
{
    std::string model, out, type = "f16";
    std::optional<std::string> embeddingType, headType;
    std::vector<std::string> tensorTypes;
    bool dryRun = false;
};

QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

GgufTypes typesFrom(const Flags& flags)
{
    GgufTypes types;
    types.linear = encodableType(text(flags.type));
    // Embedding and head are few and delicate: 8 bits, or what the linear layers have above that.
    const ElementType careful = info(types.linear).blockElements == 1 ? types.linear : ElementType::Q8_0;
    types.embedding = flags.embeddingType ? encodableType(text(*flags.embeddingType)) : careful;
    types.head = flags.headType ? encodableType(text(*flags.headType)) : careful;
    for (const std::string& flag : flags.tensorTypes) {
        const auto equals = flag.rfind('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(tr("'%1' should be PATTERN=TYPE, for example '*ffn_down*=q6_k'.").arg(text(flag)));
        types.exceptions.push_back({text(flag.substr(0, equals)), encodableType(text(flag.substr(equals + 1)))});
    }
    return types;
}

void run(const Flags& flags, Terminal& terminal)
{
    const QString path = text(flags.out);
    if (!flags.dryRun && QFileInfo::exists(path))
        throw Error(tr("'%1' is there already; choose another name or remove it.").arg(path));
    const auto checkpoint = Checkpoint::open(modelPath(flags.model));
    const GgufPlan plan = planGguf(*checkpoint, typesFrom(flags), QStringLiteral("Halftone " HALFTONE_VERSION));
    for (const QString& note : plan.notes)
        terminal.note(note);
    const std::int64_t parts = plan.linearBytes + plan.embeddingBytes + plan.headBytes + plan.otherBytes;
    std::int64_t file = 0;
    if (!flags.dryRun) {
        file = writeGgufModel(path, *checkpoint, plan, terminal.progress);
        // What was written is read back as anyone would: a file that does not open is no export.
        ModelConfig::of(*Checkpoint::open(path));
    }
    nlohmann::json notes = nlohmann::json::array();
    for (const QString& note : plan.notes)
        notes.push_back(note.toStdString());
    const auto row = [](const QString& name, std::int64_t bytes) {
        return std::vector<QString>{name, QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1)};
    };
    terminal.print({{"file", flags.dryRun ? std::string() : flags.out},
                    {"bytes",
                     {{"original", checkpoint->fileBytes()},
                      {"linear", plan.linearBytes},
                      {"embedding", plan.embeddingBytes},
                      {"head", plan.headBytes},
                      {"other", plan.otherBytes},
                      {"tensors", parts},
                      {"file", file}}},
                    {"notes", notes}},
                   table({row(tr("linear layers"), plan.linearBytes), row(tr("embedding"), plan.embeddingBytes),
                          row(tr("head"), plan.headBytes), row(tr("norms and biases"), plan.otherBytes),
                          row(tr("all tensors"), parts), row(tr("the original's files"), checkpoint->fileBytes())}) +
                       (flags.dryRun ? tr("Nothing was written.") : tr("%1 was written and opens again.").arg(path)));
}

} // namespace

Verb addExport(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand("export", "Write a model, original or packed, as a GGUF file for llama.cpp");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")->required();
    app->add_option("--out", flags->out, "The GGUF file to write")->required();
    std::string names;
    for (const ElementType type : encodableTypes())
        names += (names.empty() ? "" : ", ") + name(type).toLower().toStdString();
    app->add_option("--type", flags->type, "Type of the linear layers (default f16): " + names);
    app->add_option("--embedding-type", flags->embeddingType,
                    "Type of the embedding (default: q8_0, or the linear layers' if that is plain)");
    app->add_option("--head-type", flags->headType, "The same for an untied head");
    app->add_option("--tensor-type", flags->tensorTypes,
                    "Type of some tensors, PATTERN=TYPE on the names in the file; repeatable");
    app->add_flag("--dry-run", flags->dryRun, "Say what the file would weigh and write nothing");
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
