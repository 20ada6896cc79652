// SPDX-License-Identifier: GPL-3.0-or-later
// How products of matrices are handed to a device: rows of tiles at a time.
#pragma once

#include "gpu/vulkan_verbs.h"

#include <algorithm>

namespace halftone::vulkan {

/// Rows of tiles in portions that take milliseconds; rows of one product do not know each other. Push has a
/// member tileBegin, the first row of tiles of a dispatch. `slowness`: of these operations, 1 for fp32.
template <class Push>
void dispatchTiles(VulkanRuntime& v, const VulkanKernel& kernel, Push push, const Product& p, Index tileRows,
                   Index tileColumns, double slowness, const Progress* watched)
{
    const Index tiles = parts(p.rows, tileRows);
    const double tileWork = 2.0 * static_cast<double>(tileRows) * static_cast<double>(p.columns) *
                            static_cast<double>(std::max<Index>(p.depth, 1)) * static_cast<double>(p.batches) *
                            slowness * (p.lower ? 0.5 : 1.0);
    const Index most = std::clamp<Index>(static_cast<Index>(v.commands.workPerDispatch() / tileWork), 1, 65535);
    bool after = p.after;
    for (Index begin = 0; begin < tiles; begin += most) {
        stopWhenCancelled(watched);
        const Index count = std::min(most, tiles - begin);
        push.tileBegin = narrow(begin);
        v.commands.dispatch(kernel, &push, sizeof(push),
                            {narrow(parts(p.columns, tileColumns)), narrow(count), narrow(p.batches)},
                            tileWork * static_cast<double>(count), after);
        after = false;
    }
}

/// What product() does on a processor that poses as a GPU; false: it cannot, nothing was done.
bool texelProduct(VulkanRuntime& v, const Product& p, const Progress* watched);

} // namespace halftone::vulkan
