// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prefix_tree.h"

namespace halftone {

PrefixTree::PrefixTree() : m_nodes(1)
{
    m_roots.fill(-1);
}

std::int32_t PrefixTree::child(std::int32_t parent, unsigned char byte) const
{
    if (parent == 0)
        return m_roots[byte];
    std::int32_t node = m_nodes[static_cast<std::size_t>(parent)].firstChild;
    while (node >= 0 && m_nodes[static_cast<std::size_t>(node)].byte != byte)
        node = m_nodes[static_cast<std::size_t>(node)].nextSibling;
    return node;
}

void PrefixTree::insert(std::string_view text, int value)
{
    if (text.empty())
        return;
    std::int32_t node = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        std::int32_t next = child(node, byte);
        if (next < 0) {
            next = static_cast<std::int32_t>(m_nodes.size());
            Node added;
            added.byte = byte;
            if (node == 0) {
                m_roots[byte] = next;
            } else {
                Node& parent = m_nodes[static_cast<std::size_t>(node)];
                added.nextSibling = parent.firstChild;
                parent.firstChild = next;
            }
            m_nodes.push_back(added);
        }
        node = next;
    }
    m_nodes[static_cast<std::size_t>(node)].value = value;
}

} // namespace halftone
