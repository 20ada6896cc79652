// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/lesson_panel.h"

#include "base/error.h"
#include "look_lane.h"
#include "pipeline/resources.h"
#include "session.h"
#include "widgets/lesson_picture.h"
#include "widgets/save_picture.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSlider>
#include <QTextEdit>
#include <QToolButton>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("lesson");
constexpr int kTicks = 200; // of the slider
constexpr int kRestMs = 120;
constexpr int kWidth = 320;
constexpr int kPresentedWidth = 460;

// Before its values are known.
QString waiting(QString text)
{
    static const QRegularExpression value(QStringLiteral("\\{\\w+\\}"));
    return text.replace(value, QStringLiteral("…"));
}

QLabel* sentence()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

LessonPanel::LessonPanel(Session& session, QWidget* parent) : QWidget(parent), m_session(session)
{
    setMinimumWidth(kWidth);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->addWidget(makeHead());
    rows->addWidget(makeBody(), 1);
    rows->addWidget(makeFoot());
    try {
        m_lessons = readLessons();
    } catch (const Error& error) {
        m_say->setText(error.sentence());
    }
    for (const Lesson& lesson : m_lessons)
        m_choice->addItem(tr("%1 (%2 min)").arg(lesson.title).arg(lesson.minutes));
    connect(m_choice, &QComboBox::activated, this, &LessonPanel::chooseLesson);
    connect(&m_rest, &QTimer::timeout, this, &LessonPanel::wantView);
    // Behind the window's own answer, which shows the first page.
    connect(
        &session, &Session::checkpointChanged, this,
        [this] {
            if (isVisible())
                showStep();
        },
        Qt::QueuedConnection);
}

QWidget* LessonPanel::makeHead()
{
    m_choice = new QComboBox;
    m_choice->setObjectName(QStringLiteral("lesson"));
    m_choice->setAccessibleName(tr("Lesson"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_where = new QLabel;
    m_where->setForegroundRole(QPalette::PlaceholderText);
    const auto tool = [this](QHBoxLayout* row, const QString& text, const QString& help, auto act) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setToolTip(help);
        button->setAutoRaise(true);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, act);
    };
    auto* tools = new QHBoxLayout;
    tool(tools, tr("Reset"), tr("This step from its beginning"), [this] { showStep(); });
    tool(tools, tr("Save…"), tr("A state file to hand out: lesson, step and slider"), &LessonPanel::saveState);
    tool(tools, tr("Open…"), tr("Goes where a state file says"), &LessonPanel::openState);
    tool(tools, tr("Handout…"), tr("The lesson on paper, answers at the end"), &LessonPanel::print);
    tool(tools, tr("Close"), tr("Closes the guide"), &LessonPanel::closed);
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_choice);
    rows->addLayout(tools);
    rows->addWidget(m_where);
    return head;
}

QWidget* LessonPanel::makeBody()
{
    auto* body = new QWidget;
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    m_say = sentence();
    m_say->setObjectName(QStringLiteral("say"));
    m_controlTitle = new QLabel;
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(0, kTicks);
    m_slider->setPageStep(kTicks / 10);
    m_picture = new LessonPicture;
    m_text = new QTextEdit;
    m_text->setReadOnly(true);
    m_text->setMinimumHeight(180);
    m_text->setAccessibleName(tr("What both models write"));
    m_live = sentence();
    m_live->setObjectName(QStringLiteral("live"));
    m_predict = new QWidget;
    auto* predict = new QVBoxLayout(m_predict);
    predict->setContentsMargins(0, 8, 0, 0);
    m_ask = sentence();
    m_choices = new QVBoxLayout;
    m_revealButton = new QPushButton(tr("Reveal"));
    m_revealButton->setObjectName(QStringLiteral("reveal"));
    m_revealed = sentence();
    m_revealed->setObjectName(QStringLiteral("revealed"));
    predict->addWidget(m_ask);
    predict->addLayout(m_choices);
    predict->addWidget(m_revealButton);
    predict->addWidget(m_revealed);
    m_question = sentence();
    m_answerButton = new QPushButton(tr("Answer"));
    m_answer = sentence();
    for (QWidget* widget : {static_cast<QWidget*>(m_say), m_predict, static_cast<QWidget*>(m_controlTitle),
                            static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_picture), static_cast<QWidget*>(m_text),
                            static_cast<QWidget*>(m_live), static_cast<QWidget*>(m_question),
                            static_cast<QWidget*>(m_answerButton), static_cast<QWidget*>(m_answer)})
        rows->addWidget(widget);
    rows->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addPictureSaving(*m_picture, [this] { return pictureText(); });
    connect(m_slider, &QSlider::valueChanged, this, [this] { m_rest.start(); });
    connect(m_revealButton, &QPushButton::clicked, this, &LessonPanel::reveal);
    connect(m_answerButton, &QPushButton::clicked, this, &LessonPanel::answer);
    return scroll;
}

