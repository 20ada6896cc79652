// SPDX-License-Identifier: GPL-3.0-or-later
// Sees to it that secondary text can be read on every desktop: some themes darken the windows and leave
// the colour of placeholders black.
#pragma once

#include <QPalette>

class QGuiApplication;

namespace halftone {

/// Contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance).
double contrast(const QColor& one, const QColor& other);

/// The palette with a PlaceholderText that has a contrast of at least 4.5 on Base and Window, or that of
/// the text itself where the text has less.
QPalette readable(QPalette palette);

/// Makes the program's palette readable, now and whenever the desktop changes it.
void keepReadable(QGuiApplication& application);

} // namespace halftone
