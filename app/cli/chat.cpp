// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends.h"
#include "app/cli/packed_flags.h"
#include "app/cli/writing_flags.h"
#include "base/error.h"
#include "model/chat_template.h"
#include "model/utf8.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace halftone::cli {

namespace {

struct Flags
{
    std::string model, system, message, backend = "auto";
    Sampling sampling;
    Index context = 2048;
    PackedFlags packed;
};

// Tokens by which models say that their turn is over, of those the vocabulary has.
std::vector<int> turnEnds(const Tokenizer& tokenizer)
{
    std::vector<int> ends;
    for (const char* text : {"<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<|endoftext|>",
                             "<end_of_turn>", "</s>"}) {
        const std::vector<int> tokens = tokenizer.encode(text, true);
        if (tokens.size() == 1 && tokenizer.isSpecial(tokens[0]))
            ends.push_back(tokens[0]);
    }
    return ends;
}

class Conversation
{
public:
    Conversation(const Flags& flags, Terminal& terminal)
        : m_flags(flags), m_terminal(terminal), m_checkpoint(Checkpoint::open(modelPath(flags.model))),
          m_tokenizer(Tokenizer::forCheckpoint(*m_checkpoint)),
          m_backend(makeBackend(QString::fromStdString(flags.backend))), m_model(m_checkpoint, *m_backend)
    {
        if (m_tokenizer->chatTemplate().isEmpty())
            throw Error(tr("The model '%1' has no chat template; 'halftone-cli generate' lets it continue a text.")
                            .arg(m_checkpoint->path()));
        m_template = ChatTemplate::parse(m_tokenizer->chatTemplate());
        m_flags.packed.apply(m_model);
        m_flags.sampling.stopTokens = turnEnds(*m_tokenizer);
        if (!flags.system.empty())
            m_messages.push_back({"system", flags.system});
        m_writer.emplace(m_model, *m_tokenizer, std::min(flags.context, m_model.config().context),
                         terminal.progress);
    }

    void say(const std::string& text)
    {
        m_messages.push_back({"user", text});
        const auto piece = [&](int token) { return token >= 0 ? m_tokenizer->piece(token) : std::string(); };
        const std::vector<int> prompt =
            m_tokenizer->encode(m_template.render(m_messages, piece(m_tokenizer->bos()), piece(m_tokenizer->eos())), true);
        Sampling sampling = m_flags.sampling;
        const Index room = m_writer->capacity() - static_cast<Index>(prompt.size());
        if (room < 1)
            throw Error(tr("The conversation has %1 tokens and there is room for %2; --context gives more, up to the model's %3.")
                            .arg(prompt.size()).arg(m_writer->capacity()).arg(m_model.config().context));
        sampling.maxTokens = std::min(sampling.maxTokens, room);
        sampling.seed += m_messages.size();
        std::string pending;
        const Generated out = m_writer->write(
            prompt, sampling,
            [&](int, const std::string& bytes) {
                pending += bytes;
                show(takeWholeCharacters(pending));
                return true;
            },
            m_terminal.progress);
        show(pending + "\n");
        m_messages.push_back({"assistant", m_tokenizer->decode(out.tokens)});
        m_tokens += static_cast<std::int64_t>(out.tokens.size());
        m_seconds += out.seconds;
        m_last = out;
    }

    void report() const
    {
        const double rate = m_seconds > 0 ? static_cast<double>(m_tokens) / m_seconds : 0;
        nlohmann::json messages = nlohmann::json::array();
        for (const ChatMessage& m : m_messages)
            messages.push_back({{"role", m.role}, {"content", m.content}});
        if (!m_terminal.json)
            return m_terminal.note(writingNote(m_tokens, rate, m_last));
        m_terminal.print({{"messages", messages},
                          {"tokens", m_tokens},
                          {"tokens_per_second", rate},
                          {"products", m_flags.packed.json(m_model)},
                          {"resident_bytes", residentJson(m_last)}},
                         {});
    }

private:
    void show(const std::string& text) const
    {
        if (m_terminal.json || text.empty())
            return;
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

    Flags m_flags;
    Terminal& m_terminal;
    std::shared_ptr<const Checkpoint> m_checkpoint;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    std::unique_ptr<ComputeBackend> m_backend;
    Transformer m_model;
    ChatTemplate m_template;
    std::optional<Writer> m_writer;
    std::vector<ChatMessage> m_messages;
    Generated m_last;
    std::int64_t m_tokens = 0;
    double m_seconds = 0;
};

void run(const Flags& flags, Terminal& terminal)
{
    Conversation conversation(flags, terminal);
    if (!flags.message.empty()) {
        conversation.say(flags.message);
    } else {
        const bool person = isatty(STDIN_FILENO) != 0 && !terminal.json;
        std::string line;
        for (;;) {
            if (person)
                std::fputs("> ", stderr);
            if (!std::getline(std::cin, line) || (person && line.empty()))
                break;
            terminal.progress.check();
            if (!line.empty())
                conversation.say(line);
        }
    }
    conversation.report();
}

} // namespace

Verb addChat(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    flags->sampling.maxTokens = 512;
    CLI::App* app = parent.add_subcommand(
        "chat", "Talk with a model by the chat template it carries: a line of input is a message, an empty one ends");
    app->add_option("MODEL", flags->model, "Folder, .gguf or packed folder with a chat template")->required();
    app->add_option("--message", flags->message, "Say this one message instead of reading lines");
    app->add_option("--system", flags->system, "What the model is told first");
    app->add_option("--tokens", flags->sampling.maxTokens, "Longest answer in tokens (default 512)")
        ->check(CLI::Range(1, 1 << 20));
    app->add_option("--context", flags->context, "Room for the conversation in tokens (default 2048)")
        ->check(CLI::Range(1, 1 << 24));
    addSamplingFlags(app, flags->sampling, "answers");
    app->add_option("--backend", flags->backend, "auto, cpu, vulkan or vulkan:N");
    flags->packed.addTo(app, "packed");
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
