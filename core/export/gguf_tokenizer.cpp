// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_tokenizer.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "model/json_field.h"
#include "model/tokenizer.h"

#include <QDir>
#include <algorithm>
#include <map>

namespace halftone {

namespace {

using nlohmann::json;

constexpr std::int64_t kFileBytes = 256 << 20;

// tokenizer.ggml.token_type
enum TokenType { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

json fileIn(const QString& folder, const QString& name)
{
    return readStrictJson(QDir(folder).filePath(name), kFileBytes);
}

// The pre-tokenizer's steps as one word each: what llama.cpp has a name for is told by their list.
void describeSteps(const json& step, std::vector<std::string>& out)
{
    const std::string kind = stringField(step, "type", "", "pre_tokenizer");
    if (kind == "Sequence") {
        for (const json& inner : requireArray(step, "pretokenizers", "pre_tokenizer"))
            describeSteps(inner, out);
    } else if (kind == "Digits") {
        out.push_back(boolField(step, "individual_digits", false, "pre_tokenizer") ? "digits" : "digit runs");
    } else if (kind == "Split") {
        const json& pattern = requireObject(step, "pattern", "pre_tokenizer");
        out.push_back(stringField(pattern, "Regex", "", "pre_tokenizer"));
    } else if (kind == "ByteLevel") {
        out.push_back(boolField(step, "use_regex", true, "pre_tokenizer") ? "gpt2 words" : "bytes");
    } else {
        out.push_back(kind);
    }
}

const std::map<std::vector<std::string>, const char*>& knownSteps()
{
    static const std::string head = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}";
    static const std::string tail = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static const std::map<std::vector<std::string>, const char*> steps = {
        {{"gpt2 words"}, "gpt-2"},
        {{"digits", "gpt2 words"}, "smollm"},
        {{head + "{1,3}" + tail, "bytes"}, "llama-bpe"},
        {{head + tail, "bytes"}, "qwen2"},
    };
    return steps;
}

std::string preTokenizerName(const json& tokenizer)
{
    std::vector<std::string> steps;
    if (const json* step = optionalField(tokenizer, "pre_tokenizer"))
        describeSteps(*step, steps);
    const auto found = knownSteps().find(steps);
    if (found == knownSteps().end())
        throw Error(tr("The tokenizer cuts its words in a way that llama.cpp has no name for, so this model "
                       "cannot become a GGUF file that it would read rightly."));
    return found->second;
}

struct Tokens
{
    json texts = json::array();
    json types = json::array();
};

Tokens tokensOf(const json& tokenizer, const json& model, std::int64_t vocabulary, bool byteLevel)
{
    const auto size = static_cast<std::size_t>(vocabulary);
    Tokens out;
    std::vector<std::string> texts(size);
    std::vector<int> types(size, Unused);
    const auto place = [&](const std::string& text, const json& id, int type) {
        const auto at = static_cast<std::size_t>(requireIndex(id, vocabulary, "token id"));
        texts[at] = text;
        types[at] = type;
    };
    for (const auto& [text, id] : requireObject(model, "vocab", "model").items()) {
        const bool byte = !byteLevel && text.size() == 6 && text.starts_with("<0x") && text.ends_with(">");
        place(text, id, byte ? Byte : Normal);
    }
    if (const json* added = optionalField(tokenizer, "added_tokens"); added && added->is_array())
        for (const json& token : *added)
            place(requireString(token, "content", "added_tokens"), token.at("id"),
                  boolField(token, "special", false, "added_tokens") ? Control : UserDefined);
    if (const std::string unknown = stringField(model, "unk_token", "", "model"); !unknown.empty())
        for (std::size_t i = 0; i < size; ++i)
            if (texts[i] == unknown && types[i] != Unused)
                types[i] = Unknown;
    for (std::size_t i = 0; i < size; ++i) {
        out.texts.push_back(types[i] == Unused ? "[PAD" + std::to_string(i) + "]" : texts[i]);
        out.types.push_back(types[i]);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> mergesOf(const json& model)
{
    std::vector<std::pair<std::string, std::string>> merges;
    for (const json& merge : requireArray(model, "merges", "model")) {
        if (merge.is_array() && merge.size() == 2) {
            merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
            continue;
        }
        const std::string text = merge.is_string() ? merge.get<std::string>() : std::string();
        const std::size_t space = text.find(' ', 1);
        if (space == std::string::npos)
            throw Error(tr("Merge %1 of the tokenizer is not two tokens.").arg(merges.size()));
        merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    }
    return merges;
}

// SentencePiece takes the pair whose result scores highest; the earliest merge is the best one.
json scoresOf(const Tokens& tokens, const std::vector<std::pair<std::string, std::string>>& merges)
{
    std::map<std::string, std::size_t> rank;
    for (std::size_t i = 0; i < merges.size(); ++i)
        rank.try_emplace(merges[i].first + merges[i].second, i);
    json scores = json::array();
    for (std::size_t i = 0; i < tokens.texts.size(); ++i) {
        const auto found = rank.find(tokens.texts[i].get<std::string>());
        scores.push_back(tokens.types[i] != Normal ? 0.0
                         : found == rank.end() ? -1e6
                                               : -static_cast<double>(found->second));
    }
    return scores;
}

// Different cuts and different numbers show on words, digits, signs, white space and other scripts.
bool sameTokens(const Tokenizer& original, const Tokenizer& translated)
{
    static const char* const kTexts[] = {
        "The quick brown fox can't jump 3 times over 12,345 lazy dogs; it's 2024!\n\n\tTabs  and   spaces.\r\n",
        "Größe, naïve café, \xe4\xbd\xa0\xe5\xa5\xbd\xe4\xb8\x96\xe7\x95\x8c, \xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, \xf0\x9f\x98\x80 1 22 333 4444",
        " leading space, (brackets) [and] {braces}: x+=1; // comment\nHe said: 'WE'LL see, I'VE been.'"};
    return std::all_of(std::begin(kTexts), std::end(kTexts),
                       [&](const char* text) { return original.encode(text) == translated.encode(text); });
}

void check(const Tokenizer& original, json& metadata)
{
    auto translated = Tokenizer::fromGguf(metadata);
    if (!sameTokens(original, *translated) && metadata["tokenizer.ggml.model"] == "llama") {
        // Whether a text is begun with a space is said in several ways: the tokens tell.
        metadata["tokenizer.ggml.add_space_prefix"] = false;
        translated = Tokenizer::fromGguf(metadata);
    }
    if (!sameTokens(original, *translated))
        throw Error(tr("The tokenizer cannot be said in GGUF's terms: the same text would get other token ids."));
    if (original.bos() != translated->bos() || original.eos() != translated->eos() ||
        original.addsBos() != translated->addsBos())
        throw Error(tr("The tokenizer cannot be said in GGUF's terms: its beginning or end token would differ."));
}

} // namespace

json ggufTokenizer(const Checkpoint& checkpoint, std::int64_t vocabulary)
{
    const json tokenizer = fileIn(checkpoint.folder(), QStringLiteral("tokenizer.json"));
    const auto original = Tokenizer::forCheckpoint(checkpoint);
    const json& model = requireObject(tokenizer, "model", "tokenizer.json");
    const std::string type = stringField(model, "type", "BPE", "model");
    const bool byteFallback = boolField(model, "byte_fallback", false, "model");
    if (type != "BPE")
        throw Error(tr("A tokenizer of the kind '%1' cannot be written to GGUF; BPE can.")
                        .arg(QString::fromStdString(type)));
    const Tokens tokens = tokensOf(tokenizer, model, vocabulary, !byteFallback);
    const auto merges = mergesOf(model);
    json out = json::object();
    out["tokenizer.ggml.tokens"] = tokens.texts;
    out["tokenizer.ggml.token_type"] = tokens.types;
    if (byteFallback) {
        out["tokenizer.ggml.model"] = "llama";
        out["tokenizer.ggml.pre"] = "default";
        out["tokenizer.ggml.scores"] = scoresOf(tokens, merges);
    } else {
        out["tokenizer.ggml.model"] = "gpt2";
        out["tokenizer.ggml.pre"] = preTokenizerName(tokenizer);
        json list = json::array();
        for (const auto& [left, right] : merges)
            list.push_back(left + " " + right);
        out["tokenizer.ggml.merges"] = list;
    }
    if (original->bos() >= 0)
        out["tokenizer.ggml.bos_token_id"] = static_cast<unsigned>(original->bos());
    if (original->eos() >= 0)
        out["tokenizer.ggml.eos_token_id"] = static_cast<unsigned>(original->eos());
    out["tokenizer.ggml.add_bos_token"] = original->addsBos();
    if (!original->chatTemplate().isEmpty())
        out["tokenizer.chat_template"] = original->chatTemplate().toStdString();
    check(*original, out);
    return out;
}

} // namespace halftone
