// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/backends.h"
#include "app/cli/packed_flags.h"
#include "evaluate/perplexity.h"

#include <optional>

namespace halftone::cli {

namespace {

struct Flags
{
    std::string model, text, reference, backend = "auto";
    std::optional<long> context, windows;
    long skip = 0;
    PackedFlags packed;
};

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
    QString out = QStringLiteral("perplexity %1 +- %2 over %3 windows of %4 tokens (%5 s)")
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
    app->add_option("--text", flags->text, "Text file")->required();
    app->add_option("--context", flags->context,
                    "Tokens of a window (default 2048, or the model's context if shorter)");
    app->add_option("--windows", flags->windows, "The first N windows (default all)");
    app->add_option("--skip", flags->skip, "Leave out the first N tokens of the text")
        ->check(CLI::NonNegativeNumber);
    app->add_option("--reference", flags->reference, "Model to compare with, usually the original");
    app->add_option("--backend", flags->backend, "auto, cpu, vulkan or vulkan:N");
    flags->packed.addTo(app, "floats");
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
