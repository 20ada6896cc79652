// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tokenizer.h"

#include "base/error.h"
#include "model/byte_pairs.h"
#include "model/huggingface_steps.h"
#include "model/json_field.h"
#include "model/tokenizer_parts.h"
#include "model/unigram.h"
#include "model/vocabulary_pieces.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

using nlohmann::json;

/// Token texts by id, with room for ids that only the model's config knows. Ids may have gaps, but
/// not so many that a small file asks for much memory.
class TokenTexts
{
public:
    explicit TokenTexts(std::size_t entries) : m_limit(static_cast<std::int64_t>(2 * entries + 65536)) {}
    std::int64_t limit() const { return m_limit; }

    void set(int token, const std::string& text)
    {
        const auto index = static_cast<std::size_t>(token);
        if (index >= m_texts.size()) {
            m_texts.resize(index + 1);
            m_known.resize(index + 1, false);
        }
        if (m_known[index] && m_texts[index] != text)
            throw Error(tr("Token %1 of the tokenizer is both %2 and %3.")
                            .arg(token).arg(quotedToken(m_texts[index]), quotedToken(text)));
        m_texts[index] = text;
        m_known[index] = true;
    }
    void grow(std::size_t size)
    {
        if (size > m_texts.size() && size <= static_cast<std::size_t>(m_limit))
            m_texts.resize(size);
    }
    const std::vector<std::string>& texts() const { return m_texts; }

private:
    std::int64_t m_limit;
    std::vector<std::string> m_texts;
    std::vector<bool> m_known;
};

Vocabulary readVocabulary(const json& model, TokenTexts& texts)
{
    Vocabulary vocabulary;
    const json& field = requireObject(model, "vocab", "model");
    vocabulary.reserve(field.size());
    for (const auto& [text, id] : field.items()) {
        const int token = requireIndex(id, texts.limit(), "token id");
        texts.set(token, text);
        vocabulary.emplace(text, token);
    }
    return vocabulary;
}

std::vector<std::pair<std::string, std::string>> readMerges(const json& model)
{
    std::vector<std::pair<std::string, std::string>> merges;
    for (const json& merge : requireArray(model, "merges", "model")) {
        if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
            merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
            continue;
        }
        const std::string text = merge.is_string() ? merge.get<std::string>() : std::string();
        const std::size_t space = text.find(' ');
        if (space == std::string::npos || text.find(' ', space + 1) != std::string::npos)
            throw Error(tr("Merge %1 of the tokenizer should be two tokens but is %2.")
                            .arg(merges.size()).arg(quotedToken(text)));
        merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    }
    return merges;
}

void refuseIfSet(const json& model, const char* key)
{
    const json* field = optionalField(model, key);
    if (field && *field != "" && *field != 0.0)
        throw Error(tr("The tokenizer's model sets '%1', which is not known here.").arg(QString::fromUtf8(key)));
}

void addBytePairs(const json& model, bool byteLevel, TokenTexts& texts, TokenizerParts& parts)
{
    for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix", "dropout"})
        refuseIfSet(model, key);
    Vocabulary vocabulary = readVocabulary(model, texts);
    BytePairRules rules;
    rules.byteLevel = byteLevel;
    rules.byteFallback = boolField(model, "byte_fallback", false, "model");
    rules.fuseUnknown = boolField(model, "fuse_unk", false, "model");
    rules.wholeWordFirst = boolField(model, "ignore_merges", false, "model");
    if (const std::string unknown = stringField(model, "unk_token", {}, "model"); !unknown.empty()) {
        const auto found = vocabulary.find(unknown);
        if (found == vocabulary.end())
            throw Error(tr("The tokenizer's unknown token %1 is not in its vocabulary.").arg(quotedToken(unknown)));
        rules.unknown = found->second;
    }
    parts.kind = byteLevel              ? QStringLiteral("byte-level BPE")
                 : rules.byteFallback ? QStringLiteral("BPE with byte fallback")
                                      : QStringLiteral("BPE");
    parts.model = std::make_unique<BytePairs>(std::move(vocabulary), readMerges(model), rules);
}

void addUnigram(const json& model, bool byteLevel, TokenTexts& texts, TokenizerParts& parts)
{
    if (byteLevel)
        throw Error(tr("The tokenizer joins a Unigram model with a ByteLevel pre_tokenizer, "
                       "which is not known here."));
    Vocabulary vocabulary;
    std::vector<double> scores;
    for (const json& entry : requireArray(model, "vocab", "model")) {
        const auto token = static_cast<int>(scores.size());
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number()
            || !std::isfinite(entry[1].get<double>()))
            throw Error(tr("Entry %1 of the tokenizer's vocabulary should be a text and a finite number.").arg(token));
        texts.set(token, entry[0].get<std::string>());
        addToVocabulary(vocabulary, entry[0].get<std::string>(), token);
        scores.push_back(entry[1].get<double>());
    }
    const json* unknown = optionalField(model, "unk_id");
    const int unknownToken =
        unknown ? requireIndex(*unknown, static_cast<std::int64_t>(scores.size()), "unk_id") : -1;
    parts.kind = QStringLiteral("unigram");
    parts.model = std::make_unique<Unigram>(std::move(vocabulary), std::move(scores), unknownToken,
                                            boolField(model, "byte_fallback", false, "model"));
}

