// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 (FIPS 180-4) of bytes and files, as sha256sum prints it: what provenance and `verify` compare.
#pragma once

#include "base/progress.h"

#include <QString>
#include <cstddef>
#include <memory>
#include <span>

namespace halftone {

class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::span<const std::byte> bytes);
    /// 64 lower-case hexadecimal digits of all that was added; nothing can be added afterwards.
    QString hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reads the file in pieces. Throws Error when it cannot be read, and Cancelled.
QString sha256OfFile(const QString& path, const Progress& progress);

} // namespace halftone
