// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the window in the order of Ctrl+1, Ctrl+2, ...: a new page is one file and one row.
#pragma once

#include <QString>
#include <vector>

class QWidget;

namespace halftone {

class MainWindow;
class Session;

struct PageRow
{
    const char* title; ///< to be translated in the context "halftone::MainWindow"
    QWidget* (*make)(Session& session, MainWindow& window);
};

const std::vector<PageRow>& pageRows();

} // namespace halftone
