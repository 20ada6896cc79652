# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of Wanda and of magnitude pruning by running the published code
(github.com/locuslab/wanda, commit 8e8fc87) on a model of one layer.

    git clone https://github.com/locuslab/wanda /tmp/wanda && git -C /tmp/wanda checkout 8e8fc87
    python make_wanda.py /tmp/wanda
"""
import sys
import types

import numpy as np
import torch

import small_layer


class Layer(torch.nn.Module):
    def __init__(self, weight):
        super().__init__()
        self.fc = small_layer.linear(weight)

    def forward(self, x, attention_mask=None, position_ids=None):
        return (self.fc(x),)


def model_of(weight):
    model = types.SimpleNamespace(seqlen=weight.shape[1], hf_device_map={})
    model.config = types.SimpleNamespace(use_cache=False, hidden_size=weight.shape[1])
    model.model = types.SimpleNamespace(layers=[Layer(weight)])
    return model


if __name__ == "__main__":
    datasets = types.ModuleType("datasets")
    datasets.load_dataset = None
    sys.modules["datasets"] = datasets
    small_layer.prepare(sys.argv[1])
    sys.modules["transformers"].AutoTokenizer = sys.modules["transformers"].LlamaTokenizer = None
    import lib.prune

    weight, hessian = small_layer.load()
    # One token for each input, of the size that gives the Hessian's diagonal.
    inputs = torch.from_numpy(np.diag(np.sqrt(np.diag(hessian).astype(np.float64))))[None]
    lib.prune.get_loaders = lambda *_, **__: (None, None)
    lib.prune.prepare_calibration_input = lambda *_: (
        inputs.clone(),
        torch.zeros(1, inputs.shape[1], weight.shape[0]),
        None,
        None,
    )
    # Ours loses the weights of an input that is never on, and no others for them.
    weight[:, small_layer.DEAD] = 0
    results = {}
    for name, share, n, m in (("0.5", 0.5, 0, 0), ("0.7", 0.7, 0, 0), ("2.4", 0, 2, 4), ("4.8", 0, 4, 8)):
        arguments = types.SimpleNamespace(
            nsamples=1, seed=0, sparsity_ratio=share, use_variant=False
        )
        for method, prune in (
            ("wanda", lib.prune.prune_wanda),
            ("magnitude", lib.prune.prune_magnitude),
        ):
            model = model_of(weight)
            small_layer.quietly(prune, arguments, model, None, "cpu", prune_n=n, prune_m=m)
            results[f"{method}.{name}"] = model.model.layers[0].fc.weight.data.numpy()
    small_layer.save("wanda_small.safetensors", results)
