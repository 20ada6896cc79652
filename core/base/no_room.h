// SPDX-License-Identifier: GPL-3.0-or-later
// The one failure that mends itself when a person makes room: the disk is full. A queue lets such a job
// stand instead of ending it.
#pragma once

#include "base/error.h"

namespace halftone {

class NoRoom : public Error
{
public:
    using Error::Error;
};

/// A file that could not be written whole: NoRoom when the system's last word, in errno, is that the disk
/// or the person's share of it is full; else an Error with the reason. Qt names no reason for a file that
/// was written in part.
[[noreturn]] void throwUnwritten(const QString& path, const QString& reason);

} // namespace halftone
