// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a backend's long verbs stop in the middle when a job is cancelled. It cancels nothing itself.
#pragma once

#include "compute/backend.h"

namespace halftone {

/// While it lives the backend watches the job's progress. A watch that is there already stays: the
/// outer job is the one that people cancel.
class CancelWatch
{
public:
    CancelWatch(ComputeBackend& backend, const Progress& progress)
        : m_backend(backend), m_outer(backend.watched())
    {
        if (!m_outer)
            m_backend.watch(&progress);
    }
    ~CancelWatch() { m_backend.watch(m_outer); }
    CancelWatch(const CancelWatch&) = delete;
    CancelWatch& operator=(const CancelWatch&) = delete;

private:
    ComputeBackend& m_backend;
    const Progress* m_outer;
};

} // namespace halftone
