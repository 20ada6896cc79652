// SPDX-License-Identifier: GPL-3.0-or-later
// The table of checkpoint formats: to add one, write recognise and open and add a row in formats.cpp.
// The first row that recognises what lies at a path opens it.
#pragma once

#include "checkpoint/checkpoint.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <span>

namespace halftone {

/// What is known of a path before any format has looked at it.
struct FirstLook
{
    QString path;           ///< absolute, symbolic links kept
    bool isFolder = false;
    QByteArray head;        ///< the first 64 bytes of a file
};

struct CheckpointFormat
{
    const char* name;                                            ///< Checkpoint::format()
    bool (*recognises)(const FirstLook& look);                   ///< by content, never throws
    std::shared_ptr<const Checkpoint> (*open)(const QString& path);  ///< throws Error
};

std::span<const CheckpointFormat> checkpointFormats();

} // namespace halftone
