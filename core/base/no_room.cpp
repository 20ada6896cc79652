// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/no_room.h"

#include <cerrno>

namespace halftone {

void throwUnwritten(const QString& path, const QString& reason)
{
    if (errno == ENOSPC || errno == EDQUOT)
        throw NoRoom(tr("'%1' cannot be written: the disk is full.").arg(path));
    throw Error(tr("'%1' cannot be written: %2.").arg(path, reason));
}

} // namespace halftone
