// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tokenizer.h"

#include "base/error.h"
#include "model/byte_pairs.h"
#include "model/json_field.h"
#include "model/sentencepiece_pairs.h"
#include "model/tokenizer_parts.h"
#include "model/vocabulary_pieces.h"

#include <QStringList>
#include <cmath>

namespace halftone {

namespace {

using nlohmann::json;

constexpr const char* kWhere = "GGUF metadata";

/// tokenizer.ggml.token_type
enum TokenType { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

constexpr const char* kDigits = "\\p{N}";
constexpr const char* kLlama3Words =
    "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
constexpr const char* kQwen2Words =
    "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/// How the words of a byte-level vocabulary are cut: llama.cpp's names for the same expressions.
struct WordRules
{
    std::vector<const char*> names;
    std::vector<const char*> expressions;
    bool wholeWordFirst;
    bool addsBos;
};

const std::vector<WordRules>& wordRules()
{
    static const std::vector<WordRules> rules = {
        {{"gpt-2", "phi-2", "mpt", "olmo"}, {kGpt2Words}, false, false},
        {{"smollm", "starcoder", "refact", "command-r", "codeshell"}, {kDigits, kGpt2Words}, false, false},
        {{"llama-bpe", "llama-v3", "llama3"}, {kLlama3Words}, true, true},
        {{"qwen2", "deepseek-r1-qwen", "stablelm2"}, {kQwen2Words}, false, false},
    };
    return rules;
}

const WordRules& requireWordRules(const std::string& name)
{
    QStringList known;
    for (const WordRules& rules : wordRules()) {
        for (const char* candidate : rules.names) {
            if (name == candidate)
                return rules;
            known << QString::fromUtf8(candidate);
        }
    }
    throw Error(tr("The pre-tokenizer '%1' (tokenizer.ggml.pre) is not known here; known are %2.")
                    .arg(QString::fromStdString(name), known.join(QStringLiteral(", "))));
}

/// A field that only speaks of some tokens; 4294967295 is how converters write "none".
int tokenField(const json& metadata, const char* key, int absent, std::size_t size)
{
    const json* field = optionalField(metadata, key);
    if (!field || *field == 4294967295u || *field == -1)
        return absent < static_cast<int>(size) ? absent : -1;
    return requireIndex(*field, static_cast<std::int64_t>(size), key);
}

struct GgufVocabulary
{
    std::vector<std::string> texts;
    std::vector<int> types;
    Vocabulary ids;
};

GgufVocabulary readVocabulary(const json& metadata)
{
    GgufVocabulary vocabulary;
    const json& tokens = requireArray(metadata, "tokenizer.ggml.tokens", kWhere);
    const json* types = optionalField(metadata, "tokenizer.ggml.token_type");
    if (tokens.empty() || tokens.size() > (1u << 28))
        throw Error(tr("The tokenizer's vocabulary has %1 tokens.").arg(tokens.size()));
    if (types && (!types->is_array() || types->size() != tokens.size()))
        throw Error(tr("'tokenizer.ggml.token_type' should be an array of %1 types, one for each token, "
                       "but has %2.").arg(tokens.size()).arg(types->size()));
    vocabulary.texts.reserve(tokens.size());
    vocabulary.ids.reserve(tokens.size());
    for (const json& token : tokens) {
        const auto id = static_cast<int>(vocabulary.texts.size());
        if (!token.is_string())
            throw Error(tr("Token %1 of 'tokenizer.ggml.tokens' should be a string but is %2.")
                            .arg(id).arg(QString::fromUtf8(token.type_name())));
        vocabulary.texts.push_back(token.get<std::string>());
        vocabulary.types.push_back(types ? requireIndex((*types)[static_cast<std::size_t>(id)], 7, "token type")
                                         : Normal);
        // Padding of the vocabulary may repeat itself: it is never made from text.
        if (vocabulary.types.back() == Unused || vocabulary.texts.back().empty())
            vocabulary.ids.try_emplace(vocabulary.texts.back(), id);
        else
            addToVocabulary(vocabulary.ids, vocabulary.texts.back(), id);
    }
    return vocabulary;
}

std::vector<std::pair<std::string, std::string>> readMerges(const json& metadata)
{
    std::vector<std::pair<std::string, std::string>> merges;
    for (const json& merge : requireArray(metadata, "tokenizer.ggml.merges", kWhere)) {
        const std::string text = merge.is_string() ? merge.get<std::string>() : std::string();
        const std::size_t space = text.find(' ', 1);
        if (space == std::string::npos || space + 1 == text.size())
            throw Error(tr("Merge %1 of 'tokenizer.ggml.merges' should be two tokens with a space between "
                           "them but is %2.").arg(merges.size()).arg(quotedToken(text)));
        merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    }
    return merges;
}

std::vector<float> readScores(const json& metadata, std::size_t size)
{
    const json& field = requireArray(metadata, "tokenizer.ggml.scores", kWhere);
    if (field.size() != size)
        throw Error(tr("'tokenizer.ggml.scores' should have %1 numbers, one for each token, but has %2.")
                        .arg(size).arg(field.size()));
    std::vector<float> scores;
    scores.reserve(size);
    for (const json& score : field) {
        if (!score.is_number() || !std::isfinite(score.get<float>()))
            throw Error(tr("Score %1 of 'tokenizer.ggml.scores' is not a finite number.").arg(scores.size()));
        scores.push_back(score.get<float>());
    }
    return scores;
}

void addBytePairs(const json& metadata, GgufVocabulary& vocabulary, TokenizerParts& parts)
{
    const WordRules& words = requireWordRules(requireString(metadata, "tokenizer.ggml.pre", kWhere));
    for (const char* expression : words.expressions)
        parts.preTokenizer.addSplit(Pattern::regex(expression), SplitBehaviour::Isolated);
    BytePairRules rules;
    rules.byteLevel = true;
    rules.wholeWordFirst = words.wholeWordFirst;
    parts.kind = QStringLiteral("byte-level BPE");
    parts.addsBos = words.addsBos;
    parts.model = std::make_unique<BytePairs>(std::move(vocabulary.ids), readMerges(metadata), rules);
}

void addSentencePiece(const json& metadata, GgufVocabulary& vocabulary, TokenizerParts& parts)
{
    const std::size_t size = vocabulary.texts.size();
    const int unknown = tokenField(metadata, "tokenizer.ggml.unknown_token_id", 0, size);
    if (boolField(metadata, "tokenizer.ggml.add_space_prefix", true, kWhere)) {
        parts.normalizer.addPrepend(" ");
        parts.strippedSpaces = 1;
    }
    parts.normalizer.addReplace(Pattern::literal(" "), std::string(kVisibleSpace));
    parts.kind = QStringLiteral("SentencePiece BPE");
    parts.bos = 1;
    parts.eos = 2;
    parts.addsBos = true;
    parts.model = std::make_unique<SentencePiecePairs>(std::move(vocabulary.ids), readScores(metadata, size),
                                                       unknown);
}

void addPieces(const GgufVocabulary& vocabulary, bool byteLevel, TokenizerParts& parts)
{
    std::vector<AddedToken> added;
    for (std::size_t id = 0; id < vocabulary.texts.size(); ++id) {
        const std::string& text = vocabulary.texts[id];
        const int type = vocabulary.types[id];
        const bool special = type == Control || type == Unknown;
        const int byte = byteOfToken(text);
        parts.special.push_back(special ? 1 : 0);
        if (special || type == UserDefined) {
            added.push_back({text, static_cast<int>(id), special});
            parts.pieces.push_back(text);
        } else if (!byteLevel && type == Byte && byte >= 0) {
            parts.pieces.emplace_back(1, static_cast<char>(byte));
        } else {
            parts.pieces.push_back(byteLevel ? byteLevelPiece(text) : sentencePiecePiece(text));
        }
    }
    parts.addedTokens = AddedTokens(std::move(added), AddedTokens::Order::Longest);
}

} // namespace

std::shared_ptr<const Tokenizer> Tokenizer::fromGguf(const json& metadata)
{
    const std::string model = requireString(metadata, "tokenizer.ggml.model", kWhere);
    const bool byteLevel = model == "gpt2";
    if (!byteLevel && model != "llama")
        throw Error(tr("The tokenizer '%1' (tokenizer.ggml.model) is not known here; known are gpt2 and llama.")
                        .arg(QString::fromStdString(model)));
    GgufVocabulary vocabulary = readVocabulary(metadata);
    TokenizerParts parts;
    addPieces(vocabulary, byteLevel, parts);
    if (byteLevel)
        addBytePairs(metadata, vocabulary, parts);
    else
        addSentencePiece(metadata, vocabulary, parts);
    const std::size_t size = parts.pieces.size();
    parts.bos = tokenField(metadata, "tokenizer.ggml.bos_token_id", parts.bos, size);
    parts.eos = tokenField(metadata, "tokenizer.ggml.eos_token_id", parts.eos, size);
    parts.addsBos = boolField(metadata, "tokenizer.ggml.add_bos_token", parts.addsBos, kWhere) && parts.bos >= 0;
    parts.chatTemplate = QString::fromStdString(stringField(metadata, "tokenizer.chat_template", {}, kWhere));
    return std::make_shared<const Tokenizer>(std::move(parts));
}

} // namespace halftone
