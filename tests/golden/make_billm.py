# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of BiLLM by running the published code (github.com/Aaronhuang-778/BiLLM, commit
dc137eb).

    git clone https://github.com/Aaronhuang-778/BiLLM /tmp/BiLLM && git -C /tmp/BiLLM checkout dc137eb
    python make_billm.py /tmp/BiLLM

With a number of rows and columns behind the path it times the code on one such matrix instead.
"""
import sys
import time

import torch

import small_layer


def run(weight, hessian, metric, compensation, block):
    from bigptq import BRAGPTQ
    from binary import Binarization

    layer = small_layer.linear(weight)
    quantizer = Binarization(layer.weight, method="braq", groupsize=block)
    code = BRAGPTQ(layer, quantizer, salient_metric=metric, disable_gptq=not compensation)
    code.H = torch.from_numpy(hessian.copy()).to(torch.get_default_dtype())
    small_layer.quietly(code.fasterquant, blocksize=block)
    return layer.weight.data.numpy()


if __name__ == "__main__":
    small_layer.prepare(sys.argv[1], precise=len(sys.argv) == 2)
    if len(sys.argv) > 2:
        rows, columns = map(int, sys.argv[2:4])
        generator = torch.Generator().manual_seed(1)
        weight = (torch.randn(rows, columns, generator=generator) * 0.05).numpy()
        x = torch.randn(2 * columns, columns, generator=generator)
        begin = time.time()
        run(weight, (x.T @ x).numpy(), "hessian", True, 128)
        print(f"{rows} x {columns}: {time.time() - begin:.2f} s")
        sys.exit()
    weight, hessian = small_layer.load()
    results = {}
    for metric in ("hessian", "magnitude"):
        for compensation in (True, False):
            name = f"{metric}.{'walk' if compensation else 'round'}"
            results[name] = run(weight, hessian, metric, compensation, 128)
    results["hessian.walk.64"] = run(weight, hessian, "hessian", True, 64)
    small_layer.save("billm_small.safetensors", results)
