// SPDX-License-Identifier: GPL-3.0-or-later
// Tests of the window keep their settings in a folder of their own, not with the user's.
#pragma once

#include <QCoreApplication>
#include <QSettings>

inline void keepSettingsIn(const QString& folder)
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder);
    QCoreApplication::setOrganizationName(QStringLiteral("Halftone"));
    QCoreApplication::setApplicationName(QStringLiteral("HalftoneTest"));
}
