// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the desktop that a job has ended (org.freedesktop.Notifications). Says nothing where there is
// no such service.
#pragma once

#include <QString>

namespace halftone {

/// Returns at once.
void notifyDesktop(const QString& title, const QString& text);

} // namespace halftone
