// SPDX-License-Identifier: GPL-3.0-or-later
// A set of byte strings that answers which of them a text begins with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace halftone {

class PrefixTree
{
public:
    PrefixTree();
    /// value >= 0; the last value of equal texts counts. Empty texts are left out.
    void insert(std::string_view text, int value);

    /// found(length, value) for each member that text begins with, shortest first.
    template <typename Found>
    void forEachPrefix(std::string_view text, const Found& found) const
    {
        std::int32_t node = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            node = child(node, static_cast<unsigned char>(text[i]));
            if (node < 0)
                return;
            if (const int value = m_nodes[static_cast<std::size_t>(node)].value; value >= 0)
                found(i + 1, value);
        }
    }
    bool empty() const { return m_nodes.size() == 1; }

private:
    struct Node
    {
        unsigned char byte = 0;
        int value = -1;
        std::int32_t firstChild = -1;
        std::int32_t nextSibling = -1;
    };
    std::int32_t child(std::int32_t parent, unsigned char byte) const;

    std::vector<Node> m_nodes;
    std::array<std::int32_t, 256> m_roots;   ///< children of node 0: the only wide one
};

} // namespace halftone
