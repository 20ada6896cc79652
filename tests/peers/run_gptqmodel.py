#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What GPTQModel makes of a GPTQ folder on the processor, as JSON: perplexity over consecutive windows of a text. It
computes in fp16, the widest that its kernel for processors takes. Needs torch, transformers and gptqmodel (built without
CUDA: BUILD_CUDA_EXT=0).

    run_gptqmodel.py FOLDER TEXT CONTEXT WINDOWS"""
import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
import torch
from gptqmodel import BACKEND, GPTQModel
from transformers import AutoTokenizer


def main():
    folder, text, context, windows = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    model = GPTQModel.load(folder, device="cpu", backend=BACKEND.TORCH, dtype=torch.float16).model
    kernels = {type(m).__name__ for name, m in model.named_modules() if name.endswith("_proj")}
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokens = tokenizer(open(text, encoding="utf-8").read(), add_special_tokens=False)["input_ids"]
    total, predictions = 0.0, 0
    with torch.no_grad():
        for w in range(windows):
            ids = torch.tensor([tokens[w * context : (w + 1) * context]])
            logs = model(ids).logits[0, :-1].double().log_softmax(-1)
            total -= logs.gather(1, ids[0, 1:, None]).sum().item()
            predictions += ids.shape[1] - 1
    print(json.dumps({"perplexity": float(torch.tensor(total / predictions).exp()), "kernels": sorted(kernels)}))


if __name__ == "__main__":
    main()
