// SPDX-License-Identifier: GPL-3.0-or-later
#include "write_text.h"

#include "app/backends.h"
#include "base/error.h"
#include "model/utf8.h"
#include "texts.h"

#include <QLocale>

namespace halftone {

namespace {

constexpr int kExpectations = 3;

// One model of the order, opened.
struct TextWriter
{
    TextWriter(const QString& path, ComputeBackend& backend)
        : checkpoint(Checkpoint::open(path)), tokenizer(Tokenizer::forCheckpoint(*checkpoint)), model(checkpoint, backend)
    {
    }
    std::vector<int> promptTokens(const QString& prompt) const
    {
        std::vector<int> tokens = tokenizer->encode(prompt.toStdString(), true);
        if ((tokenizer->addsBos() || tokens.empty()) && tokenizer->bos() >= 0)
            tokens.insert(tokens.begin(), tokenizer->bos());
        return tokens;
    }
    Sampling within(Sampling sampling, std::size_t prompt) const
    {
        sampling.maxTokens = std::clamp<Index>(model.config().context - static_cast<Index>(prompt), 1, sampling.maxTokens);
        return sampling;
    }

    std::shared_ptr<const Checkpoint> checkpoint;
    std::shared_ptr<const Tokenizer> tokenizer;
    Transformer model;
};

QString visible(const Tokenizer& tokenizer, int token)
{
    QString text = QString::fromStdString(tokenizer.piece(token)).trimmed();
    return text.isEmpty() ? tr("(space)") : text;
}

std::vector<ReadToken> readTokens(TextWriter& writer, const std::vector<int>& tokens, std::size_t given, Progress& progress)
{
    std::vector<ReadToken> out;
    Utf8Stream stream;
    for (const TokenSurprise& each : surpriseOf(writer.model, tokens, kExpectations, progress)) {
        QStringList expected;
        for (const auto& [token, probability] : each.expected)
            expected += tr("%1 %2").arg(visible(*writer.tokenizer, token), percentText(probability, 0));
        out.push_back({stream.take(writer.tokenizer->piece(each.token)), each.nats, expected.join(QStringLiteral(", ")),
                       out.size() < given});
    }
    return out;
}

QString readFacts(const std::vector<ReadToken>& tokens)
{
    double sum = 0;
    int count = 0;
    for (const ReadToken& token : tokens)
        if (!token.given) {
            sum += token.nats;
            ++count;
        }
    return count == 0 ? QString() : tr("%1 nats a token on average").arg(QLocale().toString(sum / count, 'f', 2));
}

} // namespace

QString Utf8Stream::take(const std::string& bytes)
{
    m_waiting += bytes;
    QString out;
    std::size_t done = 0;
    while (done < m_waiting.size()) {
        std::int32_t codepoint = 0;
        const std::size_t length = readCharacter(m_waiting, done, codepoint);
        if (length > 0) {
            out += QString::fromUtf8(m_waiting.data() + done, static_cast<qsizetype>(length));
            done += length;
            continue;
        }
        const auto lead = static_cast<unsigned char>(m_waiting[done]);
        const std::size_t needed = lead >= 0xf5 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
        if (needed > 1 && m_waiting.size() - done < needed)
            break; // the next token may bring the rest
        out += QChar(QChar::ReplacementCharacter);
        ++done;
    }
    m_waiting.erase(0, done);
    return out;
}

QString Utf8Stream::rest()
{
    const QString out = m_waiting.empty() ? QString() : QString(QChar(QChar::ReplacementCharacter));
    m_waiting.clear();
    return out;
}

void writeTexts(const TextOrder& order, const TextListener& listener, Progress& progress)
{
    const auto backend = makeBackend(order.backend);
    std::vector<int> forcedTokens;
    std::size_t given = 0;
    for (int column = 0; column < order.models.size(); ++column) {
        TextWriter writer(order.models[column], *backend);
        if (!order.forced || column == 0) {
            const std::vector<int> prompt = writer.promptTokens(order.prompt);
            Utf8Stream stream;
            const Generated out = generate(
                writer.model, *writer.tokenizer, prompt, writer.within(order.sampling, prompt.size()),
                [&](int, const std::string& bytes) {
                    if (!order.forced)
                        listener.wrote(column, stream.take(bytes));
                    return true;
                },
                progress);
            if (!order.forced) {
                listener.wrote(column, stream.rest());
                const double rate = out.seconds > 0 ? double(out.tokens.size()) / out.seconds : 0;
                listener.ended(column, tr("%1 tokens, %2 a second").arg(countText(std::int64_t(out.tokens.size())), QLocale().toString(rate, 'f', 0)));
                continue;
            }
            forcedTokens = prompt;
            given = prompt.size();
            forcedTokens.insert(forcedTokens.end(), out.tokens.begin(), out.tokens.end());
        }
        const std::vector<ReadToken> tokens = readTokens(writer, forcedTokens, given, progress);
        listener.read(column, tokens);
        listener.ended(column, readFacts(tokens));
    }
}

} // namespace halftone
