// SPDX-License-Identifier: GPL-3.0-or-later
// The loop that all pair-merging tokenizers share: of all neighbours that may merge, the best first
// (the leftmost of equals), until none is left. O(n log n): a heap over a linked list.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

namespace halftone {

/// A stretch of the text. After mergeSymbols those with length 0 were merged into one on their left.
struct Symbol
{
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
    int token = -1;
    std::int32_t previous = -1;
    std::int32_t next = -1;
};

/// What two neighbours become. Lower order merges first; token -1 means they do not merge.
struct Merge
{
    double order = 0;
    int token = -1;
};

/// mergeOf(left, right) gives the Merge of two symbols. Sets the links of `symbols` itself.
template <typename MergeOf>
void mergeSymbols(std::vector<Symbol>& symbols, const MergeOf& mergeOf)
{
    struct Candidate
    {
        double order;
        std::int32_t left;
        std::int32_t right;
        std::uint32_t length;
        int token;
        bool operator<(const Candidate& other) const
        {
            return order != other.order ? order > other.order : left > other.left;
        }
    };
    const auto at = [&](std::int32_t i) -> Symbol& { return symbols[static_cast<std::size_t>(i)]; };
    std::vector<Candidate> storage;
    storage.reserve(symbols.size());
    std::priority_queue<Candidate> candidates({}, std::move(storage));
    const auto consider = [&](std::int32_t left, std::int32_t right) {
        if (left < 0 || right < 0)
            return;
        const Merge merge = mergeOf(at(left), at(right));
        if (merge.token >= 0)
            candidates.push({merge.order, left, right, at(left).length + at(right).length, merge.token});
    };
    const auto count = static_cast<std::int32_t>(symbols.size());
    for (std::int32_t i = 0; i < count; ++i) {
        at(i).previous = i - 1;
        at(i).next = i + 1 < count ? i + 1 : -1;
    }
    for (std::int32_t i = 0; i + 1 < count; ++i)
        consider(i, i + 1);
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = at(best.left);
        Symbol& right = at(best.right);
        // Either was merged since: lengths only grow, and a merged symbol has none.
        if (left.length == 0 || right.length == 0 || left.length + right.length != best.length)
            continue;
        left.length = best.length;
        left.token = best.token;
        left.next = right.next;
        right.length = 0;
        if (left.next >= 0)
            at(left.next).previous = best.left;
        consider(left.previous, best.left);
        consider(best.left, left.next);
    }
}

} // namespace halftone
