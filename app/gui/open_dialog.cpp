// SPDX-License-Identifier: GPL-3.0-or-later
#include "open_dialog.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace halftone {

void askForModel(QWidget* parent, ModelKind kind, std::function<void(const QString&)> chosen)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("OpenDialog", text); };
    auto* dialog = new QFileDialog(parent, tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(kind == ModelKind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (kind == ModelKind::File)
        dialog->setNameFilters({tr("Models (*.safetensors *.gguf *.json)"), tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace halftone
