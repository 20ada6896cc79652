// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantizers.h"

#include "base/error.h"
#include "quantize/ggml_grid.h"
#include "quantize/pb_llm.h"
#include "quantize/round_to_nearest.h"

#include <array>

namespace halftone {

std::span<const Quantizer* const> quantizers()
{
    static const PbLlm pbLlm;
    static const RoundToNearest roundToNearest;
    static const std::array<GgmlGrid, 6> ggml{GgmlGrid(ElementType::Q1_0), GgmlGrid(ElementType::TQ2_0),
                                              GgmlGrid(ElementType::Q2_0), GgmlGrid(ElementType::Q2_K),
                                              GgmlGrid(ElementType::Q4_0), GgmlGrid(ElementType::Q4_K)};
    static const std::array<const Quantizer*, 8> table{&pbLlm,   &roundToNearest, &ggml[0], &ggml[1],
                                                       &ggml[2], &ggml[3],        &ggml[4], &ggml[5]};
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
