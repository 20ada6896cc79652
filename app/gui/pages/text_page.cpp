// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/text_page.h"

#include "project/project.h"
#include "session.h"
#include "texts.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTextBlock>
#include <QTextEdit>
#include <QToolButton>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("text");
constexpr int kCompressed = 3;
constexpr double kLoudNats = 6; // as strong as the colour gets

} // namespace

TextPage::TextPage(Session& session, QWidget* parent) : QWidget(parent), m_session(session)
{
    m_readout = new QLabel;
    m_readout->setAccessibleDescription(tr("Token under the cursor"));
    m_readout->setForegroundRole(QPalette::PlaceholderText);
    m_row = new QHBoxLayout;
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 12, 16, 8);
    rows->setSpacing(8);
    rows->addWidget(makeHead());
    rows->addLayout(m_row, 1);
    rows->addWidget(m_readout);
    makeColumns();
    connect(&session, &Session::checkpointChanged, this, &TextPage::fillModels);
    connect(&session.project(), &Project::runsChanged, this, &TextPage::fillModels);
    fillModels();
    end();
}

QWidget* TextPage::makeHead()
{
    m_prompt = new QLineEdit(QStringLiteral("Once there was a curious girl called Mia. One morning, Mia had nine apples."));
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_mode = new QComboBox;
    m_mode->addItems({tr("Each writes on"), tr("Each reads the original's text")});
    m_mode->setAccessibleName(tr("Mode"));
    m_mode->setToolTip(tr("Reading marks how much each token surprises each model"));
    m_tokens = new QSpinBox;
    m_tokens->setRange(1, 2000);
    m_tokens->setValue(120);
    m_tokens->setAccessibleName(tr("Tokens to write"));
    m_tokens->setSuffix(tr(" tokens"));
    m_temperature = new QDoubleSpinBox;
    m_temperature->setRange(0, 5);
    m_temperature->setSingleStep(0.1);
    m_temperature->setAccessibleName(tr("Temperature"));
    m_temperature->setToolTip(tr("0 always takes the most likely token"));
    m_seed = new QSpinBox;
    m_seed->setRange(0, 999999);
    m_seed->setAccessibleName(tr("Seed"));
    m_models = new QToolButton;
    m_models->setText(tr("Compressed models"));
    m_models->setPopupMode(QToolButton::InstantPopup);
    m_models->setMenu(new QMenu(m_models));
    m_write = new QPushButton;
    m_write->setObjectName(QStringLiteral("write"));
    auto* first = new QHBoxLayout;
    first->addWidget(m_prompt, 1);
    first->addWidget(m_write);
    auto* second = new QHBoxLayout;
    second->addWidget(m_mode);
    second->addWidget(m_tokens);
    second->addWidget(new QLabel(tr("Temperature")));
    second->addWidget(m_temperature);
    second->addWidget(new QLabel(tr("Seed")));
    second->addWidget(m_seed);
    second->addStretch(1);
    second->addWidget(m_models);
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(first);
    rows->addLayout(second);
    connect(m_prompt, &QLineEdit::returnPressed, this, &TextPage::write);
    connect(m_write, &QPushButton::clicked, this, [this] { m_writing ? stop() : write(); });
    return head;
}

void TextPage::makeColumns()
{
    for (int i = 0; i <= kCompressed; ++i) {
        Column column;
        column.pane = new QWidget;
        column.title = new QLabel;
        QFont bold = column.title->font();
        bold.setBold(true);
        column.title->setFont(bold);
        column.title->setMinimumWidth(1);
        column.text = new QTextEdit;
        column.text->setReadOnly(true);
        column.text->setPlaceholderText(i == 0 ? tr("Write lets the model go on from the prompt; results of runs chosen under "
                                                    "Compressed models write beside it.")
                                               : QString());
        column.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column.facts = new QLabel;
        column.facts->setForegroundRole(QPalette::PlaceholderText);
        auto* rows = new QVBoxLayout(column.pane);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->addWidget(column.title);
        rows->addWidget(column.text, 1);
        rows->addWidget(column.facts);
        m_row->addWidget(column.pane, 1);
        connect(column.text, &QTextEdit::cursorPositionChanged, this, [this, i] { readOut(i); });
        m_columns.push_back(std::move(column));
    }
}

void TextPage::fillModels()
{
    const QList<qint64> before = chosenRuns();
    QMenu* menu = m_models->menu();
    menu->clear();
    const auto& runs = m_session.project().runs();
    int chosen = 0;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (!m_session.checkpoint() || (*run)->report.architecture.isEmpty())
            continue;
        QAction* action = menu->addAction((*run)->label);
        action->setData((*run)->id);
        action->setCheckable(true);
        const bool mine = (*run)->model == m_session.checkpoint()->path();
        action->setChecked(chosen < kCompressed && (m_chosen ? before.contains((*run)->id) : mine));
        chosen += action->isChecked();
        connect(action, &QAction::toggled, this, [this, action](bool on) {
            m_chosen = true;
            if (on && chosenRuns().size() > kCompressed)
                action->setChecked(false);
            showColumns();
        });
    }
    m_models->setEnabled(!menu->isEmpty());
    m_models->setToolTip(menu->isEmpty() ? tr("Runs of this project appear here") : tr("Up to three results beside the original"));
    showColumns();
}

