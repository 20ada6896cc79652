// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "model/tokenizer.h"
#include "test_data.h"

#include <QFile>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace halftone;
using nlohmann::json;

namespace {

std::string readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(QStringLiteral("cannot open ") + path);
    return file.readAll().toStdString();
}

json golden(const char* name)
{
    return json::parse(readFile(QStringLiteral(HALFTONE_GOLDEN "/") + QString::fromUtf8(name)));
}

const json& goldenIds()
{
    static const json ids = golden("tokenizer_ids.json");
    return ids;
}

/// FNV-1a of the ids as little-endian 32-bit numbers.
QString fingerprint(const std::vector<int>& ids)
{
    std::uint64_t state = 14695981039346656037u;
    for (const int id : ids) {
        for (int shift = 0; shift < 32; shift += 8)
            state = (state ^ ((static_cast<std::uint32_t>(id) >> shift) & 255u)) * 1099511628211u;
    }
    return QStringLiteral("%1").arg(state, 16, 16, QLatin1Char('0'));
}

QString describe(const std::string& text, const std::vector<int>& found, const json& expected)
{
    return QStringLiteral("%1: %2 instead of %3")
        .arg(QString::fromStdString(json(text).dump(-1, ' ', true)), QString::fromStdString(json(found).dump()),
             QString::fromStdString(expected.dump()));
}

/// The texts whose ids differ; empty if all are equal. Golden rows may include the special texts.
QStringList differences(const Tokenizer& tokenizer, const char* name)
{
    QStringList result;
    const json& expected = goldenIds().at("ids").at(name);
    std::vector<std::string> texts = goldenIds().at("texts");
    if (expected.size() > texts.size())
        for (const json& text : goldenIds().at("specials"))
            texts.push_back(text);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::vector<int> ids = tokenizer.encode(texts[i]);
        if (json(ids) != expected.at(i))
            result << describe(texts[i], ids, expected[i]);
    }
    return result;
}

QStringList specialDifferences(const Tokenizer& tokenizer, const char* name, const std::vector<std::string>& texts)
{
    QStringList result;
    const json& expected = goldenIds().at("special_ids").at(name);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::vector<int> ids = tokenizer.encode(texts[i], true);
        if (json(ids) != expected.at(i))
            result << describe(texts[i], ids, expected[i]);
    }
    return result;
}

void compareFile(const Tokenizer& tokenizer, const std::string& text, const std::string& row)
{
    const json& expected = goldenIds().at("files").at(row);
    const std::vector<int> ids = tokenizer.encode(text);
    QCOMPARE(ids.size(), expected.at("count").get<std::size_t>());
    QCOMPARE(fingerprint(ids), QString::fromStdString(expected.at("fnv")));
}

std::shared_ptr<const Tokenizer> trained(const char* name)
{
    return Tokenizer::fromHuggingFace(golden((std::string("tokenizer_") + name + ".json").c_str()), nullptr, nullptr);
}

/// The vocabulary of a byte-level tokenizer.json as GGUF metadata.
json asGguf(const json& tokenizer, const char* pre)
{
    json metadata;
    const json& vocabulary = tokenizer.at("model").at("vocab");
    const json& added = tokenizer.at("added_tokens");
    std::vector<std::string> tokens(vocabulary.size() + added.size());
    std::vector<int> types(tokens.size(), 1);
    for (const auto& [text, id] : vocabulary.items())
        tokens.at(id.get<std::size_t>()) = text;
    for (const json& token : added) {
        tokens.at(token.at("id").get<std::size_t>()) = token.at("content");
        types.at(token.at("id").get<std::size_t>()) = token.at("special") ? 3 : 4;
    }
    for (const json& merge : tokenizer.at("model").at("merges"))
        metadata["tokenizer.ggml.merges"].push_back(merge[0].get<std::string>() + ' ' + merge[1].get<std::string>());
    metadata["tokenizer.ggml.model"] = "gpt2";
    metadata["tokenizer.ggml.pre"] = pre;
    metadata["tokenizer.ggml.tokens"] = tokens;
    metadata["tokenizer.ggml.token_type"] = types;
    return metadata;
}

