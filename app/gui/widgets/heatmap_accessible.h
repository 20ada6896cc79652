// SPDX-License-Identifier: GPL-3.0-or-later
// What assistive programs find in a heat map: the cell under the cursor and at most 32 x 32 blocks of
// what is on show. One child a weight would overflow and hang them.
#pragma once

namespace halftone {

/// Once, before the first map is asked for.
void installAccessibleHeatmap();

} // namespace halftone
