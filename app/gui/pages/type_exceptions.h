// SPDX-License-Identifier: GPL-3.0-or-later
// Which tensors of a file are stored otherwise than the rest: one line a pattern, what --type-for says on the command
// line. Part of the export page.
#pragma once

#include "export/targets.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QVBoxLayout;

namespace halftone {

class TypeExceptions : public QWidget
{
    Q_OBJECT

public:
    explicit TypeExceptions(QWidget* parent = nullptr);

    /// The types that lines may name; lines that are there stay.
    void offer(std::vector<ExportType> types);
    /// In the order of the lines; lines without a pattern do not count.
    std::vector<ExportException> exceptions() const;

signals:
    void changed();

private:
    struct Line
    {
        QWidget* row;
        QComboBox* pattern;
        QComboBox* type;
    };
    void addLine();
    void remove(const QWidget* row);
    void fillTypes(QComboBox& box) const;

    std::vector<ExportType> m_types;
    std::vector<Line> m_lines;
    QVBoxLayout* m_rows;
};

} // namespace halftone