std::string randomText(std::mt19937& random, bool anyBytes)
{
    static const std::vector<std::string> pieces = {
        " ", "  ", "\n", "a", "The", "'s", "42", "\xc3\xa9", "\xe4\xb8\x96", "\xf0\x9f\x98\x80", "\t", "\xc2\xa0", "\xe2\x80\xa8",
        "!", "<|im_end|>", "<0x41>", "\xe2\x96\x81", std::string(1, '\0')};
    std::string text;
    const std::size_t length = random() % 40;
    for (std::size_t i = 0; i < length; ++i) {
        if (anyBytes && random() % 2)
            text.push_back(static_cast<char>(random()));
        else
            text += pieces[random() % pieces.size()];
    }
    return text;
}

QString smollm2()
{
    const QString path = qEnvironmentVariable("HALFTONE_SMOLLM2");
    return QFileInfo::exists(path) ? path : QString();
}

} // namespace

#define NEED_SMOLLM2(variable)                                                                     \
    const QString variable = smollm2();                                                            \
    if (variable.isEmpty())                                                                        \
    QSKIP("set HALFTONE_SMOLLM2 to SmolLM2-135M-Instruct.Q4_1.gguf")

class TestTokenizer : public QObject
{
    Q_OBJECT
private slots:
    void gpt2VectorsOfGgmlAllMatch()
    {
        HALFTONE_NEED_DATA(path, "tokenizer-ggml-vocab/ggml-vocab-gpt-2.gguf");
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(path));
        const std::string separator = "\n__ggml_vocab_test__\n";
        const std::string input = readFile(path + QStringLiteral(".inp")) + separator;
        std::istringstream output(readFile(path + QStringLiteral(".out")));
        int count = 0;
        for (std::size_t begin = 0, end = 0; (end = input.find(separator, begin)) != std::string::npos;
             begin = end + separator.size(), ++count) {
            std::string line;
            if (!std::getline(output, line))
                break;
            std::istringstream numbers(line);
            const std::vector<int> expected{std::istream_iterator<int>(numbers), {}};
            const std::string text = input.substr(begin, end - begin);
            const auto found = tokenizer->encode(text);
            QVERIFY2(found == expected, qPrintable(describe(text, found, expected)));
            QCOMPARE(tokenizer->decode(found), text);
        }
        QCOMPARE(count, 46);
    }

    void smollm2MatchesLlamaCpp()
    {
        NEED_SMOLLM2(path);
        HALFTONE_NEED_DATA(wiki, "text-wikitext2/wiki.test.raw");
        HALFTONE_NEED_DATA(c4, "text-calibration/c4.utf8");
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(path));
        const std::string text = readFile(wiki);
        compareFile(*tokenizer, text, "smollm2 wiki");
        compareFile(*tokenizer, readFile(c4), "smollm2 c4");
        QCOMPARE(tokenizer->encode(text).size(), std::size_t(303415));
        QCOMPARE(differences(*tokenizer, "smollm2"), QStringList());
        QCOMPARE(specialDifferences(*tokenizer, "smollm2", {"<|im_start|>user\nHi <|im_end|>\n<|endoftext|>"}),
                 QStringList());
        QCOMPARE(tokenizer->bos(), 1);
        QCOMPARE(tokenizer->eos(), 2);
        QVERIFY(!tokenizer->addsBos());
        QVERIFY(tokenizer->chatTemplate().contains(QStringLiteral("<|im_start|>")));
        QCOMPARE(tokenizer->decode(std::vector{1, 19556, 2}), std::string("Hello"));
        QCOMPARE(tokenizer->decode(std::vector{1, 19556, 2}, true), std::string("<|im_start|>Hello<|im_end|>"));
    }

    void gpt2TokenizerJsonMatchesHuggingFace()
    {
        HALFTONE_NEED_DATA(path, "tokenizer-gpt2-hf/tokenizer.json");
        HALFTONE_NEED_DATA(config, "tokenizer-gpt2-hf/tokenizer_config.json");
        HALFTONE_NEED_DATA(wiki, "text-wikitext2/wiki.test.raw");
        const auto tokenizer =
            Tokenizer::fromHuggingFace(json::parse(readFile(path)), json::parse(readFile(config)), nullptr);
        QCOMPARE(differences(*tokenizer, "gpt2-hf"), QStringList());
        compareFile(*tokenizer, readFile(wiki), "gpt2-hf wiki");
        QCOMPARE(tokenizer->bos(), 50256);
        QVERIFY(!tokenizer->addsBos());
    }

    void tinystoriesJsonMatchesHuggingFace()
    {
        HALFTONE_NEED_DATA(folder, "model-tinystories-656k-llama-safetensors");
        HALFTONE_NEED_DATA(wiki, "text-wikitext2/wiki.test.raw");
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(folder));
        QCOMPARE(differences(*tokenizer, "tinystories"), QStringList());
        QCOMPARE(specialDifferences(*tokenizer, "tinystories", {"<|start_story|>Once <|end_story|> x"}), QStringList());
        compareFile(*tokenizer, readFile(wiki), "tinystories wiki");
        QCOMPARE(tokenizer->bos(), 1);
        QCOMPARE(tokenizer->eos(), 2);
        QVERIFY(tokenizer->addsBos());
        QCOMPARE(tokenizer->vocabularySize(), 2048);
    }

    void storiesGgufMatchesLlamaCpp()
    {
        HALFTONE_NEED_DATA(path, "model-stories260k-gguf/stories260K.gguf");
        HALFTONE_NEED_DATA(wiki, "text-wikitext2/wiki.test.raw");
        const auto tokenizer = Tokenizer::forCheckpoint(*Checkpoint::open(path));
        QCOMPARE(differences(*tokenizer, "stories260k"), QStringList());
        QCOMPARE(specialDifferences(*tokenizer, "stories260k", {"<s> Hi</s>you <unk>"}), QStringList());
        compareFile(*tokenizer, readFile(wiki), "stories260k wiki");
        QVERIFY(tokenizer->addsBos());
        const std::string text = " \xf0\x9f\x98\x80 Hi\n";
        QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
    }

    void trainedVocabulariesMatchHuggingFace_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"llama3", "qwen2", "unigram", "metaspace"})
            QTest::newRow(name) << QByteArray(name);
    }
    void trainedVocabulariesMatchHuggingFace()
    {
        QFETCH(QByteArray, name);
        const auto tokenizer = trained(name.constData());
        QCOMPARE(differences(*tokenizer, name.constData()), QStringList());
        QCOMPARE(specialDifferences(*tokenizer, name.constData(), goldenIds().at("specials")), QStringList());
    }

    void ggufPreTokenizersMatchLlamaCpp()
    {
        const auto llama3 = Tokenizer::fromGguf(asGguf(golden("tokenizer_llama3.json"), "llama-bpe"));
        QCOMPARE(differences(*llama3, "llama3-gguf"), QStringList());
        const auto qwen2 = Tokenizer::fromGguf(asGguf(golden("tokenizer_qwen2.json"), "qwen2"));
        QCOMPARE(differences(*qwen2, "qwen2-gguf"), QStringList());
    }

    void everyTextComesBack()
    {
        std::mt19937 random(1);
        const auto byteLevel = trained("llama3");
        const auto metaspace = trained("metaspace");
        for (int i = 0; i < 3000; ++i) {
            const std::string text = randomText(random, i % 2 == 0);
            QCOMPARE(byteLevel->decode(byteLevel->encode(text)), text);
            std::string pieces;
            for (const int token : byteLevel->encode(text))
                pieces += byteLevel->piece(token);
            QCOMPARE(pieces, text);
            // U+2581 is how this vocabulary spells a space, and it begins every text with one.
            if (i % 2 == 1 && text.find("\xe2\x96\x81") == std::string::npos && !text.starts_with(' '))
                QCOMPARE(metaspace->decode(metaspace->encode(text)), text);
        }
    }

    void anyBytesAreEncoded()
    {
        std::mt19937 random(2);
        for (const char* name : {"llama3", "qwen2", "unigram", "metaspace"}) {
            const auto tokenizer = trained(name);
            for (int i = 0; i < 500; ++i) {
                for (const int token : tokenizer->encode(randomText(random, true), i % 2 == 0))
                    QVERIFY(token >= 0 && token < tokenizer->vocabularySize());
            }
        }
        QCOMPARE(trained("metaspace")->decode(trained("metaspace")->encode("a\xff\xe4\xb8")), std::string("a\xff\xe4\xb8"));
    }

    void longTextsWithoutSpacesStayFast()
    {
        const auto tokenizer = trained("llama3");
        for (const char* unit : {"a", " ", "\n", "ab1", "!", "\xe4\xb8\x96"}) {
            std::string text;
            while (text.size() < 300000)
                text += unit;
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
            QVERIFY2(timer.elapsed() < 3000, unit);
        }
    }

    void tokensOutsideTheVocabularyAreErrors()
    {
        const auto tokenizer = trained("qwen2");
        for (const int token : {-1, tokenizer->vocabularySize(), 2147483647})
            QVERIFY_THROWS_EXCEPTION(Error, tokenizer->decode(std::vector{token}));
    }
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
