// SPDX-License-Identifier: GPL-3.0-or-later
// The targets "gptq" and "compressed-tensors": folders of whole numbers with scales and zero points, for
// the libraries that run those. They differ in how a layer's numbers are laid out and described.
#pragma once

#include "export/folder_target.h"
#include "export/grid_layer.h"

namespace halftone {

class GridTarget : public FolderTarget
{
public:
    std::vector<ExportType> types() const override;

protected:
    FolderPlan plan(const Checkpoint& checkpoint, const ExportChoices& choices) const override;

    struct Layout
    {
        GridShape shape;
        int leastZero = 0, mostZero = 0;   ///< over all layers
        std::vector<QString> layers;       ///< names of the linear layers, without ".weight"
        std::vector<QString> kept;         ///< modules that stay floats
        bool symmetric() const { return leastZero == mostZero && leastZero == 1 << (shape.bits - 1); }
    };
    virtual std::vector<int> bits() const = 0;
    virtual QString readersOf(int bits) const = 0;
    /// What a layer's rows and columns must divide by.
    virtual Index divisor() const = 0;
    /// Whether what is rounded here gets one zero point for all.
    virtual bool roundsSymmetric() const = 0;
    /// The tensors that stand for one layer, in order, and their bytes.
    virtual std::vector<ShardTensor> layerTensors(const QString& name, const FolderTensor& tensor, const Layout& layout) const = 0;
    virtual std::vector<std::byte> layerBytes(const GridLayer& layer, const Layout& layout, std::size_t which) const = 0;
    virtual void describe(FolderPlan& plan, const Layout& layout, const ExportChoices& choices) const = 0;
};

class GptqTarget : public GridTarget
{
public:
    QString id() const override;
    QString title() const override;
    QString purpose() const override;

protected:
    std::vector<int> bits() const override { return {4, 2, 3, 8}; }
    QString readersOf(int bits) const override;
    Index divisor() const override { return 32; }
    bool roundsSymmetric() const override { return false; }
    std::vector<ShardTensor> layerTensors(const QString& name, const FolderTensor& tensor, const Layout& layout) const override;
    std::vector<std::byte> layerBytes(const GridLayer& layer, const Layout& layout, std::size_t which) const override;
    void describe(FolderPlan& plan, const Layout& layout, const ExportChoices& choices) const override;
};

class CompressedTensorsTarget : public GridTarget
{
public:
    QString id() const override;
    QString title() const override;
    QString purpose() const override;

protected:
    std::vector<int> bits() const override { return {4, 2, 3, 5, 6, 7, 8}; }
    QString readersOf(int bits) const override;
    Index divisor() const override { return 1; }
    bool roundsSymmetric() const override { return true; }
    std::vector<ShardTensor> layerTensors(const QString& name, const FolderTensor& tensor, const Layout& layout) const override;
    std::vector<std::byte> layerBytes(const GridLayer& layer, const Layout& layout, std::size_t which) const override;
    void describe(FolderPlan& plan, const Layout& layout, const ExportChoices& choices) const override;
};

} // namespace halftone
