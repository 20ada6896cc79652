#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random models of a few kilobytes, one for each family and each way of scaling rotary frequencies,
with the logits that transformers computes for them in float32. Run once; the results are committed.

    python3 make_tiny_models.py        # needs torch and transformers; writes tiny_models/
"""
import json
import pathlib

import torch
from transformers import (LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM,
                          Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

HERE = pathlib.Path(__file__).parent / "tiny_models"
BASE = dict(vocab_size=48, hidden_size=24, intermediate_size=40, num_hidden_layers=2,
            num_attention_heads=4, num_key_value_heads=2, head_dim=8, max_position_embeddings=64,
            rms_norm_eps=1e-5, tie_word_embeddings=False, rope_theta=1000.0)
FACTORS = [1.0, 1.5, 2.0, 3.0]

CASES = {
    "llama": (LlamaConfig, LlamaForCausalLM, {}),
    "llama_tied": (LlamaConfig, LlamaForCausalLM, dict(tie_word_embeddings=True)),
    "llama_biases": (LlamaConfig, LlamaForCausalLM, dict(attention_bias=True, mlp_bias=True)),
    "llama_linear": (LlamaConfig, LlamaForCausalLM,
                     dict(rope_scaling=dict(rope_type="linear", factor=4.0))),
    "llama_dynamic": (LlamaConfig, LlamaForCausalLM,
                      dict(rope_scaling=dict(rope_type="dynamic", factor=4.0),
                           max_position_embeddings=20)),
    "llama_yarn": (LlamaConfig, LlamaForCausalLM,
                   dict(rope_scaling=dict(rope_type="yarn", factor=4.0,
                                          original_max_position_embeddings=16))),
    "llama_llama3": (LlamaConfig, LlamaForCausalLM,
                     dict(rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0,
                                            high_freq_factor=4.0,
                                            original_max_position_embeddings=32))),
    "llama_longrope": (LlamaConfig, LlamaForCausalLM,
                       dict(rope_scaling=dict(rope_type="longrope", long_factor=FACTORS,
                                              short_factor=[1.0] * 4, factor=4.0,
                                              original_max_position_embeddings=16))),
    "mistral_window": (MistralConfig, MistralForCausalLM, dict(sliding_window=6)),
    "qwen2": (Qwen2Config, Qwen2ForCausalLM, {}),
    "qwen3": (Qwen3Config, Qwen3ForCausalLM, {}),
}
TOKENS = [(7 * i * i + 3 * i + 1) % 48 for i in range(24)]


def main():
    HERE.mkdir(exist_ok=True)
    golden = {"tokens": TOKENS, "logits": {}}
    for seed, (name, (config_type, model_type, extra)) in enumerate(CASES.items()):
        torch.manual_seed(seed)
        settings = dict(BASE, **extra)
        config = config_type(**settings)
        config._attn_implementation = "eager"
        model = model_type(config).float().eval()
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                scale = 0.3 if parameter.dim() > 1 or "bias" in key else 0.2
                parameter.copy_(torch.randn_like(parameter) * scale
                                + (1.0 if "norm" in key else 0.0))
            logits = model(torch.tensor([TOKENS])).logits[0]
        folder = HERE / name
        model.save_pretrained(folder, safe_serialization=True)
        (folder / "generation_config.json").unlink(missing_ok=True)
        golden["logits"][name] = [[round(float(v), 6) for v in row] for row in logits[[0, 7, 23]]]
    (HERE / "logits.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
