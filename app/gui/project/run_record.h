// SPDX-License-Identifier: GPL-3.0-or-later
// One finished run as a project keeps it: what it gave, and what a person says about it.
#pragma once

#include "export/report.h"

#include <QDateTime>

namespace halftone {

struct RunRecord
{
    qint64 id = 0;
    QDateTime made;
    QString label;
    QString model;   ///< path of the original
    QString folder;  ///< of the result
    Report report;   ///< with recipe and layers
    RunTimes times;
    QString note;
    bool pinned = false;
};

} // namespace halftone
