# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of GPTQ by running the published code (github.com/IST-DASLab/gptq, commit 2d65066).

    git clone https://github.com/IST-DASLab/gptq /tmp/gptq && git -C /tmp/gptq checkout 2d65066
    python make_gptq.py /tmp/gptq
"""
import sys

import torch

import small_layer

CASES = {
    # name: bits, symmetric, searched, columns of a group, by activation, static groups
    "4.row": (4, False, False, -1, False, False),
    "2.row": (2, False, False, -1, False, False),
    "8.row": (8, False, False, -1, False, False),
    "3.row.symmetric": (3, True, False, -1, False, False),
    "3.row.search": (3, False, True, -1, False, False),
    "3.row.order": (3, False, False, -1, True, False),
    "4.group": (4, False, False, 64, False, False),
    "3.group.symmetric.search": (3, True, True, 64, False, False),
    "4.group.order": (4, False, False, 64, True, False),
    "4.group.static": (4, False, False, 64, False, True),
    "4.group.order.static": (4, False, False, 64, True, True),
}

if __name__ == "__main__":
    small_layer.prepare(sys.argv[1])
    from gptq import GPTQ
    from quant import Quantizer

    weight, hessian = small_layer.load()
    # The code fits a row's grid before it clears the inputs that are never on; ours does after.
    weight[:, small_layer.DEAD] = 0
    results = {}
    for name, (bits, symmetric, search, group, order, static) in CASES.items():
        layer = small_layer.linear(weight)
        code = GPTQ(layer)
        code.H = torch.from_numpy(hessian.copy()).double()
        code.quantizer = Quantizer()
        code.quantizer.configure(bits, perchannel=True, sym=symmetric, mse=search)
        small_layer.quietly(
            code.fasterquant, blocksize=64, groupsize=group, actorder=order, static_groups=static
        )
        results[name] = layer.weight.data.numpy()
    small_layer.save("gptq_small.safetensors", results)
