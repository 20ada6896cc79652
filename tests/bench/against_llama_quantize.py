#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Halftone's compensated GGUF methods against llama-quantize at the same types: bytes and perplexity, both judged by
llama.cpp on the same windows, and the seconds that each program takes to write its file.

    against_llama_quantize.py HALFTONE_CLI MODEL TEXT [--types q4_0,q2_k,...] [--windows 8] [--context 512]
                              [--quantize "flags of halftone-cli quantize"]

Needs llama-cpp-python (tests/peers/set_up.sh). Embedding and head are Q8_0 on both sides, all linear layers of the type
(llama-quantize's --pure); what it falls back to where rows do not divide is its own choice."""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time

FTYPES = {"q1_0": 40, "q2_0": 41, "q4_0": 2, "q2_k": 10, "q4_k": 14, "tq2_0": 37}


# Its log fills the terminal, so it runs apart.
THERE = """
import sys, llama_cpp
params = llama_cpp.llama_model_quantize_default_params()
params.ftype, params.pure, params.nthread, params.allow_requantize = int(sys.argv[3]), True, 2, True
params.token_embedding_type = params.output_tensor_type = 8
sys.exit(llama_cpp.llama_model_quantize(sys.argv[1].encode(), sys.argv[2].encode(), params))
"""


def quantized_there(source, out, kind):
    subprocess.run([sys.executable, "-c", THERE, source, out, str(FTYPES[kind])], capture_output=True)


def timed(call):
    begin = time.time()
    call()
    return time.time() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("--types", default="q4_0,q4_k,q2_k,q2_0,tq2_0")
    parser.add_argument("--windows", default="8")
    parser.add_argument("--context", default="512")
    parser.add_argument("--quantize", default="")
    a = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))

    def halftone(*arguments):
        done = subprocess.run([a.cli, *arguments, "--json"], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return json.loads(done.stdout)

    def judged(path):
        done = subprocess.run([sys.executable, here + "/../peers/run_llama_cpp.py", path, a.text, a.context, a.windows,
                               "Once", "1"], capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])["perplexity"] if done.returncode == 0 else float("nan")

    def show(kind, how, path, seconds):
        if not os.path.exists(path):
            return print(f"{kind:8}{how:16} refused", flush=True)
        print(f"{kind:8}{how:16}{os.path.getsize(path):12}{judged(path):12.3f}{seconds:10.2f}", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        f16 = scratch + "/f16.gguf"
        halftone("export", a.model, "--to", "gguf", "--type", "f16", "--out", f16)
        print(f"original as F16: perplexity {judged(f16):.3f}, {os.path.getsize(f16)} bytes")
        print(f"{'type':8}{'':16}{'bytes':>12}{'perplexity':>12}{'s':>10}")
        for kind in a.types.split(","):
            packed, ours, plain, theirs = (f"{scratch}/{kind}{end}" for end in ("", ".gguf", "-plain.gguf", "-theirs.gguf"))
            halftone("quantize", a.model, "--method", "gguf-" + kind, "--no-judge", "--out", packed, *shlex.split(a.quantize))
            show(kind, "compensated", ours,
                 timed(lambda: halftone("export", packed, "--out", ours, "--embedding-type", "q8_0", "--head-type", "q8_0")))
            if kind != "q2_k":
                show(kind, "plain", plain, timed(lambda: halftone("export", a.model, "--type", kind, "--out", plain)))
            show(kind, "llama-quantize", theirs, timed(lambda: quantized_there(f16, theirs, kind)))


if __name__ == "__main__":
    main()
