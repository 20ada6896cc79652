// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_order.h"

#include "base/error.h"

namespace halftone {

RunOutcome runOrder(const RunOrder& order, Progress&)
{
    order.recipe.check();
    throw Error(tr("This build cannot run recipes."));
}

} // namespace halftone
