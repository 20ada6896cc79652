// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/huggingface_tokenizer.h"

#include "base/error.h"
#include "model/tokenizer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace halftone {

namespace {

using nlohmann::json;

enum TokenType { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };

json byteLevel(bool words)
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", words}};
}

json split(const std::string& expression)
{
    return {{"type", "Split"}, {"pattern", {{"Regex", expression}}}, {"behavior", "Isolated"}, {"invert", false}};
}

json sequence(std::initializer_list<json> steps)
{
    return {{"type", "Sequence"}, {"pretokenizers", json(steps)}};
}

// How words are cut, by llama.cpp's name for it.
json preTokenizer(const std::string& name)
{
    const std::string head = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}";
    const std::string tail = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    const auto is = [&](std::initializer_list<const char*> names) {
        return std::any_of(names.begin(), names.end(), [&](const char* n) { return name == n; });
    };
    if (is({"gpt-2", "phi-2", "mpt", "olmo"}))
        return byteLevel(true);
    if (is({"smollm", "starcoder", "refact", "command-r", "codeshell"}))
        return sequence({{{"type", "Digits"}, {"individual_digits", true}}, byteLevel(true)});
    if (is({"llama-bpe", "llama-v3", "llama3"}))
        return sequence({split(head + "{1,3}" + tail), byteLevel(false)});
    if (is({"qwen2", "deepseek-r1-qwen", "stablelm2"}))
        return sequence({split(head + tail), byteLevel(false)});
    throw Error(tr("the words of its pre-tokenizer '%1' cannot be told in tokenizer.json.").arg(QString::fromStdString(name)));
}

std::string textOf(const json& metadata, const char* key)
{
    const auto it = metadata.find(key);
    return it != metadata.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// tokenizer.json itself.
json tokenizerJson(const json& metadata)
{
    const json& tokens = metadata.at("tokenizer.ggml.tokens");
    const json types = metadata.value("tokenizer.ggml.token_type", json::array());
    json vocabulary = json::object(), added = json::array();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto text = tokens[i].get<std::string>();
        const int type = i < types.size() ? types[i].get<int>() : Normal;
        if (type == Unused)
            continue;
        vocabulary[text] = i;
        if (type == Control || type == UserDefined || type == Unknown)
            added.push_back({{"id", i}, {"content", text}, {"single_word", false}, {"lstrip", false},
                             {"rstrip", false}, {"normalized", false}, {"special", type != UserDefined}});
    }
    json merges = json::array();
    for (const json& merge : metadata.at("tokenizer.ggml.merges")) {
        const auto text = merge.get<std::string>();
        const std::size_t space = text.find(' ', 1);
        merges.push_back({text.substr(0, space), space == std::string::npos ? "" : text.substr(space + 1)});
    }
    const std::string pre = textOf(metadata, "tokenizer.ggml.pre");
    const bool wholeWords = pre == "llama-bpe" || pre == "llama-v3" || pre == "llama3";
    return {{"version", "1.0"}, {"truncation", nullptr}, {"padding", nullptr}, {"added_tokens", added},
            {"normalizer", nullptr}, {"pre_tokenizer", preTokenizer(pre)}, {"post_processor", nullptr},
            {"decoder", byteLevel(true)},
            {"model", {{"type", "BPE"}, {"dropout", nullptr}, {"unk_token", nullptr},
                       {"continuing_subword_prefix", nullptr}, {"end_of_word_suffix", nullptr}, {"fuse_unk", false},
                       {"byte_fallback", false}, {"ignore_merges", wholeWords}, {"vocab", vocabulary}, {"merges", merges}}}};
}

// Puts the beginning token before every text.
json beginning(const std::string& token, int id)
{
    const auto special = [&](int type) { return json{{"SpecialToken", {{"id", token}, {"type_id", type}}}}; };
    const auto text = [](const char* which, int type) { return json{{"Sequence", {{"id", which}, {"type_id", type}}}}; };
    return {{"type", "TemplateProcessing"},
            {"single", json::array({special(0), text("A", 0)})},
            {"pair", json::array({special(0), text("A", 0), special(1), text("B", 1)})},
            {"special_tokens", {{token, {{"id", token}, {"ids", json::array({id})}, {"tokens", json::array({token})}}}}}};
}

json tokenizerConfig(const json& metadata, const Tokenizer& tokenizer)
{
    json out{{"tokenizer_class", "PreTrainedTokenizerFast"}, {"clean_up_tokenization_spaces", false},
             {"add_bos_token", tokenizer.addsBos()}};
    const json& tokens = metadata.at("tokenizer.ggml.tokens");
    const auto put = [&](const char* key, int id) {
        if (id >= 0 && static_cast<std::size_t>(id) < tokens.size())
            out[key] = tokens[static_cast<std::size_t>(id)];
    };
    put("bos_token", tokenizer.bos());
    put("eos_token", tokenizer.eos());
    return out;
}

bool sameTokens(const Tokenizer& a, const Tokenizer& b)
{
    static const char* const kTexts[] = {
        "The quick brown fox can't jump 3 times over 12,345 lazy dogs; it's 2024!\n\n\tTabs  and   spaces.\r\n",
        "Gr\xc3\xb6\xc3\x9f\x65, na\xc3\xafve, \xe4\xbd\xa0\xe5\xa5\xbd, \xd0\xbf\xd1\x80\xd0\xb8, \xf0\x9f\x98\x80 1 22 333 4444",
        " leading space, (brackets) [and] {braces}: x+=1; // comment\nHe said: 'WE'LL see, I'VE been.'"};
    return std::all_of(std::begin(kTexts), std::end(kTexts),
                       [&](const char* text) { return a.encode(text) == b.encode(text); });
}

} // namespace

std::map<QString, QByteArray> huggingFaceTokenizer(const json& metadata)
{
    if (textOf(metadata, "tokenizer.ggml.model") != "gpt2")
        throw Error(tr("its kind '%1' is not byte-level BPE.")
                        .arg(QString::fromStdString(textOf(metadata, "tokenizer.ggml.model"))));
    const auto original = Tokenizer::fromGguf(metadata); // checks every field that is used here
    json tokenizer = tokenizerJson(metadata);
    if (original->addsBos() && original->bos() >= 0)
        tokenizer["post_processor"] = beginning(
            metadata.at("tokenizer.ggml.tokens").at(static_cast<std::size_t>(original->bos())).get<std::string>(), original->bos());
    const json config = tokenizerConfig(metadata, *original);
    const auto again = Tokenizer::fromHuggingFace(tokenizer, config, {});
    if (!sameTokens(*original, *again))
        throw Error(tr("the same text would get other token ids."));
    std::map<QString, QByteArray> out;
    out[QStringLiteral("tokenizer.json")] = QByteArray::fromStdString(tokenizer.dump(1) + "\n");
    out[QStringLiteral("tokenizer_config.json")] = QByteArray::fromStdString(config.dump(2) + "\n");
    if (!original->chatTemplate().isEmpty())
        out[QStringLiteral("chat_template.jinja")] = original->chatTemplate().toUtf8();
    return out;
}

} // namespace halftone
