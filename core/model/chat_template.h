// SPDX-License-Identifier: GPL-3.0-or-later
// The chat template that a checkpoint carries (Jinja text), turned into a prompt. A small interpreter of
// the part of Jinja that templates of Llama, SmolLM2, Qwen2 and their like use: for, if, set, expressions,
// a few filters, tests and methods. Anything else is refused by name. A template is data from a file:
// it reaches nothing but the messages, and its steps, depth and output are bounded.
#pragma once

#include <QString>
#include <memory>
#include <string>
#include <vector>

namespace halftone {

struct ChatMessage
{
    std::string role;    ///< "system", "user", "assistant"
    std::string content; ///< UTF-8
};

namespace chat {
struct Statement;
}

class ChatTemplate
{
public:
    /// Throws Error for text that is not understood, with its line.
    static ChatTemplate parse(const QString& text);

    /// bos and eos are the texts of those tokens, which templates name bos_token and eos_token. Throws
    /// Error when the template refuses the messages, asks for what is not known, or exceeds the bounds.
    std::string render(const std::vector<ChatMessage>& messages, const std::string& bos,
                       const std::string& eos, bool addGenerationPrompt = true) const;

private:
    std::shared_ptr<const std::vector<chat::Statement>> m_statements;
};

} // namespace halftone
