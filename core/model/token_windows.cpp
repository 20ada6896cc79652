// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/token_windows.h"

#include "base/error.h"

#include <QFile>
#include <algorithm>
#include <random>

namespace halftone {

namespace {

Index contextFor(const WindowRequest& request, Index modelContext, Index available, Index bosTokens,
                 const QString& textName, QStringList& notes)
{
    if (request.context) {
        const Index context = *request.context;
        if (context < 2 || context > modelContext)
            throw Error(tr("A window should have 2 to %1 tokens (the model's context), but %2 were "
                           "asked for.")
                            .arg(modelContext)
                            .arg(context));
        if (available < context - bosTokens)
            throw Error(tr("The text '%1' has %2 tokens, too few for one window of %3.")
                            .arg(textName)
                            .arg(available)
                            .arg(context));
        return context;
    }
    Index context = request.defaultContext;
    if (context > modelContext) {
        context = modelContext;
        notes << tr("Windows have %1 tokens, the longest that this model reads at once.").arg(context);
    }
    if (context - bosTokens > available) {
        context = available + bosTokens;
        if (context < 2)
            throw Error(tr("The text '%1' has %2 tokens, too few for any window.")
                            .arg(textName)
                            .arg(available));
        notes << tr("Windows have %1 tokens: the text '%2' has no more.").arg(context).arg(textName);
    }
    return context;
}

} // namespace

TokenWindows cutWindows(std::span<const int> text, const WindowRequest& request, Index modelContext,
                        int bos, const QString& textName)
{
    const Index bosTokens = bos >= 0 ? 1 : 0;
    const Index available =
        std::max<Index>(0, static_cast<Index>(text.size()) - request.skipTokens);
    TokenWindows out;
    out.textTokens = static_cast<Index>(text.size());
    out.context = contextFor(request, modelContext, available, bosTokens, textName, out.notes);
    const Index step = out.context - bosTokens;
    const Index most = available / step;
    out.count = request.count.value_or(request.defaultCount > 0 ? request.defaultCount : most);
    if (out.count < 1)
        throw Error(tr("At least one window is needed, but %1 were asked for.").arg(out.count));
    if (out.count > most) {
        if (request.count)
            throw Error(tr("The text '%1' gives %2 windows of %3 tokens, but %4 were asked for.")
                            .arg(textName)
                            .arg(most)
                            .arg(out.context)
                            .arg(out.count));
        out.count = most;
        out.notes << tr("The text '%1' gives %2 windows of %3 tokens.")
                         .arg(textName)
                         .arg(most)
                         .arg(out.context);
    }
    out.tokens.reserve(static_cast<std::size_t>(out.count * out.context));
    for (Index w = 0; w < out.count; ++w) {
        if (bosTokens)
            out.tokens.push_back(bos);
        const auto begin = text.begin() + request.skipTokens + w * step;
        out.tokens.insert(out.tokens.end(), begin, begin + step);
    }
    return out;
}

TokenWindows drawWindows(std::span<const int> text, const TokenWindows& inOrder, int bos, std::uint64_t seed,
                         Index from, Index to, const QString& textName)
{
    const Index bosTokens = bos >= 0 ? 1 : 0;
    const Index step = inOrder.context - bosTokens;
    // Where a window may begin: so many places in front of what is left out, the others behind it.
    const bool none = to <= from;
    const auto end = static_cast<Index>(text.size());
    const Index before = std::max<Index>(0, (none ? end : from) - step + 1);
    const Index places = before + (none ? 0 : std::max<Index>(0, end - to - step + 1));
    if (places == 0)
        throw Error(tr("The text '%1' has no room for calibration windows of %2 tokens beside those it is judged on.")
                        .arg(textName)
                        .arg(inOrder.context));
    TokenWindows out = inOrder;
    out.tokens.clear();
    // The generator is the standard's; its distributions differ between libraries, so they are not used.
    std::mt19937_64 random(seed);
    for (Index w = 0; w < out.count; ++w) {
        const auto place = static_cast<Index>(random() % static_cast<std::uint64_t>(places));
        const auto begin = text.begin() + (place < before ? place : to + place - before);
        if (bosTokens)
            out.tokens.push_back(bos);
        out.tokens.insert(out.tokens.end(), begin, begin + step);
    }
    return out;
}

std::vector<int> tokenizeFile(const Tokenizer& tokenizer, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("The text '%1' cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray bytes = file.readAll();
    if (bytes.isEmpty())
        throw Error(tr("The text '%1' is empty.").arg(path));
    return tokenizer.encode({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

} // namespace halftone
