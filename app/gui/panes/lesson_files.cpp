// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson leaves on disk: the state file that says where one stands, the handout on paper,
// a picture's text.
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "panes/lesson_panel.h"
#include "pipeline/run_store.h"
#include "session.h"
#include "widgets/save_picture.h"

#include <QBuffer>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPdfWriter>
#include <QSlider>
#include <QTextDocument>

namespace halftone {

void LessonPanel::saveState()
{
    auto* dialog = new QFileDialog(this, tr("Save the lesson's state"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("lesson.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const nlohmann::json state{{"halftone_lesson", 1},
                                   {"lesson", m_lessons[std::size_t(m_lesson)].id.toStdString()},
                                   {"step", m_step},
                                   {"slider", m_slider->value()}};
        try {
            writeFileSafely(path, QByteArray::fromStdString(state.dump(2) + "\n"));
        } catch (const Error& error) {
            emit m_session.complained(error.sentence());
        }
    });
    dialog->open();
}

void LessonPanel::openState()
{
    auto* dialog = new QFileDialog(this, tr("Open a lesson's state"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Lesson state (*.json)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LessonPanel::readState);
    dialog->open();
}

void LessonPanel::readState(const QString& path)
{
    try {
        const nlohmann::json state = readStrictJson(path);
        const QString id = QString::fromStdString(state.at("lesson").get<std::string>());
        for (std::size_t i = 0; i < m_lessons.size(); ++i)
            if (m_lessons[i].id == id) {
                chooseLesson(int(i));
                goTo(std::clamp(state.at("step").get<int>(), 0, int(m_lessons[i].steps.size()) - 1));
                m_slider->setValue(state.at("slider").get<int>());
                return;
            }
        emit m_session.complained(tr("'%1' speaks of a lesson '%2', which is not here.").arg(path, id));
    } catch (const Error& error) {
        emit m_session.complained(error.sentence());
    } catch (const nlohmann::json::exception&) {
        emit m_session.complained(tr("'%1' is no state of a lesson.").arg(path));
    }
}

void LessonPanel::print()
{
    auto* dialog = new QFileDialog(this, tr("Handout"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PDF (*.pdf)")});
    dialog->selectFile(m_lessons[std::size_t(m_lesson)].id + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QByteArray bytes;
        {
            QBuffer buffer(&bytes);
            buffer.open(QIODevice::WriteOnly);
            QPdfWriter writer(&buffer);
            writer.setTitle(m_lessons[std::size_t(m_lesson)].title);
            QTextDocument document;
            document.setHtml(handoutHtml(m_lessons[std::size_t(m_lesson)]));
            document.print(&writer);
        }
        try {
            writeFileSafely(path, bytes);
        } catch (const Error& error) {
            emit m_session.complained(error.sentence());
        }
    });
    dialog->open();
}

// What the step says of its picture, and the figures it names.
PictureText LessonPanel::pictureText() const
{
    PictureText text;
    text.caption = m_choice->currentText() + QLatin1Char('\n') + m_where->text() + QLatin1Char('\n') + m_live->text();
    for (auto it = m_values.cbegin(); it != m_values.cend(); ++it)
        text.data += csvField(it.key()) + QLatin1Char(',') + csvField(it.value()) + QStringLiteral("\r\n");
    return text;
}

} // namespace halftone
