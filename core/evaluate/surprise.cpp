// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/surprise.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halftone {

namespace {

constexpr Index kRowsAtOnce = 64; // logits of so many positions are held together

TokenSurprise judge(std::span<const float> logits, int token, int expectations)
{
    TokenSurprise out;
    out.token = token;
    const double highest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(double{logit} - highest);
    const auto logProbability = [&](int id) { return double{logits[static_cast<std::size_t>(id)]} - highest - std::log(sum); };
    out.nats = -logProbability(token);
    std::vector<int> order(logits.size());
    std::iota(order.begin(), order.end(), 0);
    const auto kept = std::min<std::size_t>(order.size(), static_cast<std::size_t>(std::max(0, expectations)));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(), [&](int a, int b) {
        const float la = logits[static_cast<std::size_t>(a)], lb = logits[static_cast<std::size_t>(b)];
        return la != lb ? la > lb : a < b;
    });
    for (std::size_t i = 0; i < kept; ++i)
        out.expected.emplace_back(order[i], std::exp(logProbability(order[i])));
    return out;
}

} // namespace

std::vector<TokenSurprise> surpriseOf(Transformer& model, std::span<const int> tokens, int expectations,
                                      Progress& progress)
{
    const auto count = static_cast<Index>(tokens.size());
    if (count > model.config().context)
        throw Error(tr("The text has %1 tokens, but the model's context is %2. Take a shorter one.")
                        .arg(count)
                        .arg(model.config().context));
    if (count == 0)
        return {};
    std::vector<TokenSurprise> out{{tokens[0], 0, {}}};
    const Array hidden = model.embed(tokens);
    for (Index b = 0; b < model.config().blocks; ++b) {
        progress.check();
        model.runBlock(model.loadBlock(b), hidden);
    }
    const Array head = model.loadHead();
    for (Index begin = 0; begin + 1 < count; begin += kRowsAtOnce) {
        progress.check();
        const Index rows = std::min(kRowsAtOnce, count - 1 - begin);
        const Array logits = model.backend().allocate(Scalar::F32, rows, head.rows);
        model.backend().project(logits, model.normed(hidden.rowRange(begin, rows)), head);
        std::vector<float> values(static_cast<std::size_t>(rows * head.rows));
        model.backend().download(values.data(), logits);
        if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
            throw Error(tr("The model '%1' predicts values that are not finite: it is damaged, or its "
                           "activations overflow.")
                            .arg(model.checkpoint().path()));
        for (Index row = 0; row < rows; ++row)
            out.push_back(judge({values.data() + row * head.rows, static_cast<std::size_t>(head.rows)},
                                tokens[static_cast<std::size_t>(begin + row + 1)], expectations));
    }
    return out;
}

} // namespace halftone
