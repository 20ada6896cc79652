// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantizers.h"

#include "base/error.h"
#include "quantize/arb_llm.h"
#include "quantize/billm.h"
#include "quantize/binarize.h"
#include "quantize/gptq.h"
#include "quantize/magnitude.h"
#include "quantize/pb_llm.h"
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
    static const RoundToNearest roundToNearest;
    static const Gptq gptq;
    static const BiLlm billm;
    static const ArbLlm arbLlm;
    static const Ternary ternary;
    static const Binarize binarize;
    static const MagnitudePruning magnitude;
    static const Wanda wanda;
    static const SparseGpt sparsegpt;
    static const SmoothQuant smoothQuant;
    static const std::array<const Quantizer*, 11> table{
        &pbLlm,   &roundToNearest, &gptq,  &billm,     &arbLlm,     &ternary,
        &binarize, &magnitude,     &wanda, &sparsegpt, &smoothQuant};
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
