// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <QCoreApplication>
#include <utility>

namespace halftone {

Error::Error(QString sentence) : m_sentence(std::move(sentence)), m_utf8(m_sentence.toStdString())
{
}

QString tr(const char* sentence)
{
    return QCoreApplication::translate("core", sentence);
}

} // namespace halftone
