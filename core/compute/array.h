// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix that lives where its backend keeps it: in memory for the CPU, in a device buffer for a
// GPU. A handle: copies share the numbers.
#pragma once

#include "base/matrix.h"

#include <cstdint>
#include <memory>

namespace halftone {

enum class Scalar : std::uint8_t { F32, F64, I32, U8 };

/// What a backend derives its memory from. Freed when the last Array lets go.
class Storage
{
public:
    virtual ~Storage() = default;
};

/// Row-major, rows contiguous. `offset` counts elements into the storage.
struct Array
{
    std::shared_ptr<Storage> storage;
    Scalar scalar = Scalar::F32;
    Index rows = 0;
    Index columns = 0;
    Index offset = 0;

    Index size() const { return rows * columns; }
    explicit operator bool() const { return storage != nullptr; }

    /// Rows [begin, begin + count) of the same numbers.
    Array rowRange(Index begin, Index count) const
    {
        Array part = *this;
        part.rows = count;
        part.offset += begin * columns;
        return part;
    }
};

} // namespace halftone
