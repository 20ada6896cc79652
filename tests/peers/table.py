#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the peers: what is exported, what loads it, bytes, and perplexity there and here on the same windows.

    HALFTONE_PEERS=VENV table.py HALFTONE_CLI MODEL TEXT [--context 512] [--windows 2] [--rows PART] [--flags "..."]

VENV is what set_up.sh DIR --with-torch makes. --flags go to `quantize` (calibration). llama.cpp rounds the inputs of
quantized matrices to 8 bits: the column behind its perplexity is ours with inputs rounded alike (`--activations llama.cpp`),
and the one before the last is llama.cpp too, on the file that it expanded to F32 itself, where nothing is rounded. Exits
with 1 if any of them is more than 0.5 % from its like."""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile

# What is made of the model first, where to it goes, and the type asked for.
ROWS = [
    ("", "gguf", "f16"), ("", "gguf", "q8_0"), ("", "gguf", "q6_k"), ("", "gguf", "q4_k"), ("", "gguf", "q4_0"),
    ("--method gguf-q4_0", "gguf", "auto"), ("--method gguf-q2_k", "gguf", "auto"), ("--method gguf-tq2_0", "gguf", "auto"),
    ("--method pb-llm --salient-ratio 0.3", "gguf", "f16"),
    ("", "huggingface", "f16"), ("--method pb-llm --salient-ratio 0.3", "huggingface", "f16"),
    ("--method gptq --bits 4 --group-size 64", "gptq", "auto"),
    ("--method gptq --bits 4 --group-size 64", "compressed-tensors", "auto"),
]


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("--context", default="512")
    parser.add_argument("--windows", default="2")
    parser.add_argument("--rows", default="")
    parser.add_argument("--flags", default="")
    a = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    python = os.path.join(os.environ.get("HALFTONE_PEERS", ""), "bin", "python")
    wrong = []

    def said(command, what):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{what}: {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1] if command[0] == python else done.stdout)

    with tempfile.TemporaryDirectory() as scratch:
        made = {"": a.model}
        print("| made | exported to | loaded by | MB | perplexity there | rounded alike here | its weights as F32 there | here |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- |")
        for method, target, kind in ROWS:
            name = f"{method} {target} {kind}"
            if a.rows not in name:
                continue
            if method not in made:
                made[method] = os.path.join(scratch, str(len(made)))
                said([a.cli, "quantize", a.model, "--out", made[method], "--no-judge", "--json", *shlex.split(method),
                      *shlex.split(a.flags)], name)
            out = os.path.join(scratch, "out." + target)
            said([a.cli, "export", made[method], "--to", target, "--type", kind, "--out", out, "--overwrite", "--json"], name)
            # A packed model is judged as it is: the file must compute the same.
            judged = made[method] if method or target != "gguf" else out
            text = ["--text", a.text, "--context", a.context, "--windows", a.windows, "--json"]
            ours = said([a.cli, "evaluate", judged, *text], name)["perplexity"]
            alike = ours
            if target == "gguf":
                alike = said([a.cli, "evaluate", out, "--activations", "llama.cpp", *text], name)["perplexity"]
            script = "run_llama_cpp.py" if target == "gguf" else "run_transformers.py"
            theirs = said([python, os.path.join(here, script), out, a.text, a.context, a.windows, "Once", "1",
                           *(["--weights"] if target == "gguf" else [])], name)
            weights = theirs.get("weights_perplexity", theirs["perplexity"])
            reader = {"gguf": "llama.cpp", "huggingface": "transformers", "gptq": "dequantizer of run_transformers.py",
                      "compressed-tensors": "transformers, compressed-tensors"}[target]
            print(f"| {method or 'original'} | {target} {kind} | {theirs.get('reader', reader)} | {size(out) / 1e6:.1f} | "
                  f"{theirs['perplexity']:.4f} | {alike:.4f} | {weights:.4f} | {ours:.4f} |", flush=True)
            if max(abs(weights / ours - 1), abs(theirs["perplexity"] / alike - 1)) > 0.005:
                wrong.append(name)
    if wrong:
        sys.exit("deviating: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
