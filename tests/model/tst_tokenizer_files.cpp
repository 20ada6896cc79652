// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizer files that are small, odd, broken or hostile.
#include "base/error.h"
#include "model/tokenizer.h"

#include <QtTest>
#include <limits>
#include <nlohmann/json.hpp>

using namespace halftone;
using nlohmann::json;

namespace {

json smallJson()
{
    return json::parse(R"({"added_tokens": [{"id": 6, "content": "<s>", "special": true}],
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "Ġ": 3, "Ġab": 4, "c": 5},
                  "merges": ["a b", "Ġ ab"]}})");
}

json smallGguf(const char* model)
{
    json metadata = json::parse(R"({"tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>", "a", "b", "ab", "<0x0A>", "▁"],
        "tokenizer.ggml.token_type": [2, 3, 3, 1, 1, 4, 6, 1],
        "tokenizer.ggml.scores": [0, 0, 0, -1.5, -2, -3, 0, -4], "tokenizer.ggml.merges": ["a b"]})");
    metadata["tokenizer.ggml.model"] = model;
    return metadata;
}

/// The sentence of the Error, empty if there was none.
QString sentenceOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.sentence();
    }
    return {};
}

QString jsonSentence(const json& patch)
{
    json tokenizer = smallJson();
    tokenizer.merge_patch(patch);
    return sentenceOf([&] { Tokenizer::fromHuggingFace(tokenizer, nullptr, nullptr); });
}

} // namespace

class TestTokenizerFiles : public QObject
{
    Q_OBJECT
private slots:
    void theSmallFilesWork()
    {
        const auto fromJson = Tokenizer::fromHuggingFace(smallJson(), nullptr, nullptr);
        QCOMPARE(fromJson->encode("ab ab<s>"), (std::vector{2, 4}));
        QCOMPARE(fromJson->encode("ab<s>", true), (std::vector{2, 6}));
        QCOMPARE(Tokenizer::fromGguf(smallGguf("gpt2"))->encode("ab"), (std::vector{5}));
        QCOMPARE(Tokenizer::fromGguf(smallGguf("llama"))->encode("ba\n?"), (std::vector{7, 4, 3, 6, 0}));
    }

