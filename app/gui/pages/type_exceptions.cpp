// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/type_exceptions.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace halftone {

namespace {

// What people keep apart most often, by llama.cpp's names.
std::vector<std::pair<QString, QString>> usualPatterns()
{
    return {{QStringLiteral("*ffn_down*"), TypeExceptions::tr("down projections")},
            {QStringLiteral("*ffn_up*"), TypeExceptions::tr("up projections")},
            {QStringLiteral("*ffn_gate*"), TypeExceptions::tr("gate projections")},
            {QStringLiteral("*attn_v*"), TypeExceptions::tr("value projections")},
            {QStringLiteral("*attn_k.*"), TypeExceptions::tr("key projections")},
            {QStringLiteral("*attn_q.*"), TypeExceptions::tr("query projections")},
            {QStringLiteral("*attn_output*"), TypeExceptions::tr("output projections of attention")},
            {QStringLiteral("blk.0.*"), TypeExceptions::tr("all of the first block")},
            {QStringLiteral("token_embd*"), TypeExceptions::tr("the embedding, and a head that is tied to it")},
            {QStringLiteral("output.weight"), TypeExceptions::tr("an untied head")}};
}

} // namespace

TypeExceptions::TypeExceptions(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    auto* more = new QPushButton(tr("Another type for some tensors"));
    more->setObjectName(QStringLiteral("exception"));
    more->setToolTip(tr("Tensors whose name fits a pattern are stored otherwise than the rest"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(more);
    foot->addStretch(1);
    m_rows->setSpacing(4);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addLayout(m_rows);
    all->addLayout(foot);
    connect(more, &QPushButton::clicked, this, &TypeExceptions::addLine);
}

void TypeExceptions::offer(std::vector<ExportType> types)
{
    // What the file already has decides by itself; a line says something.
    std::erase_if(types, [](const ExportType& type) { return type.id == QLatin1String("auto"); });
    m_types = std::move(types);
    for (const Line& line : m_lines)
        fillTypes(*line.type);
}

std::vector<ExportException> TypeExceptions::exceptions() const
{
    std::vector<ExportException> out;
    for (const Line& line : m_lines)
        if (const QString pattern = line.pattern->currentText().trimmed(); !pattern.isEmpty() && line.type->currentIndex() >= 0)
            out.push_back({pattern, line.type->currentData().toString()});
    return out;
}

void TypeExceptions::fillTypes(QComboBox& box) const
{
    const QString before = box.currentData().toString();
    box.clear();
    for (const ExportType& type : m_types)
        box.addItem(type.title, type.id);
    box.setCurrentIndex(std::max(0, box.findData(before.isEmpty() ? QStringLiteral("q8_0") : before)));
}

void TypeExceptions::addLine()
{
    auto* row = new QWidget;
    auto* pattern = new QComboBox;
    pattern->setObjectName(QStringLiteral("pattern"));
    pattern->setEditable(true);
    pattern->setInsertPolicy(QComboBox::NoInsert);
    pattern->setAccessibleName(tr("Names of the tensors"));
    pattern->setToolTip(tr("A pattern of names in the file; * stands for anything"));
    for (const auto& [names, meaning] : usualPatterns()) {
        pattern->addItem(names);
        pattern->setItemData(pattern->count() - 1, meaning, Qt::ToolTipRole);
    }
    auto* type = new QComboBox;
    type->setObjectName(QStringLiteral("patternType"));
    type->setAccessibleName(tr("Their type"));
    fillTypes(*type);
    auto* gone = new QToolButton;
    gone->setText(QStringLiteral("×"));
    gone->setAutoRaise(true);
    gone->setToolTip(tr("Remove this line"));
    gone->setAccessibleName(gone->toolTip());
    auto* content = new QHBoxLayout(row);
    content->setContentsMargins(0, 0, 0, 0);
    content->addWidget(pattern, 1);
    content->addWidget(new QLabel(tr("as")));
    content->addWidget(type);
    content->addWidget(gone);
    pattern->setCurrentIndex(std::min(static_cast<int>(m_lines.size()), pattern->count() - 1));
    m_rows->addWidget(row);
    m_lines.push_back({row, pattern, type});
    connect(pattern, &QComboBox::activated, this, &TypeExceptions::changed);
    connect(pattern->lineEdit(), &QLineEdit::editingFinished, this, &TypeExceptions::changed);
    connect(type, &QComboBox::activated, this, &TypeExceptions::changed);
    connect(gone, &QToolButton::clicked, this, [this, row] { remove(row); });
    pattern->setFocus();
    emit changed();
}

void TypeExceptions::remove(const QWidget* row)
{
    const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& l) { return l.row == row; });
    if (line == m_lines.end())
        return;
    line->row->hide();
    line->row->deleteLater();
    m_lines.erase(line);
    emit changed();
}

} // namespace halftone
