#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What llama.cpp makes of a GGUF file, as JSON: perplexity over consecutive windows of a text, each
from an empty context, and a greedy continuation of a prompt. Needs llama-cpp-python and numpy. One thread, since
its threads wait by spinning: two of them crawl where others work (HALFTONE_PEER_THREADS asks for more).

    run_llama_cpp.py MODEL.gguf TEXT CONTEXT WINDOWS PROMPT COUNT [--weights]

llama.cpp rounds the inputs of quantized matrices to 8 bits. With --weights it first expands the file to F32 itself, whose
products round nothing, and "weights_perplexity" is what it then computes: what the stored weights alone are worth."""
import json
import os
import sys
import tempfile

import llama_cpp
import numpy as np


THREADS = int(os.environ.get("HALFTONE_PEER_THREADS", 1))


# Its weights as they lie in the file: rearranged for AMX, as it does where a processor has that, they crash it in virtual
# machines that show the instructions without letting a process use them.
def plain_products(default=llama_cpp.llama_cpp.llama_model_default_params):
    params = default()
    params.use_extra_bufts = False
    return params


llama_cpp.llama_cpp.llama_model_default_params = plain_products


def opened(model, context):
    return llama_cpp.Llama(model, n_ctx=context, n_batch=context, n_threads=THREADS, n_threads_batch=THREADS,
                           logits_all=True, verbose=False)


def perplexity(llama, tokens, context, windows):
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
    return float(np.exp(total / predictions))


def expanded(model, out):
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize, params.nthread = 0, True, THREADS  # 0: all F32
    if llama_cpp.llama_model_quantize(model.encode(), out.encode(), params):
        sys.exit("llama.cpp cannot expand " + model)
    return out


def main():
    weights = "--weights" in sys.argv
    model, text, context, windows, prompt, count = [a for a in sys.argv[1:] if a != "--weights"]
    context, windows, count = int(context), int(windows), int(count)
    llama = opened(model, context)
    tokens = llama.tokenize(open(text, "rb").read(), add_bos=False)
    said = {"perplexity": perplexity(llama, tokens, context, windows), "tokens": len(tokens)}
    llama.reset()
    said["written"] = written = []
    llama.eval(llama.tokenize(prompt.encode(), add_bos=False, special=True))
    for _ in range(count):
        written.append(int(np.argmax(llama.scores[llama.n_tokens - 1])))
        llama.eval([written[-1]])
    if weights:
        del llama
        with tempfile.TemporaryDirectory() as scratch:
            whole = opened(expanded(model, scratch + "/f32.gguf"), context)
            said["weights_perplexity"] = perplexity(whole, tokens, context, windows)
            del whole
    print(json.dumps(said))


if __name__ == "__main__":
    main()
