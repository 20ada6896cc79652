// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that asks which model to open. It does not open it.
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace halftone {

enum class ModelKind { File, Folder };

/// Returns at once; chosen(path) is called when and if the person decides.
void askForModel(QWidget* parent, ModelKind kind, std::function<void(const QString&)> chosen);

} // namespace halftone
