# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the goldens of ARB-LLM. No code of it is published: this follows the paper's equations (Li et al.
2024, arXiv 2410.03129, sections 3.2 to 3.4) in numpy, on dense matrices, given the groups of weights, and
shares nothing with the program.

    python make_arb_llm.py

writes arb_llm_small.safetensors: weights of one block, their Hessian, and the results of each variant
without salient columns, for all weights as one group.
"""
import os

import numpy as np
from safetensors.numpy import load_file, save_file

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 15


def start(w):
    mean = w.mean(1, keepdims=True)
    scale = np.abs(w - mean).mean(1, keepdims=True)
    return mean, scale, np.where(w - mean >= 0, 1.0, -1.0)


def plain(w):
    mean, scale, signs = start(w)
    for _ in range(ROUNDS):
        residual = w - mean - scale * signs
        mean = mean + residual.mean(1, keepdims=True)
        scale = (signs * (w - mean)).mean(1, keepdims=True)
        signs = np.where(w - mean >= 0, 1.0, -1.0)
    return mean + scale * signs


def by_output(w, h):
    mean, scale, signs = start(w)
    for _ in range(ROUNDS):
        for i in range(len(w)):
            ones = np.ones(w.shape[1])
            mean[i] = ones @ h @ (w[i] - scale[i] * signs[i]) / (ones @ h @ ones)
            scale[i] = signs[i] @ h @ (w[i] - mean[i]) / (signs[i] @ h @ signs[i])
    return mean + scale * signs


def rows_and_columns(w):
    signs = np.where(w >= 0, 1.0, -1.0)
    columns = np.ones((1, w.shape[1]))
    for _ in range(ROUNDS):
        rows = (w * columns * signs).sum(1, keepdims=True) / (columns**2).sum()
        columns = (w * rows * signs).sum(0, keepdims=True) / (rows**2).sum()
    return rows * columns * signs


if __name__ == "__main__":
    layer = load_file(os.path.join(HERE, "small_layer.safetensors"))
    w = layer["weight"][:, 32:96].astype(np.float64)
    h = layer["hessian"][32:96, 32:96].astype(np.float64)
    results = {"weight": w, "hessian": h, "plain": plain(w), "x": by_output(w, h), "rc": rows_and_columns(w)}
    save_file(
        {key: np.ascontiguousarray(value.astype(np.float32)) for key, value in results.items()},
        os.path.join(HERE, "arb_llm_small.safetensors"),
    )
