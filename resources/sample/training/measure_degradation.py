# SPDX-License-Identifier: GPL-3.0-or-later
"""Perplexity and greedy text of the sample model under partial binarization without compensation, by salient ratio.

Per linear layer: the largest weights of the matrix rounded to 8 bits over their row's range, the rest sign times the
row's mean magnitude (PB-LLM with round to nearest). A check of the model, not a reference of the method.

    python3 measure_degradation.py --model .. --text ../held_out.txt
"""
import argparse
import os

import numpy
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from train import CONTEXT, Model, perplexity

RATIOS = (1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.0)
PROMPT = "Once there was a curious girl called Mia. One morning, Mia had nine apples."


def binarized(w, ratio):
    w = w.float()
    count = round(ratio * w.numel())
    mask = torch.zeros_like(w, dtype=torch.bool)
    if count:
        mask.view(-1)[w.abs().flatten().topk(count).indices] = True
    low, high = w.amin(1, keepdim=True), w.amax(1, keepdim=True)
    scale = (high - low) / 255
    salient = torch.round((w - low) / scale) * scale + low
    rest = (w.abs() * ~mask).sum(1, keepdim=True) / (~mask).sum(1, keepdim=True).clamp(min=1)
    return torch.where(mask, salient, torch.sign(w) * rest)


def greedy(model, tokenizer, device, length=90):
    ids = tokenizer.encode(PROMPT).ids
    with torch.no_grad():
        for _ in range(length):
            ids.append(model(torch.tensor([ids[-CONTEXT:]], device=device))[0, -1].argmax().item())
            if ids[-1] == 0:
                break
    return tokenizer.decode(ids[len(tokenizer.encode(PROMPT).ids):])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--windows", type=int, default=64)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = parser.parse_args()
    tokenizer = Tokenizer.from_file(os.path.join(a.model, "tokenizer.json"))
    ids = torch.from_numpy(numpy.array(tokenizer.encode(open(a.text, encoding="utf-8").read()).ids, dtype=numpy.int32))
    stored = load_file(os.path.join(a.model, "model.safetensors"))
    model = Model().to(a.device).eval()
    for ratio in (None,) + RATIOS:
        model.load_state_dict({n: binarized(w, ratio) if ratio is not None and "_proj" in n else w.float() for n, w in stored.items()})
        name = "original" if ratio is None else "ratio %.2f" % ratio
        print("%-10s  perplexity %9.3f  %r" % (name, perplexity(model, ids, a.windows, 512, a.device), greedy(model, tokenizer, a.device)), flush=True)


if __name__ == "__main__":
    main()
