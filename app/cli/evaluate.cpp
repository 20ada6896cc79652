// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/backends.h"
#include "app/cli/packed_flags.h"
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "evaluate/perplexity.h"
#include "evaluate/zero_shot.h"
#include "export/report.h"

#include <QDir>
#include <QFileInfo>
#include <optional>

namespace halftone::cli {

namespace {

struct Flags
{
    std::string model, text, reference, backend = "auto";
    std::optional<long> context, windows;
    long skip = 0;
    std::vector<std::string> tasks;
    long questions = 0;
    bool record = false;
    PackedFlags packed;
};

// One task by the model and, where there is one, the reference.
nlohmann::json answered(const std::string& path, const Flags& flags, Transformer& model, Transformer* reference,
                        const Tokenizer& tokenizer, Terminal& terminal, QString& out)
{
    const TaskFile task = readTaskFile(QString::fromStdString(path));
    const ZeroShot own = answer(model, tokenizer, task, flags.questions, terminal.progress);
    nlohmann::json json = zeroShotJson(own);
    json["log_likelihoods"] = own.logLikelihood;
    const auto share = [](double accuracy, double error) {
        return QStringLiteral("%1 +- %2 %").arg(100 * accuracy, 0, 'f', 2).arg(100 * error, 0, 'f', 2);
    };
    out += (out.isEmpty() ? QString() : QStringLiteral("\n")) +
           QStringLiteral("%1: %2 right of %3 questions, %4 by likelihood per byte (guessing: %5 %)")
               .arg(own.task, share(own.accuracy, own.error)).arg(own.questions)
               .arg(share(own.normalizedAccuracy, own.normalizedError)).arg(100 * own.chance, 0, 'f', 1);
    if (reference) {
        const ZeroShot before = answer(*reference, tokenizer, task, flags.questions, terminal.progress);
        json["reference"] = zeroShotJson(before);
        out += QStringLiteral("; the reference %1, %2").arg(share(before.accuracy, before.error),
                                                           share(before.normalizedAccuracy, before.normalizedError));
    }
    return json;
}

// Keeps what was answered beside the result, for its report.
void record(const Checkpoint& checkpoint, const nlohmann::json& tasks)
{
    if (checkpoint.format() != QLatin1String("halftone") || checkpoint.folder().isEmpty())
        throw Error(tr("'%1' is no packed folder, which alone can keep its evaluations.").arg(checkpoint.path()));
    const QString path = QDir(checkpoint.folder()).filePath(kEvaluationsFile);
    nlohmann::json kept = QFileInfo(path).isFile() ? readStrictJson(path) : nlohmann::json::object();
    if (!kept.is_object())
        kept = nlohmann::json::object();
    for (nlohmann::json task : tasks) {
        task.erase("log_likelihoods");
        kept["zero_shot"][task.at("task").get<std::string>()] = task;
    }
    const std::string text = kept.dump(2) + "\n";
    OutputFile file(path);
    file.write(text.data(), text.size());
    file.commit();
}

void run(const Flags& flags, Terminal& terminal)
{
    const auto checkpoint = Checkpoint::open(modelPath(flags.model));
    const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
    const auto backend = makeBackend(QString::fromStdString(flags.backend));
    Transformer model(checkpoint, *backend);
    flags.packed.apply(model);
    std::optional<Transformer> reference;
    if (!flags.reference.empty())
        reference.emplace(Checkpoint::open(modelPath(flags.reference)), *backend);
    QString out;
    nlohmann::json tasks = nlohmann::json::array();
    for (const std::string& path : flags.tasks)
        tasks.push_back(answered(path, flags, model, reference ? &*reference : nullptr, *tokenizer, terminal, out));
    if (flags.record)
        record(*checkpoint, tasks);
    if (flags.text.empty()) {
        terminal.print({{"zero_shot", tasks}, {"products", flags.packed.json(model)}}, out);
        return;
    }
    WindowRequest request;
    request.skipTokens = flags.skip;
    if (flags.context)
        request.context = *flags.context;
    if (flags.windows)
        request.count = *flags.windows;
    const QString text = QString::fromStdString(flags.text);
    const TokenWindows windows =
        cutWindows(tokenizeFile(*tokenizer, text), request, model.config().context,
                   tokenizer->addsBos() ? tokenizer->bos() : -1, text);
    for (const QString& note : windows.notes)
        terminal.note(note);
    const Evaluation e =
        evaluate(model, reference ? &*reference : nullptr, windows, terminal.progress);
    nlohmann::json json{{"perplexity", e.perplexity.value},
                        {"perplexity_error", e.perplexity.standardError},
                        {"tokens", windows.tokens.size()},
                        {"predictions", e.predictions},
                        {"windows", e.windows},
                        {"context", e.context},
                        {"seconds", e.seconds},
                        {"products", flags.packed.json(model)}};
    if (!tasks.empty())
        json["zero_shot"] = tasks;
    out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + QStringLiteral("perplexity %1 +- %2 over %3 windows of %4 tokens (%5 s)")
                      .arg(e.perplexity.value, 0, 'f', 4)
                      .arg(e.perplexity.standardError, 0, 'f', 4)
                      .arg(e.windows)
                      .arg(e.context)
                      .arg(e.seconds, 0, 'f', 1);
    if (e.divergence) {
        json["reference_perplexity"] = e.referencePerplexity->value;
        json["divergence"] = {{"mean", e.divergence->mean}, {"p99", e.divergence->p99}};
        json["same_top"] = e.divergence->sameTop;
        out += QStringLiteral("\nreference perplexity %1\nKL divergence %2 (99th percentile %3), same "
                              "top token %4 %")
                   .arg(e.referencePerplexity->value, 0, 'f', 4)
                   .arg(e.divergence->mean, 0, 'f', 5)
                   .arg(e.divergence->p99, 0, 'f', 4)
                   .arg(100 * e.divergence->sameTop, 0, 'f', 2);
    }
    terminal.print(json, out);
}

} // namespace

Verb addEvaluate(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand(
        "evaluate", "Perplexity of a model on a text, and its divergence from a reference model");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")
        ->required();
    app->add_option("--text", flags->text, "Text file");
    app->add_option("--zero-shot", flags->tasks,
                    "File of questions with answers to choose among: JSON lines of query, choices and gold (or "
                    "context_options and continuation, or context and continuation), or HellaSwag's text; repeatable");
    app->add_option("--questions", flags->questions, "The first N questions of each such file (default all)")
        ->check(CLI::PositiveNumber);
    app->add_flag("--record", flags->record, "Keep what --zero-shot gave in the packed folder, for its report");
    app->add_option("--context", flags->context,
                    "Tokens of a window (default 2048, or the model's context if shorter)");
    app->add_option("--windows", flags->windows, "The first N windows (default all)");
    app->add_option("--skip", flags->skip, "Leave out the first N tokens of the text")
        ->check(CLI::NonNegativeNumber);
    app->add_option("--reference", flags->reference, "Model to compare with, usually the original");
    app->add_option("--backend", flags->backend, "auto, cpu, vulkan or vulkan:N");
    flags->packed.addTo(app, "floats");
    app->callback([flags] {
        if (flags->text.empty() && flags->tasks.empty())
            throw CLI::RequiredError("--text or --zero-shot");
    });
    return {app, [flags](Terminal& terminal) {
                if (flags->record && flags->tasks.empty())
                    throw Error(tr("--record keeps what --zero-shot gives: name a file of questions."));
                run(*flags, terminal);
            }};
}

} // namespace halftone::cli