QWidget* LessonPanel::makeFoot()
{
    m_back = new QPushButton(tr("Previous step"));
    m_next = new QPushButton(tr("Next step"));
    m_next->setObjectName(QStringLiteral("next"));
    const auto key = [](QPushButton* button, const QKeySequence& keys) {
        button->setShortcut(keys);
        button->setToolTip(keys.toString(QKeySequence::NativeText));
    };
    key(m_back, Qt::CTRL | Qt::Key_PageUp);
    key(m_next, Qt::CTRL | Qt::Key_PageDown);
    key(m_revealButton, Qt::CTRL | Qt::Key_R);
    key(m_answerButton, Qt::CTRL | Qt::Key_E);
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_back);
    row->addStretch(1);
    row->addWidget(m_next);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(m_step + 1); });
    return foot;
}

void LessonPanel::begin()
{
    if (m_lessons.empty())
        return;
    try {
        const QString sample = resourcePath(QStringLiteral("sample"));
        if (!m_session.checkpoint() || QDir(m_session.checkpoint()->path()) != QDir(sample))
            m_session.open(sample);
    } catch (const Error& error) {
        emit m_session.complained(error.sentence());
    }
    showStep();
}

// Large type and strong contrast, for a projector.
void LessonPanel::setPresenting(bool presenting)
{
    setStyleSheet(presenting ? QStringLiteral("QLabel, QRadioButton, QPushButton, QTextEdit, QComboBox { font-size: 18pt; } "
                                              "QLabel, QRadioButton { color: palette(window-text); }")
                             : QString());
    setMinimumWidth(presenting ? kPresentedWidth : kWidth);
}

void LessonPanel::chooseLesson(int lesson)
{
    m_lesson = lesson;
    m_step = 0;
    m_choice->setCurrentIndex(lesson);
    showStep();
}

void LessonPanel::goTo(int step)
{
    if (step == int(m_lessons[std::size_t(m_lesson)].steps.size()))
        return chooseLesson((m_lesson + 1) % int(m_lessons.size()));
    m_step = std::max(0, step);
    showStep();
}

void LessonPanel::showStep()
{
    if (m_lessons.empty() || !m_session.checkpoint())
        return;
    const Lesson& lesson = m_lessons[std::size_t(m_lesson)];
    const LessonStep& step = current();
    m_where->setText(tr("Step %1 of %2").arg(m_step + 1).arg(lesson.steps.size()));
    m_say->setText(waiting(step.say));
    const LessonControl& slider = step.control;
    m_controlTitle->setText(slider.title);
    m_controlTitle->setVisible(!slider.title.isEmpty());
    m_slider->setVisible(!slider.title.isEmpty());
    m_slider->setAccessibleName(slider.title);
    m_slider->setValue(int(std::lround(kTicks * (slider.start - slider.low) / std::max(1e-9, slider.high - slider.low))));
    m_rest.stop();
    showPrediction();
    m_live->setVisible(!step.live.isEmpty());
    m_live->clear();
    m_question->setText(waiting(step.question));
    m_answerButton->setVisible(!step.question.isEmpty());
    m_answer->clear();
    m_back->setEnabled(m_step > 0);
    m_next->setText(m_step + 1 < int(lesson.steps.size()) ? tr("Next step") : tr("Next lesson"));
    m_next->setShortcut(Qt::CTRL | Qt::Key_PageDown); // a new text takes it away
    doInWindow();
    wantView();
}

