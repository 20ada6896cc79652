// SPDX-License-Identifier: GPL-3.0-or-later
// Any picture of the window as a file: PNG at twice the size or SVG, with a caption beneath that says
// what it shows, and its data as CSV beside it.
#pragma once

#include <QString>
#include <functional>

class QAbstractItemModel;
class QAbstractItemView;
class QWidget;

namespace halftone {

struct PictureText
{
    QString caption;   ///< model, tensor, recipe, what is shown: one or more lines
    QString data;      ///< CSV; may be empty
};

/// Adds "Save picture…" to the view's context menu, also by Ctrl+Shift+S while it has the focus.
void addPictureSaving(QWidget& view, std::function<PictureText()> describe);
/// Adds "Save table…" to the view's context menu.
void addTableSaving(QAbstractItemView& view, std::function<QString()> caption);

/// The same without asking. The suffix of the path, .png or .svg, chooses the format. Throws Error.
void savePicture(QWidget& view, const PictureText& text, const QString& path);
/// Numbers in full, else values as shown; the caption in lines that begin with '#'. Throws Error.
void saveTable(const QAbstractItemModel& model, const QString& caption, const QString& path);

/// Whole or not at all. Throws Error.
void saveText(const QString& text, const QString& path);

/// One field of CSV (RFC 4180).
QString csvField(const QString& text);

} // namespace halftone
