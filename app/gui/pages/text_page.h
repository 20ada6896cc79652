// SPDX-License-Identifier: GPL-3.0-or-later
// One prompt, the open model beside up to three compressed ones: each writes on, or each is asked how
// much the original's text surprises it.
#pragma once

#include "look_lane.h"
#include "write_text.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QDoubleSpinBox;
class QTextEdit;
class QToolButton;
class QHBoxLayout;

namespace halftone {

class Session;

class TextPage : public QWidget
{
    Q_OBJECT

public:
    explicit TextPage(Session& session, QWidget* parent = nullptr);

private:
    struct Column
    {
        QWidget* pane = nullptr;
        QLabel* title = nullptr;
        QTextEdit* text = nullptr;
        QLabel* facts = nullptr;
        std::vector<ReadToken> tokens;
        std::vector<int> begins; ///< of each token in the text
    };

    QWidget* makeHead();
    void makeColumns();
    void fillModels();
    QList<qint64> chosenRuns() const;
    void showColumns();
    void write();
    void stop();
    void end();
    void showRead(int column, const std::vector<ReadToken>& tokens);
    void readOut(int column);

    Session& m_session;
    QLineEdit* m_prompt = nullptr;
    QComboBox* m_mode = nullptr;
    QSpinBox* m_tokens = nullptr;
    QDoubleSpinBox* m_temperature = nullptr;
    QSpinBox* m_seed = nullptr;
    QToolButton* m_models = nullptr;
    QPushButton* m_write = nullptr;
    QLabel* m_readout = nullptr;
    QHBoxLayout* m_row = nullptr;
    std::vector<Column> m_columns;
    bool m_writing = false;
    bool m_chosen = false; ///< the models beside the original, by hand
    int m_ticket = 0; ///< of the newest writing
    LookLane m_lane; ///< of its own: writing takes longer than looking may
};

} // namespace halftone
