// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tokenizer.h"

#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "model/tokenizer_parts.h"
#include "model/utf8.h"

#include <QDir>
#include <QFile>
#include <utility>

namespace halftone {

namespace {

/// One call of encode(): where its rewritten texts live and what its words became.
class Encoding
{
public:
    Encoding(const TokenizerParts& parts, bool parseSpecial) : m_parts(parts), m_parseSpecial(parseSpecial)
    {
    }

    /// Valid UTF-8. `first`: the whole text begins here.
    void addText(std::string_view text, bool first)
    {
        bool continues = !first;
        for (const auto& segment : m_parts.addedTokens.split(text, m_parseSpecial)) {
            if (segment.token >= 0)
                m_tokens.push_back(segment.token);
            else
                addPlain(segment.text, continues, first && segment.text.data() == text.data());
            continues = false;
        }
    }
    void addBytes(std::string_view bytes) { m_parts.model->encode(bytes, m_tokens); }
    std::vector<int> take() { return std::move(m_tokens); }

private:
    void addPlain(std::string_view text, bool continues, bool first)
    {
        if (!m_parts.normalizer.empty())
            text = m_store.emplace_back(m_parts.normalizer.apply(text, continues));
        for (const auto& segment : m_parts.normalizedTokens.split(text, m_parseSpecial)) {
            if (segment.token >= 0) {
                m_tokens.push_back(segment.token);
                continue;
            }
            const bool isFirst = first && segment.text.data() == text.data();
            for (const Word& word : m_parts.preTokenizer.split(segment.text, isFirst, m_store))
                addWord(word.text);
        }
    }

    /// A word that was met before is copied from where it is in the tokens.
    void addWord(std::string_view word)
    {
        constexpr std::size_t kLongestKept = 64;
        if (word.size() > kLongestKept) {
            m_parts.model->encode(word, m_tokens);
            return;
        }
        const std::size_t begin = m_tokens.size();
        const auto [known, isNew] = m_words.try_emplace(word, begin, 0);
        if (isNew) {
            m_parts.model->encode(word, m_tokens);
            known->second.second = m_tokens.size() - begin;
            return;
        }
        for (std::size_t i = 0; i < known->second.second; ++i)
            m_tokens.push_back(m_tokens[known->second.first + i]);
    }

    const TokenizerParts& m_parts;
    bool m_parseSpecial;
    TextStore m_store;
    std::vector<int> m_tokens;
    std::unordered_map<std::string_view, std::pair<std::size_t, std::size_t>> m_words;
};

nlohmann::json readJson(const QString& folder, const QString& name)
{
    constexpr qint64 kLargest = 512LL << 20;
    QFile file(QDir(folder).filePath(name));
    if (!file.exists())
        return nullptr;
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(file.fileName(), file.errorString()));
    if (file.size() > kLargest)
        throw Error(tr("'%1' has %2 bytes; a tokenizer's file has at most %3.")
                        .arg(file.fileName()).arg(file.size()).arg(kLargest));
    const QByteArray bytes = file.readAll();
    try {
        return nlohmann::json::parse(bytes.begin(), bytes.end());
    } catch (const nlohmann::json::exception& error) {
        throw Error(tr("'%1' is not valid JSON: %2.").arg(file.fileName(), QString::fromUtf8(error.what())));
    }
}

} // namespace

Tokenizer::Tokenizer(TokenizerParts parts) : m_parts(std::make_unique<const TokenizerParts>(std::move(parts)))
{
}

Tokenizer::~Tokenizer() = default;

std::shared_ptr<const Tokenizer> Tokenizer::forCheckpoint(const Checkpoint& checkpoint)
{
    if (checkpoint.metadata().contains("tokenizer.ggml.model"))
        return fromGguf(checkpoint.metadata());
    const QString folder = checkpoint.folder();
    const nlohmann::json tokenizer =
        folder.isEmpty() ? nlohmann::json() : readJson(folder, QStringLiteral("tokenizer.json"));
    if (tokenizer.is_null())
        throw Error(tr("'%1' has no tokenizer: neither tokenizer.json nor GGUF metadata. "
                       "Put the tokenizer.json of the model beside it.").arg(checkpoint.path()));
    nlohmann::json tokenizerConfig = readJson(folder, QStringLiteral("tokenizer_config.json"));
    QFile chatTemplate(QDir(folder).filePath(QStringLiteral("chat_template.jinja")));
    if (chatTemplate.open(QIODevice::ReadOnly) && (tokenizerConfig.is_null() || tokenizerConfig.is_object()))
        tokenizerConfig["chat_template"] = chatTemplate.readAll().toStdString();
    nlohmann::json ids = checkpoint.config();
    const nlohmann::json generation = readJson(folder, QStringLiteral("generation_config.json"));
    if (generation.is_object() && (ids.is_object() || ids.is_null()))
        ids.update(generation);
    return fromHuggingFace(tokenizer, tokenizerConfig, ids);
}

std::vector<int> Tokenizer::encode(std::string_view utf8, bool parseSpecial) const
{
    Encoding encoding(*m_parts, parseSpecial);
    for (std::size_t position = 0; position < utf8.size();) {
        const std::size_t valid = validLength(utf8.substr(position));
        if (valid > 0)
            encoding.addText(utf8.substr(position, valid), position == 0);
        position += valid;
        std::size_t end = position;
        while (end < utf8.size() && validLength(utf8.substr(end, 4)) == 0)
            ++end;
        if (end > position)
            encoding.addBytes(utf8.substr(position, end - position));
        position = end;
    }
    return encoding.take();
}

std::string Tokenizer::decode(std::span<const int> tokens, bool withSpecial) const
{
    std::string text;
    for (const int token : tokens) {
        const std::string& bytes = piece(token);
        if (withSpecial || !isSpecial(token))
            text += bytes;
    }
    std::size_t spaces = 0;
    while (spaces < static_cast<std::size_t>(m_parts->strippedSpaces) && spaces < text.size() && text[spaces] == ' ')
        ++spaces;
    text.erase(0, spaces);
    return text;
}

const std::string& Tokenizer::piece(int token) const
{
    if (token < 0 || token >= vocabularySize())
        throw Error(tr("Token %1 is not in the vocabulary of %2 tokens.").arg(token).arg(vocabularySize()));
    return m_parts->pieces[static_cast<std::size_t>(token)];
}

bool Tokenizer::isSpecial(int token) const
{
    return token >= 0 && token < vocabularySize() && m_parts->special[static_cast<std::size_t>(token)] != 0;
}

int Tokenizer::vocabularySize() const
{
    return static_cast<int>(m_parts->pieces.size());
}

int Tokenizer::bos() const
{
    return m_parts->bos;
}

int Tokenizer::eos() const
{
    return m_parts->eos;
}

bool Tokenizer::addsBos() const
{
    return m_parts->addsBos;
}

QString Tokenizer::chatTemplate() const
{
    return m_parts->chatTemplate;
}

QString Tokenizer::kind() const
{
    return m_parts->kind;
}

} // namespace halftone
