// SPDX-License-Identifier: GPL-3.0-or-later
// The guide: a lesson step by step (say, predict, do, reveal, ask), which selects in the window what it
// speaks of. Keeps where one stands in a state file that can be handed out.
#pragma once

#include "lessons/lesson_pictures.h"

#include <QWidget>
#include <QTimer>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QTextEdit;
class QVBoxLayout;

namespace halftone {

class LessonPicture;
class Session;
struct PictureText;

class LessonPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LessonPanel(Session& session, QWidget* parent = nullptr);
    /// Opens the sample model when it is not open.
    void begin();
    void setPresenting(bool presenting);
    int lesson() const { return m_lesson; }
    int step() const { return m_step; }

signals:
    void pageWanted(int page);
    void closed();

private:
    QWidget* makeHead();
    QWidget* makeBody();
    QWidget* makeFoot();
    void chooseLesson(int lesson);
    void goTo(int step);
    const LessonStep& current() const { return m_lessons[std::size_t(m_lesson)].steps[std::size_t(m_step)]; }
    void showStep();
    void showPrediction();
    void doInWindow();
    void wantView();
    void showView(const LessonView& view);
    void reveal();
    void answer();
    double control() const;
    PictureText pictureText() const;
    void saveState();
    void openState();
    void readState(const QString& path);
    void print();

    Session& m_session;
    std::vector<Lesson> m_lessons;
    int m_lesson = 0;
    int m_step = 0;
    QMap<QString, QString> m_values;
    QTimer m_rest; ///< before a moving slider is followed
    QComboBox* m_choice = nullptr;
    QLabel* m_where = nullptr;
    QLabel* m_say = nullptr;
    QLabel* m_controlTitle = nullptr;
    QSlider* m_slider = nullptr;
    LessonPicture* m_picture = nullptr;
    QTextEdit* m_text = nullptr;
    QLabel* m_live = nullptr;
    QWidget* m_predict = nullptr;
    QLabel* m_ask = nullptr;
    QVBoxLayout* m_choices = nullptr;
    QButtonGroup* m_group = nullptr;
    QPushButton* m_revealButton = nullptr;
    QLabel* m_revealed = nullptr;
    QLabel* m_question = nullptr;
    QPushButton* m_answerButton = nullptr;
    QLabel* m_answer = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
};

} // namespace halftone
