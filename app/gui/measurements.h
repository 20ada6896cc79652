// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics of the open model's tensors: measured on the Look lane when wanted, then remembered.
#pragma once

#include "inspect/tensor_stats.h"

#include <QHash>
#include <QObject>
#include <memory>

namespace halftone {

class Session;

class Measurements : public QObject
{
    Q_OBJECT

public:
    explicit Measurements(Session& session);

    /// nullptr until measured.
    std::shared_ptr<const TensorStats> stats(int tensor) const { return m_stats.value(tensor); }
    /// Measures one tensor as soon as possible.
    void want(int tensor);
    /// Measures the rest in file order while nobody waits for anything else.
    void wantAll();
    bool measuringAll() const { return m_next >= 0; }
    /// Tensors that have statistics at all.
    int measurable() const { return m_measurable; }
    int measured() const { return int(m_stats.size()); }

signals:
    void measuredTensor(int tensor);

private:
    void reset();
    void next();

    Session& m_session;
    QHash<int, std::shared_ptr<const TensorStats>> m_stats;
    int m_next = -1; // the next tensor of wantAll(), or -1
    int m_measurable = 0;
};

/// Whether the weights of this tensor can be read as numbers.
bool hasNumbers(const TensorView& tensor);

} // namespace halftone
