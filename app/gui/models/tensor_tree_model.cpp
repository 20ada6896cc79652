// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tensor_tree_model.h"

#include "checkpoint/checkpoint.h"
#include "texts.h"

#include <QFont>
#include <algorithm>

namespace halftone {

namespace {

constexpr quintptr kTopLevel = ~quintptr(0);

// "model.layers.3.mlp.up_proj.weight" -> 15: just behind the first part that is a number. 0 without.
int endOfBlockPrefix(const QString& name)
{
    int begin = 0;
    while (begin < name.size()) {
        int end = int(name.indexOf(QLatin1Char('.'), begin));
        if (end < 0)
            return 0;
        const auto part = QStringView(name).mid(begin, end - begin);
        if (!part.isEmpty() && std::all_of(part.begin(), part.end(), [](QChar c) { return c.isDigit(); }))
            return end + 1;
        begin = end + 1;
    }
    return 0;
}

} // namespace

TensorTreeModel::TopRow TensorTreeModel::lone(int tensor)
{
    return {{}, {}, -1, {{tensor, 0}}};
}

void TensorTreeModel::setCheckpoint(std::shared_ptr<const Checkpoint> checkpoint)
{
    beginResetModel();
    m_checkpoint = std::move(checkpoint);
    rebuild();
    endResetModel();
}

void TensorTreeModel::setFilter(const QString& text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    beginResetModel();
    m_words = words;
    rebuild();
    endResetModel();
}

void TensorTreeModel::rebuild()
{
    m_rows.clear();
    m_shownTensors = 0;
    if (!m_checkpoint)
        return;
    QHash<QString, std::size_t> groups;
    const auto& tensors = m_checkpoint->tensors();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const QString& name = tensors[i].name;
        const bool shown = std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
            return name.contains(word, Qt::CaseInsensitive);
        });
        if (!shown)
            continue;
        ++m_shownTensors;
        const int from = endOfBlockPrefix(name);
        if (from == 0) {
            m_rows.push_back(lone(int(i)));
            continue;
        }
        const QString group = name.left(from - 1);
        const auto known = groups.constFind(group);
        if (known != groups.constEnd()) {
            m_rows[*known].leaves.push_back({int(i), from});
        } else {
            const int dot = int(group.lastIndexOf(QLatin1Char('.')));
            groups.insert(group, m_rows.size());
            m_rows.push_back({group, group.left(dot + 1), group.mid(dot + 1).toInt(), {{int(i), from}}});
        }
    }
    sortBlocks();
}

// Files often list block 10 before block 2. Blocks are put in order; lone tensors keep their places
// before, between or after the blocks.
void TensorTreeModel::sortBlocks()
{
    const auto isLone = [](const TopRow& row) { return row.group.isEmpty(); };
    for (auto begin = m_rows.begin(); begin != m_rows.end();) {
        begin = std::find_if_not(begin, m_rows.end(), isLone);
        const auto end = std::find_if(begin, m_rows.end(), isLone);
        std::stable_sort(begin, end, [](const TopRow& a, const TopRow& b) {
            return a.prefix == b.prefix ? a.block < b.block : a.prefix < b.prefix;
        });
        begin = end;
    }
}

const TensorTreeModel::Leaf* TensorTreeModel::leafAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    if (index.internalId() != kTopLevel)
        return &m_rows[index.internalId()].leaves[std::size_t(index.row())];
    const TopRow& row = m_rows[std::size_t(index.row())];
    return row.group.isEmpty() ? &row.leaves.front() : nullptr;
}

int TensorTreeModel::tensorAt(const QModelIndex& index) const
{
    const Leaf* leaf = leafAt(index);
    return leaf ? leaf->tensor : -1;
}

QModelIndex TensorTreeModel::indexOf(int tensor) const
{
    for (std::size_t top = 0; top < m_rows.size(); ++top) {
        const auto& leaves = m_rows[top].leaves;
        for (std::size_t i = 0; i < leaves.size(); ++i)
            if (leaves[i].tensor == tensor)
                return m_rows[top].group.isEmpty() ? createIndex(int(top), 0, kTopLevel)
                                                   : createIndex(int(i), 0, quintptr(top));
    }
    return {};
}

QModelIndex TensorTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : kTopLevel);
}

QModelIndex TensorTreeModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kTopLevel)
        return {};
    return createIndex(int(index.internalId()), 0, kTopLevel);
}

int TensorTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    if (parent.column() != 0 || parent.internalId() != kTopLevel)
        return 0;
    const TopRow& row = m_rows[std::size_t(parent.row())];
    return row.group.isEmpty() ? 0 : int(row.leaves.size());
}

int TensorTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant TensorTreeModel::data(const QModelIndex& index, int role) const
{
    const Leaf* leaf = leafAt(index);
    if (!leaf) {
        const TopRow& row = m_rows[std::size_t(index.row())];
        if (role == Qt::DisplayRole && index.column() == Name)
            return row.group;
        if (role == Qt::DisplayRole && index.column() == Shape)
            return tr("%n tensors", nullptr, int(row.leaves.size()));
        return {};
    }
    const TensorView& tensor = m_checkpoint->tensors()[std::size_t(leaf->tensor)];
    if (role == Qt::DisplayRole)
        return index.column() == Name ? tensor.name.mid(leaf->nameFrom) : shapeText(tensor);
    if (role == Qt::ToolTipRole)
        return tr("%1\n%2, %3").arg(tensor.name, shapeText(tensor), name(tensor.type));
    return {};
}

QVariant TensorTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Tensor") : tr("Shape");
}

} // namespace halftone
