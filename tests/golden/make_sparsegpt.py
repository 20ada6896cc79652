# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of SparseGPT by running the published code (github.com/IST-DASLab/sparsegpt, commit
147d215).

    git clone https://github.com/IST-DASLab/sparsegpt /tmp/sparsegpt
    git -C /tmp/sparsegpt checkout 147d215
    python make_sparsegpt.py /tmp/sparsegpt
"""
import sys

import torch

import small_layer

CASES = {
    # name: share pruned, n:m pruned, bits of the survivors
    "0.5": (0.5, 0, 0, 16),
    "0.7": (0.7, 0, 0, 16),
    "2.4": (0, 2, 4, 16),
    "4.8": (0, 4, 8, 16),
    "0.5.bits": (0.5, 0, 0, 4),
    "2.4.bits": (0, 2, 4, 4),
}

if __name__ == "__main__":
    small_layer.prepare(sys.argv[1])
    from quant import Quantizer
    from sparsegpt import SparseGPT

    weight, hessian = small_layer.load()
    # The code fits a row's grid before it clears the inputs that are never on; ours does after.
    weight[:, small_layer.DEAD] = 0
    results = {}
    for name, (share, n, m, bits) in CASES.items():
        layer = small_layer.linear(weight)
        code = SparseGPT(layer)
        code.H = torch.from_numpy(hessian.copy()).double()
        if bits < 16:
            code.quantizer = Quantizer()
            code.quantizer.configure(bits, perchannel=True, sym=False, mse=False)
        small_layer.quietly(code.fasterprune, share, prunen=n, prunem=m, blocksize=128)
        results[name] = layer.weight.data.numpy()
    small_layer.save("sparsegpt_small.safetensors", results)
