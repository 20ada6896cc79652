// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantizers.h"

#include "base/error.h"
#include "quantize/arb_llm.h"
#include "quantize/billm.h"
#include "quantize/binarize.h"
#include "quantize/gaussian_levels.h"
#include "quantize/ggml_grid.h"
#include "quantize/gptq.h"
#include "quantize/magnitude.h"
#include "quantize/pb_llm.h"
#include "quantize/pb_plus.h"
#include "quantize/round_to_nearest.h"
#include "quantize/smooth_quant.h"
#include "quantize/sparsegpt.h"
#include "quantize/ternary.h"
#include "quantize/wanda.h"

#include <array>

namespace halftone {

std::span<const Quantizer* const> quantizers()
{
    static const PbLlm pbLlm;
    static const PbPlus pbPlus;
    static const GaussianLevels gaussianLevels;
    static const RoundToNearest roundToNearest;
    static const std::array<GgmlGrid, 6> ggml{GgmlGrid(ElementType::Q1_0), GgmlGrid(ElementType::TQ2_0),
                                              GgmlGrid(ElementType::Q2_0), GgmlGrid(ElementType::Q2_K),
                                              GgmlGrid(ElementType::Q4_0), GgmlGrid(ElementType::Q4_K)};
    static const Gptq gptq;
    static const BiLlm billm;
    static const ArbLlm arbLlm;
    static const Ternary ternary;
    static const Binarize binarize;
    static const MagnitudePruning magnitude;
    static const Wanda wanda;
    static const SparseGpt sparsegpt;
    static const SmoothQuant smoothQuant;
    static const std::array<const Quantizer*, 19> table{
        &pbLlm,   &pbPlus, &gaussianLevels, &roundToNearest, &gptq,  &billm,     &arbLlm,     &ternary,
        &binarize, &magnitude,     &wanda, &sparsegpt, &smoothQuant,
        &ggml[0],  &ggml[1],       &ggml[2], &ggml[3],   &ggml[4],    &ggml[5]};
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