QList<qint64> TextPage::chosenRuns() const
{
    QList<qint64> ids;
    for (const QAction* action : m_models->menu()->actions())
        if (action->isChecked())
            ids += action->data().toLongLong();
    return ids;
}

void TextPage::showColumns()
{
    const QList<qint64> runs = chosenRuns();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const bool used = i == 0 || qsizetype(i) <= runs.size();
        m_columns[i].pane->setVisible(used);
        if (!used)
            continue;
        const auto run = i == 0 ? nullptr : m_session.project().run(runs[qsizetype(i) - 1]);
        const QString title = run ? tr("%1, %2").arg(run->label, sizeText(run->report.size.packedFile)) : tr("Original");
        m_columns[i].title->setText(title);
        m_columns[i].text->setAccessibleName(tr("Text of %1").arg(title));
    }
}

void TextPage::write()
{
    if (!m_session.checkpoint())
        return;
    TextOrder order;
    order.models += m_session.checkpoint()->path();
    for (const qint64 id : chosenRuns())
        order.models += m_session.project().run(id)->folder;
    order.prompt = m_prompt->text();
    order.sampling.maxTokens = m_tokens->value();
    order.sampling.temperature = m_temperature->value();
    order.sampling.seed = std::uint64_t(m_seed->value());
    order.forced = m_mode->currentIndex() == 1;
    for (Column& column : m_columns) {
        column.text->clear();
        column.facts->clear();
        column.tokens.clear();
        column.begins.clear();
        if (!order.forced)
            column.text->setPlainText(order.prompt);
    }
    m_writing = true;
    m_write->setText(tr("Stop"));
    // What a stopped writing had still to say is not for the next one.
    const auto post = [this, ticket = ++m_ticket](std::function<void()> call) {
        QMetaObject::invokeMethod(
            this, [this, ticket, call = std::move(call)] { ticket == m_ticket ? call() : void(); }, Qt::QueuedConnection);
    };
    TextListener listener;
    listener.wrote = [this, post](int column, const QString& text) {
        post([this, column, text] {
            QTextCursor end(m_columns[std::size_t(column)].text->document());
            end.movePosition(QTextCursor::End);
            end.insertText(text);
        });
    };
    listener.read = [this, post](int column, const std::vector<ReadToken>& tokens) {
        post([this, column, tokens] { showRead(column, tokens); });
    };
    listener.ended = [this, post](int column, const QString& facts) {
        post([this, column, facts] { m_columns[std::size_t(column)].facts->setText(facts); });
    };
    m_lane.ask<int>(
        kTag, this,
        [order, listener](Progress& progress) {
            writeTexts(order, listener, progress);
            return 0;
        },
        [this](std::shared_ptr<const int>) { end(); },
        [this](const QString& sentence) {
            end();
            emit m_session.complained(sentence);
        });
}

void TextPage::stop()
{
    m_lane.drop(kTag);
    ++m_ticket;
    end();
}

void TextPage::end()
{
    m_writing = false;
    m_write->setText(tr("Write"));
}

// Surprise is told by the background and, from 3 nats on, by a line under the token.
void TextPage::showRead(int place, const std::vector<ReadToken>& tokens)
{
    Column& column = m_columns[std::size_t(place)];
    column.tokens = tokens;
    column.text->clear();
    QTextCursor cursor(column.text->document());
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    for (const ReadToken& token : tokens) {
        column.begins.push_back(cursor.position());
        QTextCharFormat format;
        format.setForeground(palette().color(token.given ? QPalette::PlaceholderText : QPalette::Text));
        if (!token.given) {
            QColor loud(dark ? 0xd55e00 : 0xe69f00);
            loud.setAlphaF(float(std::clamp(token.nats / kLoudNats, 0.0, 1.0)) * 0.8f);
            format.setBackground(loud);
            if (token.nats >= 3)
                format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
            format.setToolTip(tr("%1 nats; expected: %2").arg(numberText(token.nats), token.expected));
        }
        cursor.insertText(token.text, format);
    }
}

void TextPage::readOut(int place)
{
    const Column& column = m_columns[std::size_t(place)];
    const int position = column.text->textCursor().position();
    for (std::size_t i = column.begins.size(); i-- > 0;)
        if (column.begins[i] <= position) {
            const ReadToken& token = column.tokens[i];
            m_readout->setText(token.expected.isEmpty() ? QString()
                                                        : tr("'%1': %2 nats; expected: %3").arg(token.text, numberText(token.nats), token.expected));
            return;
        }
}

} // namespace halftone
