// SPDX-License-Identifier: GPL-3.0-or-later
// A line in which a budget is typed as a person says it: "60 MB" or "2.5 bits". Empty: none.
#pragma once

#include "job.h"

#include <QLineEdit>
#include <optional>

namespace halftone {

class BudgetField : public QLineEdit
{
    Q_OBJECT

public:
    explicit BudgetField(QWidget* parent = nullptr);
    /// Empty for a text that says no budget.
    std::optional<Budget> budget() const { return budgetIn(text()); }

    /// A bare number up to 16 is bits per weight on disk, a larger one MB (10^6 bytes); decimals with a point
    /// or a comma. Not wanted() for an empty text, nothing for one that cannot be understood.
    static std::optional<Budget> budgetIn(const QString& text);
};

} // namespace halftone
