// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/huggingface_target.h"

#include "base/error.h"
#include "export/encode_blocks.h"

#include <QDir>
#include <memory>

namespace halftone {

namespace {

struct FloatType
{
    const char* id;
    const char* safetensors;
    const char* torch;
};

constexpr FloatType kTypes[] = {{"f16", "F16", "float16"}, {"bf16", "BF16", "bfloat16"}, {"f32", "F32", "float32"}};

const FloatType& floatType(const Checkpoint& checkpoint, const QString& id)
{
    for (const FloatType& type : kTypes)
        if (id == QLatin1String(type.id))
            return type;
    // "auto": what most of the original is, and the packed models of it remember in their norms.
    int wide = 0, narrow = 0;
    for (const TensorView& t : checkpoint.tensors()) {
        wide += t.type == ElementType::BF16;
        narrow += t.type == ElementType::F16;
    }
    return kTypes[wide > narrow ? 1 : 0];
}

void turn(FolderPlan& plan, const ModelConfig& config, bool packed)
{
    if (packed)
        throw Error(tr("The model is coded already: turn the original, and quantize that."));
    plan.turned = true;
    plan.config["tie_word_embeddings"] = false;
    plan.notes << tr("The same model in another basis, which is folded into its weights: for quantizing, in any format.");
    if (config.tiedEmbeddings)
        plan.notes << tr("Its head is no longer the embedding, and stands apart.");
}

} // namespace

QString transformersReader(const ModelConfig& config)
{
    const QString& a = config.architecture;
    const char* since = a.startsWith(QLatin1String("Qwen3"), Qt::CaseInsensitive)     ? "4.51"
                        : a.startsWith(QLatin1String("Qwen2"), Qt::CaseInsensitive)   ? "4.37"
                        : a.startsWith(QLatin1String("Mistral"), Qt::CaseInsensitive) ? "4.34"
                                                                                      : "4.28";
    return tr("transformers since %1").arg(QLatin1String(since));
}

QString HuggingFaceTarget::id() const { return QStringLiteral("huggingface"); }
QString HuggingFaceTarget::title() const { return tr("Hugging Face folder"); }

QString HuggingFaceTarget::purpose() const
{
    return tr("Plain 16-bit weights for transformers, vLLM and all that reads such folders: it runs everywhere and is not small.");
}

std::vector<ExportType> HuggingFaceTarget::types() const
{
    const QString readers = tr("transformers, vLLM and others that read safetensors");
    return {{QStringLiteral("auto"), tr("16 bits as in the original"), readers},
            {QStringLiteral("f16"), tr("16 bits, IEEE"), readers},
            {QStringLiteral("bf16"), tr("16 bits, brain float"), readers},
            {QStringLiteral("f32"), tr("32 bits"), readers}};
}

FolderPlan HuggingFaceTarget::plan(const Checkpoint& checkpoint, const ExportChoices& choices) const
{
    if (!choices.exceptions.empty() || !choices.embeddingType.isEmpty() || !choices.headType.isEmpty())
        throw Error(tr("Types of single tensors, of embedding and head can be chosen for GGUF only."));
    const ModelConfig config = ModelConfig::of(checkpoint);
    FolderPlan plan;
    plan.type = exportType(*this, choices.type).id;
    // Turned weights fill brain floats' few bits no better than they would fill 8.
    const FloatType& type =
        choices.turned && plan.type == QLatin1String("auto") ? kTypes[0] : floatType(checkpoint, plan.type);
    std::vector<FolderTensor> all = huggingFaceTensors(checkpoint, config);
    if (choices.turned)
        all = turnedTensors(std::move(all), config);
    const auto tensors = std::make_shared<const std::vector<FolderTensor>>(std::move(all));
    bool packed = false;
    for (const FolderTensor& t : *tensors) {
        plan.tensors.push_back(plainTensor(t, type.safetensors));
        plan.parts.push_back(t.part);
        packed = packed || checkpoint.packed(checkpoint.require(t.source)) != nullptr;
    }
    plan.linearWeights = config.linearWeights();
    plan.bytes = [tensors, &type, rows = std::make_shared<FolderRows>(checkpoint)](std::size_t i, const PutBytes& put) {
        putPlain((*tensors)[i], *rows, type.safetensors, put);
    };
    plan.config = huggingFaceConfig(checkpoint, config, type.torch);
    plan.readers = {transformersReader(config)};
    if (choices.turned)
        turn(plan, config, packed);
    if (packed)
        plan.losses << tr("The codes become plain floats again: the result computes what the packed model computes, "
                          "and is as large as the original.");
    plan.use = QStringLiteral("from transformers import AutoModelForCausalLM, AutoTokenizer\n"
                              "model = AutoModelForCausalLM.from_pretrained(\".\", dtype=\"auto\")\n"
                              "tokenizer = AutoTokenizer.from_pretrained(\".\")\n");
    return plan;
}

} // namespace halftone
