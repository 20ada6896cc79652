// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the window: the desktop's, or one that was asked for.
#pragma once

#include <QString>

class QCoreApplication;

namespace halftone {

/// Before any text is made. `name` is a locale's, such as "zh_CN"; empty takes the desktop's. Numbers
/// follow it too. Where there is no translation the texts stay English.
void useLanguage(QCoreApplication& application, const QString& name);

} // namespace halftone
