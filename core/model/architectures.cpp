// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/architectures.h"

namespace halftone {

namespace {
constexpr Architecture kArchitectures[] = {
    {"LlamaForCausalLM", "llama", RotaryStyle::Neighbours, false, false},
    {"MistralForCausalLM", "mistral", RotaryStyle::Neighbours, false, false},
    {"Qwen2ForCausalLM", "qwen2", RotaryStyle::Halves, false, true},
    {"Qwen3ForCausalLM", "qwen3", RotaryStyle::Halves, true, false},
};
} // namespace

std::span<const Architecture> architectures()
{
    return kArchitectures;
}

TensorNames huggingFaceNames()
{
    const auto in = [](const char* name) {
        return QStringLiteral("model.layers.%1.") + QLatin1String(name);
    };
    TensorNames names;
    names.embedding = QStringLiteral("model.embed_tokens.weight");
    names.finalNorm = QStringLiteral("model.norm.weight");
    names.head = QStringLiteral("lm_head.weight");
    names.attentionNorm = in("input_layernorm.weight");
    names.mlpNorm = in("post_attention_layernorm.weight");
    names.queryNorm = in("self_attn.q_norm.weight");
    names.keyNorm = in("self_attn.k_norm.weight");
    names.linears = {in("self_attn.q_proj"), in("self_attn.k_proj"), in("self_attn.v_proj"),
                     in("self_attn.o_proj"), in("mlp.gate_proj"),    in("mlp.up_proj"),
                     in("mlp.down_proj")};
    return names;
}

TensorNames ggufNames()
{
    const auto in = [](const char* name) {
        return QStringLiteral("blk.%1.") + QLatin1String(name);
    };
    TensorNames names;
    names.embedding = QStringLiteral("token_embd.weight");
    names.finalNorm = QStringLiteral("output_norm.weight");
    names.head = QStringLiteral("output.weight");
    names.attentionNorm = in("attn_norm.weight");
    names.mlpNorm = in("ffn_norm.weight");
    names.queryNorm = in("attn_q_norm.weight");
    names.keyNorm = in("attn_k_norm.weight");
    names.linears = {in("attn_q"), in("attn_k"),   in("attn_v"),   in("attn_output"),
                     in("ffn_gate"), in("ffn_up"), in("ffn_down")};
    return names;
}

} // namespace halftone
