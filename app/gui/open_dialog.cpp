// SPDX-License-Identifier: GPL-3.0-or-later
#include "open_dialog.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace halftone {

namespace {

// lupdate finds only what is called tr.
struct OpenDialog
{
    Q_DECLARE_TR_FUNCTIONS(OpenDialog)
};

} // namespace

void askForModel(QWidget* parent, ModelKind kind, std::function<void(const QString&)> chosen)
{
    auto* dialog = new QFileDialog(parent, OpenDialog::tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(kind == ModelKind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (kind == ModelKind::File)
        dialog->setNameFilters({OpenDialog::tr("Models (*.safetensors *.gguf *.json)"), OpenDialog::tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace halftone