void LessonPanel::showPrediction()
{
    const LessonPrediction& prediction = current().prediction;
    while (QLayoutItem* item = m_choices->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    delete m_group;
    m_group = new QButtonGroup(this);
    for (int i = 0; i < prediction.choices.size(); ++i) {
        auto* choice = new QRadioButton(prediction.choices[i]);
        m_group->addButton(choice, i);
        m_choices->addWidget(choice);
    }
    m_ask->setText(prediction.ask);
    m_predict->setVisible(prediction.right >= 0 || !current().reveal.isEmpty());
    m_revealButton->setEnabled(true);
    m_revealed->clear();
}

void LessonPanel::doInWindow()
{
    const LessonStep& step = current();
    if (!step.tensor.isEmpty()) {
        const auto& tensors = m_session.checkpoint()->tensors();
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (tensors[i].name == step.tensor)
                m_session.select(int(i));
    }
    if (step.page >= 0)
        emit pageWanted(step.page);
}

double LessonPanel::control() const
{
    const LessonControl& slider = current().control;
    return slider.low + (slider.high - slider.low) * m_slider->value() / kTicks;
}

void LessonPanel::wantView()
{
    const auto model = m_session.checkpoint();
    if (!model || m_lessons.empty())
        return;
    if (!m_live->text().isEmpty())
        m_live->setText(tr("Working it out…"));
    if (current().control.percent && current().tensor.size() > 0)
        m_session.setSetting(QStringLiteral("salient_ratio"), control());
    m_session.look().ask<LessonView>(
        kTag, this,
        [model, step = current(), at = control()](Progress& progress) { return lessonView(model, step, at, progress); },
        [this](std::shared_ptr<const LessonView> view) { showView(*view); },
        [this](const QString& text) { m_live->setText(text); });
}

void LessonPanel::showView(const LessonView& view)
{
    m_values = view.values;
    m_text->setVisible(view.kind == LessonView::Kind::Text);
    m_picture->setVisible(view.kind != LessonView::Kind::Text && view.kind != LessonView::Kind::None);
    m_picture->show(view);
    if (view.kind == LessonView::Kind::Text)
        m_text->setHtml(QStringLiteral("<p><b>%1</b><br/>%2</p><p><b>%3</b><br/>%4</p>")
                            .arg(tr("Compressed"), view.text.toHtmlEscaped(), tr("Original"), view.original.toHtmlEscaped()));
    m_say->setText(filled(current().say, m_values));
    m_question->setText(filled(current().question, m_values));
    m_live->setText(filled(current().live, m_values));
    if (!m_revealButton->isEnabled())
        m_revealed->setText(filled(current().reveal, m_values));
}

void LessonPanel::reveal()
{
    const LessonStep& step = current();
    QString verdict;
    if (step.prediction.right >= 0) {
        const int chosen = m_group->checkedId();
        verdict = chosen < 0 ? QString() : chosen == step.prediction.right ? tr("Yes.") : tr("Not quite.");
        verdict += QStringLiteral(" %1. %2").arg(step.prediction.choices[step.prediction.right], step.prediction.because);
    }
    m_revealButton->setEnabled(false);
    m_revealed->setText((verdict + QLatin1Char(' ') + filled(step.reveal, m_values)).trimmed());
}

void LessonPanel::answer()
{
    m_answer->setText(filled(current().answer, m_values));
}

} // namespace halftone
