// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/huggingface_steps.h"

#include "base/error.h"
#include "model/byte_alphabet.h"
#include "model/json_field.h"
#include "model/vocabulary_pieces.h"

namespace halftone {

namespace {

using nlohmann::json;

constexpr int kDeepest = 16;

Error unknownKind(const char* where, const std::string& kind)
{
    return Error(tr("The tokenizer's %1 is of the kind '%2', which is not known here.")
                     .arg(QString::fromUtf8(where), QString::fromStdString(kind)));
}

/// Calls visit(step, kind) for each step, those within a Sequence in order.
template <typename Visit>
void forEachStep(const json& step, const char* where, const char* listKey, const Visit& visit, int depth = 0)
{
    const std::string& kind = requireString(step, "type", where);
    if (kind != "Sequence") {
        visit(step, kind);
        return;
    }
    if (depth == kDeepest)
        throw Error(tr("The tokenizer's %1 is nested more than %2 deep.")
                        .arg(QString::fromUtf8(where)).arg(kDeepest));
    for (const json& inner : requireArray(step, listKey, where))
        forEachStep(inner, where, listKey, visit, depth + 1);
}

Pattern readPattern(const json& step, const char* where)
{
    const json& pattern = requireObject(step, "pattern", where);
    if (optionalField(pattern, "Regex"))
        return Pattern::regex(requireString(pattern, "Regex", where));
    const std::string& text = requireString(pattern, "String", where);
    if (text.empty())
        throw Error(tr("The tokenizer's %1 replaces or splits at an empty text.").arg(QString::fromUtf8(where)));
    return Pattern::literal(text);
}

SplitBehaviour readBehaviour(const json& step, const char* absent)
{
    const std::string name = stringField(step, "behavior", absent, "pre_tokenizer");
    if (name == "Removed")
        return SplitBehaviour::Removed;
    if (name == "Isolated")
        return SplitBehaviour::Isolated;
    if (name == "MergedWithPrevious")
        return SplitBehaviour::MergedWithPrevious;
    if (name == "MergedWithNext")
        return SplitBehaviour::MergedWithNext;
    if (name == "Contiguous")
        return SplitBehaviour::Contiguous;
    throw Error(tr("The tokenizer splits with the behaviour '%1', which is not known here.")
                    .arg(QString::fromStdString(name)));
}

/// Older files say add_prefix_space, newer ones prepend_scheme.
PreTokenizer::Prepend readPrepend(const json& step, const char* where)
{
    const bool prefix = boolField(step, "add_prefix_space", true, where);
    const std::string scheme = stringField(step, "prepend_scheme", prefix ? "always" : "never", where);
    if (scheme == "always")
        return PreTokenizer::Prepend::Always;
    if (scheme == "first")
        return PreTokenizer::Prepend::First;
    if (scheme == "never")
        return PreTokenizer::Prepend::Never;
    throw unknownKind("prepend_scheme", scheme);
}

void addWords(const json& step, const std::string& kind, HuggingFaceWords& words)
{
    constexpr const char* kWhere = "pre_tokenizer";
    PreTokenizer& target = words.preTokenizer;
    if (words.byteLevel)
        throw Error(tr("The tokenizer's pre_tokenizer has '%1' behind ByteLevel, which should be last.")
                        .arg(QString::fromStdString(kind)));
    if (kind == "ByteLevel") {
        if (boolField(step, "add_prefix_space", true, kWhere))
            target.addPrefixSpace();
        if (boolField(step, "use_regex", true, kWhere))
            target.addSplit(Pattern::regex(kGpt2Words), SplitBehaviour::Isolated);
        words.byteLevel = true;
    } else if (kind == "Split") {
        target.addSplit(readPattern(step, kWhere), readBehaviour(step, "Isolated"),
                        boolField(step, "invert", false, kWhere));
    } else if (kind == "Digits") {
        target.addSplit(Pattern::regex("\\p{N}"), boolField(step, "individual_digits", false, kWhere)
                                                      ? SplitBehaviour::Isolated : SplitBehaviour::Contiguous);
    } else if (kind == "Metaspace") {
        target.addMetaspace(stringField(step, "replacement", std::string(kVisibleSpace), kWhere),
                            readPrepend(step, kWhere), boolField(step, "split", true, kWhere));
    } else if (kind == "Whitespace") {
        // Zero-width joiners are word characters for the regex library this step uses.
        target.addSplit(Pattern::regex("[\\w\\x{200c}\\x{200d}]+|[^\\w\\x{200c}\\x{200d}\\s]+"),
                        SplitBehaviour::Removed, true);
    } else if (kind == "WhitespaceSplit") {
        target.addSplit(Pattern::regex("\\s"), SplitBehaviour::Removed);
    } else {
        throw unknownKind(kWhere, kind);
    }
}

} // namespace

Normalizer readNormalizer(const json* field)
{
    Normalizer normalizer;
    constexpr const char* kWhere = "normalizer";
    if (!field)
        return normalizer;
    forEachStep(*field, kWhere, "normalizers", [&](const json& step, const std::string& kind) {
        if (kind == "NFC")
            normalizer.addForm(Normalizer::Form::Nfc);
        else if (kind == "NFD")
            normalizer.addForm(Normalizer::Form::Nfd);
        else if (kind == "NFKC")
            normalizer.addForm(Normalizer::Form::Nfkc);
        else if (kind == "NFKD")
            normalizer.addForm(Normalizer::Form::Nfkd);
        else if (kind == "Lowercase")
            normalizer.addLowercase();
        else if (kind == "StripAccents")
            normalizer.addStripAccents();
        else if (kind == "Strip")
            normalizer.addStrip(boolField(step, "strip_left", true, kWhere),
                                boolField(step, "strip_right", true, kWhere));
        else if (kind == "Replace")
            normalizer.addReplace(readPattern(step, kWhere), requireString(step, "content", kWhere));
        else if (kind == "Prepend")
            normalizer.addPrepend(requireString(step, "prepend", kWhere));
        else
            throw unknownKind(kWhere, kind);
    });
    return normalizer;
}

HuggingFaceWords readPreTokenizer(const json* field)
{
    HuggingFaceWords words;
    if (field)
        forEachStep(*field, "pre_tokenizer", "pretokenizers",
                    [&](const json& step, const std::string& kind) { addWords(step, kind, words); });
    return words;
}

HuggingFaceDecoder readDecoder(const json* field, bool byteLevel)
{
    HuggingFaceDecoder decoder;
    constexpr const char* kWhere = "decoder";
    decoder.byteLevel = byteLevel && !field;
    if (!field)
        return decoder;
    bool fused = false;
    forEachStep(*field, kWhere, "decoders", [&](const json& step, const std::string& kind) {
        const bool strips = kind == "Strip";
        if (kind == "Fuse") {
            fused = true;
        } else if (strips && fused && requireString(step, "content", kWhere) == " "
                   && step.value("stop", json(0)) == 0) {
            decoder.strippedSpaces = requireIndex(step.value("start", json(0)), 1000, "decoder's 'start'");
        } else if (strips || fused) {
            throw Error(tr("The tokenizer's decoder has '%1' in a place or with values that are not known here.")
                            .arg(QString::fromStdString(kind)));
        } else if (kind == "ByteLevel") {
            decoder.byteLevel = true;
        } else if (kind == "ByteFallback") {
            decoder.byteFallback = true;
        } else if (kind == "Replace") {
            const std::string& from = requireString(requireObject(step, "pattern", kWhere), "String", kWhere);
            if (from.empty())
                throw Error(tr("The tokenizer's decoder replaces an empty text."));
            decoder.replacements.emplace_back(from, requireString(step, "content", kWhere));
        } else if (kind == "Metaspace") {
            decoder.replacements.emplace_back(
                stringField(step, "replacement", std::string(kVisibleSpace), kWhere), " ");
            decoder.strippedSpaces = readPrepend(step, kWhere) == PreTokenizer::Prepend::Never ? 0 : 1;
        } else {
            throw unknownKind(kWhere, kind);
        }
    });
    return decoder;
}

std::string HuggingFaceDecoder::piece(std::string text) const
{
    if (byteLevel)
        return byteLevelPiece(text);
    if (const int byte = byteOfToken(text); byteFallback && byte >= 0)
        return std::string(1, static_cast<char>(byte));
    for (const auto& [from, to] : replacements) {
        for (std::size_t at = 0; !from.empty() && (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    }
    return text;
}

std::string readLeadingToken(const json* field)
{
    std::string leading;
    constexpr const char* kWhere = "post_processor";
    if (!field)
        return leading;
    forEachStep(*field, kWhere, "processors", [&](const json& step, const std::string& kind) {
        if (kind == "TemplateProcessing") {
            const json& single = requireArray(step, "single", kWhere);
            if (!single.empty() && optionalField(single[0], "SpecialToken"))
                leading = requireString(requireObject(single[0], "SpecialToken", kWhere), "id", kWhere);
        } else if (kind == "BertProcessing" || kind == "RobertaProcessing") {
            const json& start = requireArray(step, "cls", kWhere);
            if (start.empty() || !start[0].is_string())
                throw Error(tr("The tokenizer's post_processor names no 'cls' token."));
            leading = start[0].get<std::string>();
        } else if (kind != "ByteLevel") {
            throw unknownKind(kWhere, kind);
        }
    });
    return leading;
}

} // namespace halftone
