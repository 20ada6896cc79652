// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "checkpoint/checkpoint.h"
#include "model/token_windows.h"

namespace halftone::cli {

Verb addTokenize(CLI::App& parent)
{
    struct Flags
    {
        std::string model, text;
    };
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand(
        "tokenize", "Turn a text into token ids, without BOS and without parsing special tokens");
    app->add_option("MODEL", flags->model, "Folder, .safetensors, .gguf, packed folder, or 'sample'")
        ->required();
    app->add_option("--text", flags->text, "Text file")->required();
    return {app, [flags](Terminal& terminal) {
                const auto checkpoint = Checkpoint::open(modelPath(flags->model));
                const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
                const std::vector<int> tokens =
                    tokenizeFile(*tokenizer, QString::fromStdString(flags->text));
                QString text;
                if (!terminal.json)
                    for (int token : tokens)
                        text += QString::number(token) + QLatin1Char(' ');
                text.chop(1);
                terminal.print({{"tokens", tokens}, {"count", tokens.size()}}, text);
            }};
}

} // namespace halftone::cli
