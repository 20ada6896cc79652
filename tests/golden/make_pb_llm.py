# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of PB-LLM by running the published code (github.com/hahnyuan/PB-LLM, commit fe85da9)
with PyTorch on the CPU.

    git clone https://github.com/hahnyuan/PB-LLM /tmp/PB-LLM && git -C /tmp/PB-LLM checkout fe85da9
    python make_pb_llm.py --reference /tmp/PB-LLM small
    python make_pb_llm.py --reference /tmp/PB-LLM model --gguf SmolLM2-135M-Instruct.Q4_1.gguf \
        --text c4.utf8 --out /tmp/pb_llm_model.safetensors

`small` writes pb_llm_small.safetensors beside this file: one random matrix, all options. `model` writes
weights, Hessians and results of six matrices of a real model, which bench_pb_llm compares with ours.
Needs torch, transformers, safetensors, numpy and, for `model`, gguf.
"""
import argparse
import contextlib
import io
import os
import sys

import numpy as np
import torch
import transformers
from safetensors.numpy import save_file
from transformers.pytorch_utils import Conv1D

HERE = os.path.dirname(os.path.abspath(__file__))


def load_reference(path):
    sys.path.insert(0, os.path.join(path, "gptq_pb"))
    transformers.Conv1D = Conv1D
    torch.cuda.synchronize = lambda: None
    import gptq
    import high_quant
    import low_quant

    gptq.OUTPUTMASK = 0
    return gptq.LowHighGPT, low_quant.LowQuantizer, high_quant.HighQuantizer


def run_reference(code, weight, batches, ratio, saliency, group, compensation, block):
    """Returns the reference's weights and its Hessian. batches: inputs, one a call of add_batch."""
    low_high, low, high = code
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    layer.weight.data = torch.from_numpy(weight.copy())
    layer.global_name = "layer"
    quantizer = low_high(
        layer,
        low(layer.weight, method="xnor", groupsize=group),
        high(8, perchannel=True, sym=False, mse=False),
        salient_metric=saliency,
        disable_gptq=not compensation,
    )
    for batch in batches:
        quantizer.add_batch(batch, None)
    hessian = quantizer.H.numpy().copy()
    with contextlib.redirect_stdout(io.StringIO()), torch.no_grad():
        quantizer.fasterquant(1 - ratio, percdamp=0.01, blocksize=block)
    return layer.weight.data.numpy().copy(), hessian


def proxy_loss(weight, result, hessian):
    w, h = weight.astype(np.float64), hessian.astype(np.float64)
    e = w - result.astype(np.float64)
    return np.sum((e @ h) * e) / np.sum((w @ h) * w)


def make_small(code):
    generator = torch.Generator().manual_seed(3)
    rows, columns, group = 32, 96, 32
    weight = (torch.randn(rows, columns, generator=generator) * 0.05).numpy()
    mixing = torch.randn(columns, columns, generator=generator) * 0.2
    batches = []
    for _ in range(4):
        x = torch.randn(1, 128, columns, generator=generator)
        x = x + torch.randn(1, 128, columns, generator=generator) @ mixing
        x[..., 17] = 0  # an input that is never on
        batches.append(x)
    tensors = {"weight": weight}
    for ratio in (0.1, 0.3):
        for saliency in ("magnitude", "hessian"):
            for scope, size in (("matrix", -1), ("group", group)):
                for compensation in (True, False):
                    result, tensors["hessian"] = run_reference(
                        code, weight, batches, ratio, saliency, size, compensation, 16
                    )
                    name = f"{ratio}.{saliency}.{scope}.{'walk' if compensation else 'round'}"
                    tensors[name] = result
    save_file(tensors, os.path.join(HERE, "pb_llm_small.safetensors"), {"group_size": str(group)})


def real_inputs(gguf, text, windows, length, blocks):
    """Weights and inputs of q and down of some blocks: {name: (weight, [batches])}."""
    folder, file = os.path.split(os.path.abspath(gguf))
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=file, dtype=torch.float32
    )
    with open(text, encoding="utf-8") as stream:
        ids = tokenizer(stream.read(windows * length * 8), add_special_tokens=False)["input_ids"]
    found = {}
    for b in blocks:
        block = model.model.layers[b]
        for name, layer in (("q", block.self_attn.q_proj), ("down", block.mlp.down_proj)):
            batches = []
            found[f"{b}.{name}"] = (layer.weight.data.numpy().copy(), batches)
            layer.register_forward_hook(
                lambda _, inputs, __, batches=batches: batches.append(inputs[0].detach().clone())
            )
    with torch.no_grad():
        for i in range(windows):
            model.model(torch.tensor([ids[i * length : (i + 1) * length]]))
    return found


def make_model(code, arguments):
    tensors, losses = {}, {}
    for name, (weight, batches) in real_inputs(
        arguments.gguf, arguments.text, 16, 512, (0, 1, 15)
    ).items():
        tensors[f"{name}.weight"] = weight
        for ratio in (0.1, 0.3):
            result, hessian = run_reference(code, weight, batches, ratio, "hessian", -1, True, 128)
            tensors[f"{name}.hessian"] = hessian
            tensors[f"{name}.{ratio}"] = result
            losses[f"{name}.{ratio}"] = repr(float(proxy_loss(weight, result, hessian)))
            print(name, ratio, losses[f"{name}.{ratio}"])
    save_file(tensors, arguments.out, losses)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", required=True, help="checkout of PB-LLM at fe85da9")
    parser.add_argument("what", choices=("small", "model"))
    parser.add_argument("--gguf")
    parser.add_argument("--text")
    parser.add_argument("--out")
    chosen = parser.parse_args()
    reference = load_reference(os.path.abspath(chosen.reference))
    if chosen.what == "small":
        make_small(reference)
    else:
        make_model(reference, chosen)
