// SPDX-License-Identifier: GPL-3.0-or-later
// One layer of the selected matrix' map: finds its numbers on the Look lane and hands pictures of any
// window, one at a time, so that a drag never queues them up. A first look comes from sampled rows, the
// exact one from the pyramid once it is built.
#pragma once

#include "inspect/heatmap.h"
#include "inspect/tensor_stats.h"
#include "widgets/heatmap_view.h"

#include <QObject>
#include <memory>

namespace halftone {

class Session;

class LayerMap : public QObject
{
    Q_OBJECT

public:
    enum class Layer { Original, Quantized, Error, Mask, Magnitude, HessianSaliency };

    /// `tag` keeps its tasks on the lane apart from those of another map.
    LayerMap(Session& session, const QString& tag);

    void setLayer(Layer layer);
    Layer layer() const { return m_layer; }
    void setWindow(const HeatWindow& window);
    /// nullptr while being measured, and for the mask, whose range is 0 to 1.
    std::shared_ptr<const TensorStats> stats() const { return m_stats; }
    /// nullptr while being built.
    std::shared_ptr<const HeatPyramid> pyramid() const { return m_pyramid; }
    /// Why there is no picture; empty when there is one or it is on its way.
    QString missing() const;
    /// What is to be known about the picture: "not compensated", "by magnitude". May be empty.
    QString stamp() const;

signals:
    void pictureMade(std::shared_ptr<const halftone::HeatPicture> picture);
    /// Statistics, pyramid, stamp or what is missing.
    void changed();

private:
    void reset();
    void takeSource();
    void begin();
    RowSource sourceOf() const;
    void feed();
    bool quickly() const;
    void wantPyramid();
    void wantStats();

    Session& m_session;
    QString m_tag;
    Layer m_layer = Layer::Original;
    RowSource m_source;
    HeatWindow m_window;
    std::shared_ptr<HeatPyramidBuilder> m_builder; // the Look lane's
    std::shared_ptr<const HeatPyramid> m_pyramid;
    std::shared_ptr<const TensorStats> m_stats;
    quint64 m_turn = 0; // counts sources, so that a picture of an old one is not shown
    bool m_begun = false;
    bool m_busy = false;
    bool m_again = false;
    bool m_quick = false; // the last picture asked for was of some rows only
};

} // namespace halftone
