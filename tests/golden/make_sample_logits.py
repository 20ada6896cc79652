# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes sample_logits.json: what transformers (float32, CPU) says about the sample model.

    python3 make_sample_logits.py > sample_logits.json          (torch, transformers, tokenizers)

`logits[i]` belongs to `positions[i]` and holds one value for each of `vocabulary`. Perplexity is the exponential of the
mean over windows of each window's mean loss over its 511 predicted tokens; windows are consecutive, no BOS is added.
"""
import json
import math
import os
import sys

import torch
import transformers
from tokenizers import Tokenizer

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "resources", "sample")
POSITIONS = [0, 1, 7, 31, 62, 63]
CONTEXT, WINDOWS = 512, 8

model = transformers.LlamaForCausalLM.from_pretrained(SAMPLE, dtype=torch.float32, attn_implementation="eager").eval()
tokenizer = Tokenizer.from_file(os.path.join(SAMPLE, "tokenizer.json"))
with open(os.path.join(SAMPLE, "held_out.txt"), encoding="utf-8") as file:
    ids = tokenizer.encode(file.read(), add_special_tokens=False).ids
with torch.no_grad():
    logits = model(torch.tensor([ids[:64]])).logits[0]
    losses = []
    for i in range(WINDOWS):
        window = torch.tensor([ids[i * CONTEXT:(i + 1) * CONTEXT]])
        losses.append(torch.nn.functional.cross_entropy(model(window).logits[0, :-1].double(), window[0, 1:]).item())
    text = tokenizer.encode("Once there was a curious girl called Mia.").ids
    prompt = list(text)
    for _ in range(40):
        text.append(model(torch.tensor([text])).logits[0, -1].argmax().item())
top = logits[-1].topk(8).indices.tolist()
vocabulary = sorted(set(top + list(range(0, 4096, 171))))[:32]
json.dump({"made_with": "transformers %s, torch %s" % (transformers.__version__, torch.__version__.split("+")[0]), "tokens": ids[:64], "token_count": len(ids),
           "positions": POSITIONS, "vocabulary": vocabulary, "logits": [[round(logits[p, v].item(), 6) for v in vocabulary] for p in POSITIONS],
           "best": logits.argmax(-1).tolist(), "context": CONTEXT, "windows": WINDOWS, "window_losses": [round(x, 7) for x in losses],
           "perplexity": round(math.exp(sum(losses) / WINDOWS), 6), "greedy": {"prompt": prompt, "tokens": text[len(prompt):]}}, sys.stdout, indent=1)
sys.stdout.write("\n")
