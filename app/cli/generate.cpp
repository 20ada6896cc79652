// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "app/backends.h"
#include "app/cli/packed_flags.h"
#include "app/cli/writing_flags.h"
#include "base/error.h"

#include <cstdio>

namespace halftone::cli {

namespace {

struct Flags
{
    std::string model, prompt, backend = "auto";
    Sampling sampling;
    bool ignoreEnd = false;
    PackedFlags packed;
};

void run(Flags flags, Terminal& terminal)
{
    const auto checkpoint = Checkpoint::open(modelPath(flags.model));
    const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
    const auto backend = makeBackend(QString::fromStdString(flags.backend));
    Transformer model(checkpoint, *backend);
    flags.packed.apply(model);
    std::vector<int> prompt = tokenizer->encode(flags.prompt, true);
    if ((tokenizer->addsBos() || prompt.empty()) && tokenizer->bos() >= 0)
        prompt.insert(prompt.begin(), tokenizer->bos());
    flags.sampling.stopAtEnd = !flags.ignoreEnd;
    const Index room = std::max<Index>(1, model.config().context - static_cast<Index>(prompt.size()));
    if (flags.sampling.maxTokens > room) {
        terminal.note(tr("Writing %1 tokens: the model's context of %2 holds no more.")
                          .arg(room)
                          .arg(model.config().context));
        flags.sampling.maxTokens = room;
    }
    const bool live = !terminal.json;
    if (live)
        std::fwrite(flags.prompt.data(), 1, flags.prompt.size(), stdout);
    const Generated out = generate(
        model, *tokenizer, prompt, flags.sampling,
        [live](int, const std::string& bytes) {
            if (live) {
                std::fwrite(bytes.data(), 1, bytes.size(), stdout);
                std::fflush(stdout);
            }
            return true;
        },
        terminal.progress);
    const double rate = out.seconds > 0 ? static_cast<double>(out.tokens.size()) / out.seconds : 0;
    if (live)
        terminal.note(writingNote(static_cast<std::int64_t>(out.tokens.size()), rate, out));
    terminal.print({{"text", tokenizer->decode(out.tokens)},
                    {"tokens", out.tokens},
                    {"prompt_tokens", prompt.size()},
                    {"prompt_seconds", out.promptSeconds},
                    {"seconds", out.seconds},
                    {"processor_seconds", out.processorSeconds},
                    {"tokens_per_second", rate},
                    {"load_seconds", out.loadSeconds},
                    {"products", flags.packed.json(model)},
                    {"resident_bytes", residentJson(out)}},
                   QString());
}

} // namespace

Verb addGenerate(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand("generate", "Let a model, original or packed, go on writing");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")
        ->required();
    app->add_option("--prompt", flags->prompt, "Text to go on from")->required();
    app->add_option("--tokens", flags->sampling.maxTokens, "Tokens to write (default 100)")
        ->check(CLI::Range(1, 1 << 20));
    addSamplingFlags(app, flags->sampling, "texts");
    app->add_flag("--ignore-end", flags->ignoreEnd, "Go on behind the end-of-text token");
    app->add_option("--backend", flags->backend, "auto, cpu, vulkan or vulkan:N");
    flags->packed.addTo(app, "packed");
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
