// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/save_picture.h"

#include "base/error.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPainter>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QSvgGenerator>
#include <QWidget>
#include <cmath>

namespace halftone {

namespace {

constexpr int kMargin = 12;
constexpr double kScale = 2; // of a PNG

// lupdate finds only what is called tr.
struct SavePicture
{
    Q_DECLARE_TR_FUNCTIONS(SavePicture)
};

// Whole or not at all.
void write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw Error(SavePicture::tr("'%1' cannot be written: %2.").arg(path, file.errorString()));
}

int captionHeight(const QWidget& view, const QString& caption)
{
    return view.fontMetrics()
               .boundingRect(QRect(0, 0, view.width(), 10000), Qt::TextWordWrap, caption)
               .height() +
           2 * kMargin;
}

void paint(QPainter& painter, QWidget& view, const QString& caption)
{
    const QSize size(view.width(), view.height() + captionHeight(view, caption));
    painter.fillRect(QRect({}, size), view.palette().color(QPalette::Window));
    view.render(&painter, {}, {}, QWidget::DrawChildren);
    painter.setFont(view.font());
    painter.setPen(view.palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, view.height() + kMargin, view.width(), size.height()), Qt::TextWordWrap, caption);
}

void choose(QWidget& view, const QStringList& filters, const QString& suffix,
            std::function<void(const QString&)> save)
{
    auto* dialog = new QFileDialog(&view, SavePicture::tr("Save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &view, [&view, save](const QString& path) {
        try {
            save(path);
        } catch (const Error& error) {
            QMessageBox::warning(&view, SavePicture::tr("Save"), error.sentence());
        }
    });
    dialog->open();
}

// A number in full where the table sorts by one, else what is shown.
QString cellText(const QAbstractItemModel& model, int row, int column)
{
    const QModelIndex index = model.index(row, column);
    const auto* sorted = qobject_cast<const QSortFilterProxyModel*>(&model);
    const QVariant plain = sorted ? index.data(sorted->sortRole()) : QVariant();
    if (plain.typeId() == QMetaType::LongLong)
        return plain.toString();
    if (plain.typeId() == QMetaType::Double && std::isfinite(plain.toDouble()))
        return QString::number(plain.toDouble(), 'g', 9);
    return index.data().toString();
}

} // namespace

QString csvField(const QString& text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    QString doubled = text;
    return QLatin1Char('"') + doubled.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

void savePicture(QWidget& view, const PictureText& text, const QString& path)
{
    const QSize size(view.width(), view.height() + captionHeight(view, text.caption));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size);
        generator.setViewBox(QRect({}, size));
        generator.setTitle(text.caption.section(QLatin1Char('\n'), 0, 0));
        generator.setDescription(text.caption);
        QPainter painter(&generator);
        paint(painter, view, text.caption);
    } else if (suffix == QLatin1String("png")) {
        QImage image(size * kScale, QImage::Format_RGB32);
        image.setDevicePixelRatio(kScale);
        image.setText(QStringLiteral("Description"), text.caption);
        QPainter painter(&image);
        paint(painter, view, text.caption);
        painter.end();
        image.save(&buffer, "PNG");
    } else {
        throw Error(SavePicture::tr("'%1' should end in .png or .svg.").arg(path));
    }
    write(path, buffer.data());
    if (!text.data.isEmpty())
        write(path.chopped(suffix.size()) + QStringLiteral("csv"), text.data.toUtf8());
}

void saveText(const QString& text, const QString& path)
{
    write(path, text.toUtf8());
}

void saveTable(const QAbstractItemModel& model, const QString& caption, const QString& path)
{
    QString out;
    for (const QString& line : caption.split(QLatin1Char('\n')))
        out += QStringLiteral("# ") + line + QStringLiteral("\r\n");
    const auto row = [&](auto field) {
        QStringList fields;
        for (int column = 0; column < model.columnCount(); ++column)
            fields << csvField(field(column));
        out += fields.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    };
    row([&](int column) { return model.headerData(column, Qt::Horizontal).toString(); });
    for (int r = 0; r < model.rowCount(); ++r)
        row([&](int column) { return cellText(model, r, column); });
    write(path, out.toUtf8());
}

void addPictureSaving(QWidget& view, std::function<PictureText()> describe)
{
    auto* save = new QAction(SavePicture::tr("Save picture…"), &view);
    save->setObjectName(QStringLiteral("savePicture"));
    save->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    save->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(save);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(save, &QAction::triggered, &view, [&view, describe] {
        choose(view, {SavePicture::tr("PNG picture (*.png)"), SavePicture::tr("SVG picture (*.svg)")}, QStringLiteral("png"),
               [&view, describe](const QString& path) { savePicture(view, describe(), path); });
    });
}

void addTableSaving(QAbstractItemView& view, std::function<QString()> caption)
{
    auto* save = new QAction(SavePicture::tr("Save table…"), &view);
    save->setObjectName(QStringLiteral("saveTable"));
    save->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    save->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(save);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(save, &QAction::triggered, &view, [&view, caption] {
        choose(view, {SavePicture::tr("Table (*.csv)")}, QStringLiteral("csv"),
               [&view, caption](const QString& path) { saveTable(*view.model(), caption(), path); });
    });
}

} // namespace halftone
