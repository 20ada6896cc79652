// SPDX-License-Identifier: GPL-3.0-or-later
// One step of undo: a recipe before and after. Steps of one drag melt into one.
#pragma once

#include "pipeline/recipe.h"

#include <QUndoCommand>
#include <functional>

namespace halftone {

class RecipeEdit : public QUndoCommand
{
public:
    /// drag: a number of its own for each drag, 0 for a step that stands alone.
    RecipeEdit(std::function<void(const Recipe&)> apply, const Recipe& before, const Recipe& after,
               const QString& text, int drag)
        : QUndoCommand(text), m_apply(std::move(apply)), m_before(before), m_after(after), m_drag(drag)
    {
    }
    void undo() override { m_apply(m_before); }
    void redo() override { m_apply(m_after); }
    int id() const override { return m_drag > 0 ? m_drag : -1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        m_after = static_cast<const RecipeEdit*>(other)->m_after; // ids are equal, so it is one of these
        return true;
    }

private:
    std::function<void(const Recipe&)> m_apply;
    Recipe m_before, m_after;
    int m_drag;
};

} // namespace halftone
