// SPDX-License-Identifier: GPL-3.0-or-later
// What goes around a packed matrix when its basis is turned, or its classes and codes are stored as
// symbols of a range coder: the file is then smaller than what lies in memory, which is the plain packed
// matrix. Described for other readers in resources/format/packed-format.md.
#pragma once

#include "packed/packed_matrix.h"

#include <vector>

namespace halftone {

/// The stored bytes of a coding whose plain packed matrix is `plain`. Symbols are used only where they
/// are smaller than masks and codes.
std::vector<std::byte> wrapMatrix(const Coding& coding, const CodeMatrix& codes,
                                  std::span<const std::byte> plain);

/// Whether bytes begin like a wrapped matrix.
bool isWrapped(std::span<const std::byte> bytes);

/// What the wrapper says; nothing is decoded.
struct WrappedHeader
{
    Rotation rotation;
    bool symbols = false;                  ///< masks and codes are left out of `inner`
    std::span<const std::byte> inner;

    /// Throws Error naming the matrix.
    static WrappedHeader read(const QString& name, std::span<const std::byte> bytes);
};

struct UnwrappedMatrix
{
    Rotation rotation;
    std::int64_t symbolBytes = 0;          ///< of streams, tables and contexts; 0 when not used
    std::span<const std::byte> plain;      ///< the plain packed matrix, within the file or in `rebuilt`
    std::vector<std::byte> rebuilt;
};

/// Reads what wrapMatrix wrote. Trusts nothing; throws Error naming the matrix.
UnwrappedMatrix unwrapMatrix(const QString& name, std::span<const std::byte> bytes);

} // namespace halftone
