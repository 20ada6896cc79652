#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens a second of SmolLM2 over one window of 2048 tokens: llama.cpp's prompt processing and
halftone-cli evaluate on the same file, in turns, by the clock and by processor time.

    HALFTONE_PEERS=VENV bench_smollm2.py HALFTONE_CLI MODEL.gguf TEXT [--rounds 4]

VENV is a Python environment with llama-cpp-python. Halftone's time is that of two more windows, so
that starting and reading the file do not count; its work includes the scores of every token."""
import argparse
import json
import os
import statistics
import subprocess
import sys

CONTEXT = 2048
THREADS = 2

LLAMA = """
import json, resource, sys, time
import llama_cpp
model = llama_cpp.Llama(sys.argv[1], n_ctx=%d, n_batch=%d, n_threads=%d, n_threads_batch=%d,
                        verbose=False)
text = open(sys.argv[2], "rb").read(8 * %d)
tokens = model.tokenize(text, add_bos=False)[:%d]
model.eval(tokens[:64])
model.reset()
clock, busy = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
model.eval(tokens)
print(json.dumps({"tokens": len(tokens), "clock": time.monotonic() - clock,
                  "busy": resource.getrusage(resource.RUSAGE_SELF).ru_utime - busy,
                  "system": llama_cpp.llama_print_system_info().decode()}))
""" % (CONTEXT, CONTEXT, THREADS, THREADS, CONTEXT, CONTEXT)


def run(command):
    """What a command prints, and the processor time it took."""
    before = os.times().children_user
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout, os.times().children_user - before


def llama(python, arguments):
    out, _ = run([python, "-c", LLAMA, arguments.model, arguments.text])
    got = json.loads(out)
    return got["tokens"] / got["clock"], got["tokens"] / got["busy"], got["system"]


def halftone(arguments):
    def windows(count):
        out, busy = run([arguments.cli, "evaluate", arguments.model, "--text", arguments.text,
                         "--context", str(CONTEXT), "--windows", str(count), "--json"])
        return json.loads(out)["seconds"], busy

    (one, one_busy), (three, three_busy) = windows(1), windows(3)
    return 2 * CONTEXT / (three - one), 2 * CONTEXT / (three_busy - one_busy)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("model")
    parser.add_argument("text")
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    if "HALFTONE_PEERS" not in os.environ:
        sys.exit("HALFTONE_PEERS names no Python environment with llama-cpp-python.")
    python = os.path.join(os.environ["HALFTONE_PEERS"], "bin", "python")
    theirs, ours = [], []
    print(f"{'tokens/s':>12} {'by the clock':>14} {'a busy core':>14}")
    for turn in range(arguments.rounds):
        theirs.append(llama(python, arguments))
        ours.append(halftone(arguments))
        print(f"{'llama.cpp':>12} {theirs[-1][0]:14.1f} {theirs[-1][1]:14.1f}")
        print(f"{'halftone':>12} {ours[-1][0]:14.1f} {ours[-1][1]:14.1f}", flush=True)
    ratio = [statistics.median(o[i] for o in ours) / statistics.median(t[i] for t in theirs)
             for i in (0, 1)]
    print(f"{'ratio':>12} {ratio[0]:14.2f} {ratio[1]:14.2f}   (medians of {arguments.rounds} rounds)")
    print(f"llama.cpp: {theirs[0][2]}")


if __name__ == "__main__":
    main()
