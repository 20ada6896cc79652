// SPDX-License-Identifier: GPL-3.0-or-later
// Text to token ids and back, as the model's own files define it. Exact, or refused by name: a part
// of a tokenizer that is not known here is never guessed. It does not apply chat templates.
#pragma once

#include <QString>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halftone {

class Checkpoint;
struct TokenizerParts;

/// Immutable once made: every function may be called from several threads at once.
class Tokenizer
{
public:
    /// From GGUF metadata, else from tokenizer.json (and the small files beside it) in
    /// checkpoint.folder(). Throws Error when there is none or when it uses an unknown part.
    static std::shared_ptr<const Tokenizer> forCheckpoint(const Checkpoint& checkpoint);
    /// tokenizerConfig (tokenizer_config.json) gives BOS, EOS and the chat template; what it lacks is
    /// taken from bos_token_id / eos_token_id / vocab_size of generationOrModelConfig. Both may be null.
    static std::shared_ptr<const Tokenizer> fromHuggingFace(const nlohmann::json& tokenizerJson,
                                                            const nlohmann::json& tokenizerConfig,
                                                            const nlohmann::json& generationOrModelConfig);
    /// The flat key-value pairs of a GGUF file ("tokenizer.ggml.model", ...).
    static std::shared_ptr<const Tokenizer> fromGguf(const nlohmann::json& metadata);

    explicit Tokenizer(TokenizerParts parts);
    virtual ~Tokenizer();
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;

    /// Adds neither BOS nor EOS. The text of special tokens ("<|im_end|>") is plain text unless
    /// parseSpecial; added tokens that are not special are always matched. Bytes that are not UTF-8
    /// are kept as they are where the vocabulary has bytes (byte-level BPE, byte fallback) and become
    /// the unknown token elsewhere.
    virtual std::vector<int> encode(std::string_view utf8, bool parseSpecial = false) const;
    /// The bytes the tokens stand for; they may end within a character. Special tokens are left out
    /// unless withSpecial. Throws Error for an id outside the vocabulary.
    std::string decode(std::span<const int> tokens, bool withSpecial = false) const;
    /// The bytes of one token in the middle of a text, special ones included: for streaming.
    const std::string& piece(int token) const;

    int vocabularySize() const;
    /// -1 where the model has none.
    int bos() const;
    int eos() const;
    bool isSpecial(int token) const;
    /// Whether the model expects bos() before every text.
    bool addsBos() const;
    /// The Jinja text as found; empty if there is none.
    QString chatTemplate() const;
    /// "byte-level BPE", "SentencePiece BPE", "BPE with byte fallback", "BPE" or "unigram".
    QString kind() const;

private:
    std::unique_ptr<const TokenizerParts> m_parts;
};

} // namespace halftone
