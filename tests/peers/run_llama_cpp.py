#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What llama.cpp makes of a GGUF file, as JSON: perplexity over consecutive windows of a text, each
from an empty context, and a greedy continuation of a prompt. Needs llama-cpp-python and numpy. One thread, since
its threads wait by spinning: two of them crawl where others work (HALFTONE_PEER_THREADS asks for more).

    run_llama_cpp.py MODEL.gguf TEXT CONTEXT WINDOWS PROMPT COUNT"""
import json
import os
import sys

import llama_cpp
import numpy as np


def main():
    model, text, context, windows, prompt, count = sys.argv[1:]
    context, windows, count = int(context), int(windows), int(count)
    llama = llama_cpp.Llama(model, n_ctx=context, n_batch=context, n_threads=int(os.environ.get("HALFTONE_PEER_THREADS", 1)), logits_all=True,
                            verbose=False)
    tokens = llama.tokenize(open(text, "rb").read(), add_bos=False)
    total, predictions = 0.0, 0
    for w in range(windows):
        window = tokens[w * context:(w + 1) * context]
        llama.reset()
        llama.eval(window)
        logits = np.array(llama.scores[:len(window) - 1], dtype=np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        total -= logs[np.arange(len(window) - 1), window[1:]].sum()
        predictions += len(window) - 1
    llama.reset()
    written = []
    llama.eval(llama.tokenize(prompt.encode(), add_bos=False, special=True))
    for _ in range(count):
        written.append(int(np.argmax(llama.scores[llama.n_tokens - 1])))
        llama.eval([written[-1]])
    print(json.dumps({"perplexity": float(np.exp(total / predictions)), "tokens": len(tokens),
                      "written": written}))


if __name__ == "__main__":
    main()
