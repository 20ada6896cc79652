// SPDX-License-Identifier: GPL-3.0-or-later
// What people call the values of a method's choices: "hessian" and "Hessian, w² / U²".
#pragma once

#include <QString>

namespace halftone {

/// Translated; an unknown value comes back as a person would write it.
QString choiceText(const QString& choice);
/// Whether the table has it; numbers need no name.
bool hasChoiceText(const QString& choice);

} // namespace halftone
