// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors of a checkpoint as a tree for the left pane: one group per block, the rest at the top.
// Filters by text itself, which stays quick with 100,000 tensors.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <vector>

namespace halftone {

class Checkpoint;

class TensorTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Shape, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setCheckpoint(std::shared_ptr<const Checkpoint> checkpoint);
    /// Keeps tensors whose name holds every word of the text, in any case.
    void setFilter(const QString& text);
    int shownTensors() const { return m_shownTensors; }

    /// -1 for a group.
    int tensorAt(const QModelIndex& index) const;
    QModelIndex indexOf(int tensor) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Leaf
    {
        int tensor = 0;
        int nameFrom = 0; ///< characters of the name that the group already says
    };
    struct TopRow
    {
        QString group;            ///< "model.layers.3"; empty for a lone tensor
        QString prefix;           ///< "model.layers."
        int block = -1;           ///< 3
        std::vector<Leaf> leaves; ///< exactly one for a lone tensor
    };

    static TopRow lone(int tensor);
    void rebuild();
    void sortBlocks();
    const Leaf* leafAt(const QModelIndex& index) const;

    std::shared_ptr<const Checkpoint> m_checkpoint;
    QStringList m_words;
    std::vector<TopRow> m_rows;
    int m_shownTensors = 0;
};

} // namespace halftone