/// Fills the two sets of added tokens; returns those by id.
std::vector<AddedToken> addAddedTokens(const json& tokenizer, TokenTexts& texts, TokenizerParts& parts)
{
    std::vector<AddedToken> all, asIs, normalized;
    if (!optionalField(tokenizer, "added_tokens"))
        return all;
    constexpr const char* kWhere = "added_tokens";
    for (const json& entry : requireArray(tokenizer, "added_tokens", "tokenizer.json")) {
        AddedToken token;
        token.text = requireString(entry, "content", kWhere);
        token.token = requireIndex(entry.value("id", json()), texts.limit(), "added token's id");
        token.special = boolField(entry, "special", false, kWhere);
        token.singleWord = boolField(entry, "single_word", false, kWhere);
        token.leftStrip = boolField(entry, "lstrip", false, kWhere);
        token.rightStrip = boolField(entry, "rstrip", false, kWhere);
        texts.set(token.token, token.text);
        all.push_back(token);
        if (!boolField(entry, "normalized", !token.special, kWhere)) {
            asIs.push_back(token);
        } else {
            if (!parts.normalizer.empty())
                token.text = parts.normalizer.apply(token.text);
            normalized.push_back(token);
        }
    }
    parts.addedTokens = AddedTokens(std::move(asIs));
    parts.normalizedTokens = AddedTokens(std::move(normalized));
    return all;
}

int tokenOf(const TokenTexts& texts, const std::string& text)
{
    const auto found = std::find(texts.texts().begin(), texts.texts().end(), text);
    return found == texts.texts().end() || text.empty() ? -1 : static_cast<int>(found - texts.texts().begin());
}

/// "bos_token" of tokenizer_config.json (a text, or an object with one), else "bos_token_id".
int endToken(const json& config, const json& ids, const std::string& name, const TokenTexts& texts)
{
    if (const json* field = optionalField(config, name.c_str())) {
        const std::string text = field->is_object() ? requireString(*field, "content", name.c_str())
                                                    : requireString(config, name.c_str(), "tokenizer_config.json");
        if (const int token = tokenOf(texts, text); token >= 0)
            return token;
    }
    const std::string key = name + "_id";
    const json* id = optionalField(ids, key.c_str());
    if (id && id->is_array() && !id->empty())
        id = &(*id)[0];
    if (!id || *id == -1)
        return -1;
    return requireIndex(*id, static_cast<std::int64_t>(texts.texts().size()), key.c_str());
}

std::string readChatTemplate(const json& config)
{
    const json* field = optionalField(config, "chat_template");
    if (!field || !field->is_array())
        return stringField(config, "chat_template", {}, "tokenizer_config.json");
    for (const json& named : *field) {
        if (stringField(named, "name", {}, "chat_template") == "default")
            return requireString(named, "template", "chat_template");
    }
    return {};
}

} // namespace

std::shared_ptr<const Tokenizer> Tokenizer::fromHuggingFace(const json& tokenizerJson, const json& tokenizerConfig,
                                                            const json& generationOrModelConfig)
{
    const json& model = requireObject(tokenizerJson, "model", "tokenizer.json");
    const json* vocabulary = optionalField(model, "vocab");
    const std::string kind =
        stringField(model, "type", vocabulary && vocabulary->is_array() ? "Unigram" : "BPE", "model");
    TokenizerParts parts;
    parts.normalizer = readNormalizer(optionalField(tokenizerJson, "normalizer"));
    HuggingFaceWords words = readPreTokenizer(optionalField(tokenizerJson, "pre_tokenizer"));
    parts.preTokenizer = std::move(words.preTokenizer);
    TokenTexts texts(vocabulary ? vocabulary->size() : 0);
    if (kind == "BPE")
        addBytePairs(model, words.byteLevel, texts, parts);
    else if (kind == "Unigram")
        addUnigram(model, words.byteLevel, texts, parts);
    else
        throw Error(tr("The tokenizer's model is of the kind '%1', which is not known here; known are BPE and "
                       "Unigram.").arg(QString::fromStdString(kind)));
    const std::vector<AddedToken> added = addAddedTokens(tokenizerJson, texts, parts);
    if (const json* size = optionalField(generationOrModelConfig, "vocab_size"))
        texts.grow(static_cast<std::size_t>(requireIndex(*size, 1 << 28, "vocab_size")));

    const HuggingFaceDecoder decoder = readDecoder(optionalField(tokenizerJson, "decoder"), words.byteLevel);
    parts.strippedSpaces = decoder.strippedSpaces;
    for (const std::string& text : texts.texts())
        parts.pieces.push_back(decoder.piece(text));
    parts.special.assign(parts.pieces.size(), 0);
    for (const AddedToken& token : added) {
        parts.pieces[static_cast<std::size_t>(token.token)] = token.text;
        parts.special[static_cast<std::size_t>(token.token)] = token.special ? 1 : 0;
    }

    parts.bos = endToken(tokenizerConfig, generationOrModelConfig, "bos_token", texts);
    parts.eos = endToken(tokenizerConfig, generationOrModelConfig, "eos_token", texts);
    const json* processor = optionalField(tokenizerJson, "post_processor");
    if (const int leading = tokenOf(texts, readLeadingToken(processor)); leading >= 0) {
        parts.bos = leading;
        parts.addsBos = true;
    } else if (!processor) {
        parts.addsBos = parts.bos >= 0 && boolField(tokenizerConfig, "add_bos_token", false, "tokenizer_config.json");
    }
    parts.chatTemplate = QString::fromStdString(readChatTemplate(tokenizerConfig));
    return std::make_shared<const Tokenizer>(std::move(parts));
}

} // namespace halftone
