// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace halftone {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), m_label(new QLabel), m_cure(new QPushButton)
{
    auto* icon = new QLabel;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(size));
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_label->setAccessibleDescription(tr("Message"));
    auto* close = new QToolButton;
    close->setText(tr("Dismiss"));
    close->setAutoRaise(true);
    m_cure->setObjectName(QStringLiteral("cure"));
    connect(m_cure, &QPushButton::clicked, this, [this] { m_act(); });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(icon);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_cure);
    layout->addWidget(close);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    m_label->setForegroundRole(QPalette::ToolTipText);
    hide();
}

void MessageBar::showMessage(const QString& sentence)
{
    m_label->setText(sentence);
    m_cure->hide();
    show();
}

void MessageBar::showCurable(const QString& sentence, const QString& cure, std::function<void()> act)
{
    m_act = std::move(act);
    m_cure->setText(cure);
    showMessage(sentence);
    m_cure->show();
}

QString MessageBar::message() const
{
    return isHidden() ? QString() : m_label->text();
}

} // namespace halftone
