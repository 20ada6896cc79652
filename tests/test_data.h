// SPDX-License-Identifier: GPL-3.0-or-later
// Where tests find what is not in the tree: ../shared/data beside the checkout, or HALFTONE_DATA.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>
#include <QtTest>

inline QString sharedData(const QString& relative)
{
    const QString root = qEnvironmentVariable("HALFTONE_DATA", QStringLiteral(HALFTONE_SHARED));
    const QString path = QDir::cleanPath(root + QLatin1Char('/') + relative);
    return QFileInfo::exists(path) ? path : QString();
}

/// Declares `variable` as the path of a shared file, or skips the test, loudly.
#define HALFTONE_NEED_DATA(variable, relative)                                                     \
    const QString variable = sharedData(QStringLiteral(relative));                                 \
    if (variable.isEmpty())                                                                        \
    QSKIP("shared data is missing: " relative " (set HALFTONE_DATA to its folder)")