    void unknownPartsAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* patch, const char* name) {
            QTest::newRow(name) << QByteArray(patch) << QString::fromUtf8(name);
        };
        row(R"({"normalizer": {"type": "BertNormalizer"}})", "BertNormalizer");
        row(R"({"normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}]}})", "Nmt");
        row(R"({"pre_tokenizer": {"type": "UnicodeScripts"}})", "UnicodeScripts");
        row(R"({"decoder": {"type": "WordPiece"}})", "WordPiece");
        row(R"({"post_processor": {"type": "Other"}})", "Other");
        row(R"({"model": {"type": "WordLevel"}})", "WordLevel");
        row(R"({"model": {"dropout": 0.1}})", "dropout");
        row(R"({"model": {"end_of_word_suffix": "</w>"}})", "end_of_word_suffix");
        row(R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[a&&b]"}}})", "intersection");
        row(R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[^(\\s|[.,])]"}}})", "class within");
        row(R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "*a"}}})", "not a regular expression");
        row(R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Odd"}})", "Odd");
    }
    void unknownPartsAreRefusedByName()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QString, name);
        const QString sentence = jsonSentence(json::parse(patch.toStdString()));
        QVERIFY2(sentence.contains(name), qPrintable(sentence));
    }

    void ggufKindsAreRefusedByName()
    {
        json metadata = smallGguf("rwkv");
        QVERIFY(sentenceOf([&] { Tokenizer::fromGguf(metadata); }).contains(QStringLiteral("rwkv")));
        metadata = smallGguf("gpt2");
        metadata["tokenizer.ggml.pre"] = "tekken";
        const QString sentence = sentenceOf([&] { Tokenizer::fromGguf(metadata); });
        QVERIFY(sentence.contains(QStringLiteral("tekken")) && sentence.contains(QStringLiteral("smollm")));
    }

    void brokenJsonFilesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("patch");
        const auto row = [](const char* name, const char* patch) { QTest::newRow(name) << QByteArray(patch); };
        row("no model", R"({"model": null})");
        row("model is a list", R"({"model": []})");
        row("no vocabulary", R"({"model": {"vocab": null}})");
        row("vocabulary is a number", R"({"model": {"vocab": 3}})");
        row("id is a text", R"({"model": {"vocab": {"x": "1"}}})");
        row("id is negative", R"({"model": {"vocab": {"x": -1}}})");
        row("id is a fraction", R"({"model": {"vocab": {"x": 1.5}}})");
        row("id is huge", R"({"model": {"vocab": {"x": 4000000000}}})");
        row("id needs 64 bits", R"({"model": {"vocab": {"x": 18446744073709551615}}})");
        row("id is there twice", R"({"model": {"vocab": {"x": 0}}})");
        row("merge of an unknown token", R"({"model": {"merges": ["a x"]}})");
        row("merge to an unknown token", R"({"model": {"merges": ["b a"]}})");
        row("merge of one token", R"({"model": {"merges": ["ab"]}})");
        row("merge of three tokens", R"({"model": {"merges": ["a b c"]}})");
        row("merge of numbers", R"({"model": {"merges": [[1, 2]]}})");
        row("merge is an object", R"({"model": {"merges": [{}]}})");
        row("merges are a text", R"({"model": {"merges": "a b"}})");
        row("no merges", R"({"model": {"merges": null}})");
        row("unknown token is missing", R"({"model": {"unk_token": "?"}})");
        row("fuse_unk is a text", R"({"model": {"fuse_unk": "yes"}})");
        row("type is a number", R"({"model": {"type": 1}})");
        row("added tokens are an object", R"({"added_tokens": {}})");
        row("added token is a text", R"({"added_tokens": ["x"]})");
        row("added token has no id", R"({"added_tokens": [{"content": "x"}]})");
        row("added token has a huge id", R"({"added_tokens": [{"content": "x", "id": 99999999}]})");
        row("added token takes an id", R"({"added_tokens": [{"content": "x", "id": 0}]})");
        row("normalizer is a text", R"({"normalizer": "NFC"})");
        row("normalizers are missing", R"({"normalizer": {"type": "Sequence"}})");
        row("replacement of nothing", R"({"normalizer": {"type": "Replace", "pattern": {"String": ""}, "content": ""}})");
        row("pattern is missing", R"({"pre_tokenizer": {"type": "Split"}})");
        row("step has no type", R"({"pre_tokenizer": {"kind": "ByteLevel", "type": null}})");
        row("decoder replaces nothing",
            R"({"decoder": {"type": "Replace", "pattern": {"String": ""}, "content": "x"}})");
        row("decoder strips in the middle", R"({"decoder": {"type": "Strip", "content": " ", "start": 1, "stop": 0}})");
        row("template is empty", R"({"post_processor": {"type": "TemplateProcessing"}})");
        row("unigram without pairs", R"({"pre_tokenizer": null, "model": {"type": "Unigram", "vocab": ["a"]}})");
        row("unigram has a token twice",
            R"({"pre_tokenizer": null, "model": {"type": "Unigram", "vocab": [["a", -1], ["a", -2]]}})");
        row("unigram's unknown is outside",
            R"({"pre_tokenizer": null, "model": {"type": "Unigram", "unk_id": 1, "vocab": [["a", -1]]}})");
    }
    void brokenJsonFilesAreErrors()
    {
        QFETCH(QByteArray, patch);
        QVERIFY(!jsonSentence(json::parse(patch.toStdString())).isEmpty());
    }

    void deepNestingIsAnError()
    {
        json step = {{"type", "NFC"}};
        for (int depth = 0; depth < 1000; ++depth)
            step = {{"type", "Sequence"}, {"normalizers", json::array({step})}};
        QVERIFY(jsonSentence({{"normalizer", step}}).contains(QStringLiteral("nested")));
    }

    void brokenGgufMetadataIsAnError_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("model");
        const auto row = [](const char* name, const char* model, const char* patch) {
            QTest::newRow(name) << QByteArray(patch) << QByteArray(model);
        };
        for (const char* key : {"model", "tokens"})
            row(key, "llama", (std::string(R"({"tokenizer.ggml.)") + key + "\": null}").c_str());
        row("pre is missing", "gpt2", R"({"tokenizer.ggml.pre": null})");
        row("merges are missing", "gpt2", R"({"tokenizer.ggml.merges": null})");
        row("merge has no space", "gpt2", R"({"tokenizer.ggml.merges": ["ab"]})");
        row("merge is a number", "gpt2", R"({"tokenizer.ggml.merges": [7]})");
        row("merge is empty", "gpt2", R"({"tokenizer.ggml.merges": [""]})");
        row("merge of an unknown token", "gpt2", R"({"tokenizer.ggml.merges": ["x y"]})");
        row("scores are missing", "llama", R"({"tokenizer.ggml.scores": null})");
        row("scores are short", "llama", R"({"tokenizer.ggml.scores": [1]})");
        row("score is a text", "llama", R"({"tokenizer.ggml.scores": ["", 0, 0, 0, 0, 0, 0, 0]})");
        row("types are short", "llama", R"({"tokenizer.ggml.token_type": [1]})");
        row("type is odd", "llama", R"({"tokenizer.ggml.token_type": [9, 1, 1, 1, 1, 1, 1, 1]})");
        row("tokens are none", "llama", R"({"tokenizer.ggml.tokens": []})");
        row("tokens are numbers", "llama", R"({"tokenizer.ggml.tokens": [1, 2, 3, 4, 5, 6, 7, 8]})");
        row("tokens repeat", "gpt2", R"({"tokenizer.ggml.tokens": ["a", "a", "b", "ab", "c", "d", "e", "f"]})");
        row("bos is outside", "llama", R"({"tokenizer.ggml.bos_token_id": 8})");
        row("eos is a text", "llama", R"({"tokenizer.ggml.eos_token_id": "2"})");
        row("add_bos_token is a number", "llama", R"({"tokenizer.ggml.add_bos_token": 1})");
    }
    void brokenGgufMetadataIsAnError()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QByteArray, model);
        json metadata = smallGguf(model.constData());
        metadata.merge_patch(json::parse(patch.toStdString()));
        QVERIFY(!sentenceOf([&] { Tokenizer::fromGguf(metadata); }).isEmpty());
    }

    void scoresThatAreNotNumbersAreErrors()
    {
        json metadata = smallGguf("llama");
        metadata["tokenizer.ggml.scores"][3] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(!sentenceOf([&] { Tokenizer::fromGguf(metadata); }).isEmpty());
    }

    void unknownCharactersCostTenMoreThanTheRarestToken()
    {
        // ab+c = -19; unknown+bc = -20.1
        const json tokenizer = json::parse(R"({"model": {"type": "Unigram", "unk_id": 0,
            "vocab": [["<unk>", 0], ["ab", -10], ["c", -9], ["bc", -0.1]]}})");
        const auto made = Tokenizer::fromHuggingFace(tokenizer, nullptr, nullptr);
        QCOMPARE(made->encode("abc"), (std::vector{1, 2}));
        QCOMPARE(made->encode("xxbcxx"), (std::vector{0, 3, 0}));
        json without = tokenizer;
        without["model"].erase("unk_id");
        const auto strict = Tokenizer::fromHuggingFace(without, nullptr, nullptr);
        QCOMPARE(strict->encode("abc"), (std::vector{1, 2}));
        QVERIFY(sentenceOf([&] { strict->encode("xc"); }).contains(QStringLiteral("'x'")));
    }

    void endTokensComeFromConfigsAndTemplates()
    {
        json tokenizer = smallJson();
        const json ids = json::parse(R"({"bos_token_id": 0, "eos_token_id": [5, 6], "vocab_size": 10})");
        auto made = Tokenizer::fromHuggingFace(tokenizer, nullptr, ids);
        QCOMPARE(made->bos(), 0);
        QCOMPARE(made->eos(), 5);
        QCOMPARE(made->vocabularySize(), 10);
        QVERIFY(!made->addsBos());
        const json config = json::parse(R"({"bos_token": {"content": "<s>"}, "eos_token": "c", "add_bos_token": true,
            "chat_template": [{"name": "tool", "template": "1"}, {"name": "default", "template": "2"}]})");
        made = Tokenizer::fromHuggingFace(tokenizer, config, ids);
        QCOMPARE(made->bos(), 6);
        QCOMPARE(made->eos(), 5);
        QVERIFY(made->addsBos());
        QCOMPARE(made->chatTemplate(), QStringLiteral("2"));
        tokenizer["post_processor"] = json::parse(R"({"type": "Sequence", "processors": [{"type": "ByteLevel"},
            {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}]}]})");
        made = Tokenizer::fromHuggingFace(tokenizer, nullptr, nullptr);
        QVERIFY(made->addsBos());
        QCOMPARE(made->bos(), 6);
        QCOMPARE(made->eos(), -1);
    }
};

QTEST_APPLESS_MAIN(TestTokenizerFiles)
#include "tst_tokenizer_files.moc"
