// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantizers.h"

#include "base/error.h"
#include "quantize/gaussian_levels.h"
#include "quantize/pb_llm.h"
#include "quantize/pb_plus.h"
#include "quantize/round_to_nearest.h"

#include <array>

namespace halftone {

std::span<const Quantizer* const> quantizers()
{
    static const PbLlm pbLlm;
    static const PbPlus pbPlus;
    static const GaussianLevels gaussianLevels;
    static const RoundToNearest roundToNearest;
    static const std::array<const Quantizer*, 4> table{&pbLlm, &pbPlus, &gaussianLevels,
                                                       &roundToNearest};
    return table;
}

const Quantizer& quantizer(const QString& id)
{
    QStringList known;
    for (const Quantizer* method : quantizers()) {
        if (method->id() == id)
            return *method;
        known.append(method->id());
    }
    throw Error(tr("There is no quantization method '%1'; there are %2.")
                    .arg(id, known.join(QStringLiteral(", "))));
}

Settings completeSettings(const Quantizer& method, const Settings& given)
{
    return completeSettings(method.parameters(), given, tr("method '%1'").arg(method.id()));
}

} // namespace halftone
