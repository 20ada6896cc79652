# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of SmoothQuant's weights, and of the outputs with 8-bit inputs, by running the published code
(github.com/mit-han-lab/smoothquant, commit c61476d).

    git clone https://github.com/mit-han-lab/smoothquant /tmp/smoothquant
    git -C /tmp/smoothquant checkout c61476d
    python make_smoothquant.py /tmp/smoothquant

The code's sizes of activations are given as root mean squares here, as ours takes them.
"""
import sys
import types

import numpy as np
import torch

import small_layer

FAMILIES = {
    "opt": ("OPTDecoderLayer",),
    "bloom": ("BloomBlock",),
    "llama": ("LlamaDecoderLayer", "LlamaRMSNorm"),
    "mistral": ("MistralDecoderLayer", "MistralRMSNorm"),
    "mixtral": ("MixtralDecoderLayer", "MixtralRMSNorm"),
    "falcon": ("FalconDecoderLayer",),
}

if __name__ == "__main__":
    small_layer.prepare(sys.argv[1] + "/smoothquant")
    sys.modules["transformers.models"] = types.ModuleType("transformers.models")
    for family, names in FAMILIES.items():
        for part in (f"transformers.models.{family}", f"transformers.models.{family}.modeling_{family}"):
            module = types.ModuleType(part)
            for name in names:
                setattr(module, name, type(name, (torch.nn.Module,), {}))
            sys.modules[part] = module
    import fake_quant
    import smooth

    weight, hessian = small_layer.load()
    weight[:, small_layer.DEAD] = 0
    sizes = torch.from_numpy(np.sqrt(np.diag(hessian).astype(np.float64)))
    results = {}
    for name, bits, strength in (("8", 8, 0.5), ("4", 4, 0.5), ("8.strong", 8, 0.85)):
        norm = smooth.LlamaRMSNorm()
        norm.weight = torch.nn.Parameter(torch.ones(weight.shape[1]))
        layer = small_layer.linear(weight)
        with torch.no_grad():
            smooth.smooth_ln_fcs_llama_like(norm, layer, sizes, strength)
            fake_quant.quantize_weight_per_channel_absmax(layer.weight, bits)
            results[name] = (layer.weight * norm.weight).numpy()
            if name == "8":
                smoothed = fake_quant.W8A8Linear(*reversed(weight.shape), bias=False, act_quant="per_token")
                smoothed.weight = layer.weight
                inputs = torch.randn(8, weight.shape[1], generator=torch.Generator().manual_seed(3)) * sizes / 20
                outputs = smoothed(inputs * norm.weight)
                w8a8 = {"inputs": inputs.numpy(), "outputs": outputs.numpy()}
    small_layer.save("smoothquant_small.safetensors", results)
    small_layer.save("smoothquant_w8a8.safetensors", w8a8)
