# SPDX-License-Identifier: GPL-3.0-or-later
"""The layer on which published codes are run for the goldens of the methods, and what they all need.

    python small_layer.py

writes small_layer.safetensors beside this file: weights, inputs' Hessian. The published codes run in fp64,
so that what is compared does not depend on the order of fp32 sums.
Needs torch, safetensors, numpy; a stand-in serves for what little of transformers the codes import.
"""
import contextlib
import io
import os
import sys
import types

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

HERE = os.path.dirname(os.path.abspath(__file__))
DEAD = 17


def make():
    generator = torch.Generator().manual_seed(11)
    rows, columns, tokens = 24, 256, 1024
    weight = torch.randn(rows, columns, generator=generator) * 0.05
    weight *= 1 + torch.rand(rows, 1, generator=generator)
    mixing = torch.randn(columns, columns, generator=generator) * 0.1
    x = torch.randn(tokens, columns, generator=generator)
    x = (x + torch.randn(tokens, columns, generator=generator) @ mixing) * (
        torch.exp(torch.randn(columns, generator=generator) * 0.5)
    )
    x[:, DEAD] = 0  # an input that is never on
    hessian = x.T.double() @ x.double() * (2 / 4)
    tensors = {"weight": weight.numpy(), "hessian": hessian.float().numpy()}
    save_file(tensors, os.path.join(HERE, "small_layer.safetensors"))


def load():
    tensors = load_file(os.path.join(HERE, "small_layer.safetensors"))
    return tensors["weight"], tensors["hessian"]


def prepare(path, precise=True):
    """Makes the code in `path` importable and lets it run on the CPU, in fp64 if precise."""
    if precise:
        torch.set_default_dtype(torch.float64)
        torch.Tensor.float = torch.Tensor.double
    torch.Tensor.cuda = lambda self, *_: self
    torch.cuda.synchronize = lambda *_: None
    torch.cuda.empty_cache = lambda *_: None
    transformers = types.ModuleType("transformers")
    transformers.Conv1D = type("Conv1D", (), {})
    for name, module in (
        ("transformers", transformers),
        ("exceptiongroup", types.ModuleType("exceptiongroup")),
        ("pyparsing", types.ModuleType("pyparsing")),
    ):
        sys.modules.setdefault(name, module)
    sys.modules["exceptiongroup"].catch = None
    sys.modules["pyparsing"].line = None
    sys.path.insert(0, os.path.abspath(path))


def linear(weight):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
    layer.weight.data = torch.from_numpy(weight.copy()).to(torch.get_default_dtype())
    return layer


def quietly(call, *arguments, **named):
    with contextlib.redirect_stdout(io.StringIO()), torch.no_grad():
        return call(*arguments, **named)


def save(name, tensors):
    save_file(
        {key: np.ascontiguousarray(value.astype(np.float32)) for key, value in tensors.items()},
        os.path.join(HERE, name),
    )


if __name__ == "__main__":
    make()
