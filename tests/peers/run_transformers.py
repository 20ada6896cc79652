#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What transformers makes of a folder, as JSON: perplexity over consecutive windows of a text, and a
greedy continuation of a prompt. Needs torch, transformers and, for such folders, compressed-tensors.

    run_transformers.py FOLDER TEXT CONTEXT WINDOWS PROMPT COUNT

A folder in GPTQ's layout is unpacked here with torch alone, from the format's own rule, so that no library
for it is needed: weight = scale * (code - zero), codes dense in 32-bit words down the inputs, zeros along the
outputs, one less stored in version 1."""
import json
import os
import sys

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer


def dense(words, count, bits):
    """Numbers of `bits` bits from the last axis of int32 words."""
    bit = (words.to(torch.int64).unsqueeze(-1) >> torch.arange(32)) & 1
    bit = bit.reshape(*words.shape[:-1], -1)[..., : count * bits].reshape(*words.shape[:-1], count, bits)
    return (bit << torch.arange(bits)).sum(-1)


def load_gptq(folder, config):
    from safetensors.torch import load_file

    q = config.quantization_config
    bits, version = q["bits"], q.get("checkpoint_format", "gptq")
    del config.quantization_config
    tensors = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors"):
            tensors.update(load_file(os.path.join(folder, name)))
    state = {}
    for name, tensor in tensors.items():
        if name.rsplit(".", 1)[1] in ("qzeros", "scales", "g_idx"):
            continue
        if not name.endswith(".qweight"):
            state[name] = tensor.float()
            continue
        layer = name[: -len(".qweight")]
        group = tensors[layer + ".g_idx"].long()
        codes = dense(tensor.t().contiguous(), len(group), bits)
        scales = tensors[layer + ".scales"].float().t()
        zeros = dense(tensors[layer + ".qzeros"], scales.shape[0], bits).t() + (version == "gptq")
        state[layer + ".weight"] = scales[:, group] * (codes - zeros[:, group])
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(m == "lm_head.weight" for m in missing), (missing, unexpected)
    model.tie_weights()
    return model


def load_compressed(folder, config):
    """With zero points, which transformers 5.24 refuses: decompressed by compressed-tensors, layer by layer."""
    from compressed_tensors.compressors.pack_quantized.base import PackedQuantizationCompressor
    from compressed_tensors.quantization import QuantizationScheme
    from safetensors.torch import load_file

    group = config.quantization_config["config_groups"]["group_0"]
    scheme = QuantizationScheme(targets=group["targets"], weights=group["weights"])
    del config.quantization_config
    tensors = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors"):
            tensors.update(load_file(os.path.join(folder, name)))
    state, layers = {}, {}
    for name, tensor in tensors.items():
        layer, kind = name.rsplit(".", 1)
        if kind.startswith("weight_"):
            layers.setdefault(layer, {})[kind] = tensor.float() if kind == "weight_scale" else tensor
        else:
            state[name] = tensor.float()
    for layer, parts in layers.items():
        parts["weight_shape"] = torch.Size(parts["weight_shape"].tolist())
        state[layer + ".weight"] = PackedQuantizationCompressor.decompress(parts, scheme)["weight"].float()
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(m == "lm_head.weight" for m in missing), (missing, unexpected)
    model.tie_weights()
    return model


def load(folder):
    config = AutoConfig.from_pretrained(folder)
    how = getattr(config, "quantization_config", None) or {}
    if how.get("quant_method") == "gptq":
        return load_gptq(folder, config)
    if how.get("quant_method") == "compressed-tensors" and not how["config_groups"]["group_0"]["weights"]["symmetric"]:
        return load_compressed(folder, config)
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)


def main():
    folder, text, context, windows, prompt, count = sys.argv[1:]
    context, windows, count = int(context), int(windows), int(count)
    model = load(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokens = tokenizer(open(text, encoding="utf-8").read(), add_special_tokens=False)["input_ids"]
    total, predictions = 0.0, 0
    with torch.no_grad():
        for w in range(windows):
            ids = torch.tensor([tokens[w * context : (w + 1) * context]])
            logs = model(ids).logits[0, :-1].double().log_softmax(-1)
            total -= logs.gather(1, ids[0, 1:, None]).sum().item()
            predictions += ids.shape[1] - 1
        ids = torch.tensor([tokenizer(prompt, add_special_tokens=False)["input_ids"]])
        written = []
        for _ in range(count):
            written.append(int(model(ids).logits[0, -1].argmax()))
            ids = torch.cat([ids, torch.tensor([[written[-1]]])], 1)
    print(json.dumps({"perplexity": float(torch.tensor(total / predictions).exp()), "tokens": len(tokens),
                      "written": written}))


if __name__ == "__main__":
    main()
