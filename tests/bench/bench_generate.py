#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens a second while writing: packed models from their packed bits, the original as fp32, and
llama.cpp on GGUF files, in turns, by the clock and by processor time.

    [HALFTONE_PEERS=VENV] bench_generate.py HALFTONE_CLI MODEL... [--rounds 4] [--tokens 128]
                                           [--threads 2] [--reference MODEL]

A MODEL that ends in .gguf is run by llama.cpp (VENV has llama-cpp-python), any other by halftone-cli.
Loading and the prompt do not count; every token is the most likely one. On a busy machine --threads 1 tells more:
each program is kept to one core, and llama.cpp's threads do not spin for each other."""
import argparse
import json
import os
import statistics
import subprocess
import sys

PROMPT = "The history of the town began"

LLAMA = """
import array, ctypes, json, resource, sys, time
import numpy, llama_cpp
count, threads = int(sys.argv[2]), int(sys.argv[4])
model = llama_cpp.Llama(sys.argv[1], n_ctx=1024, n_threads=threads, n_threads_batch=threads, verbose=False)
tokens = model.tokenize(sys.argv[3].encode(), add_bos=False)
model.eval(tokens)
size = model.n_vocab()
context = model._ctx.ctx
def best():
    logits = llama_cpp.llama_get_logits_ith(context, -1)
    return int(numpy.ctypeslib.as_array(logits, shape=(size,)).argmax())
token = (llama_cpp.llama_token * 1)(best())
def busy():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime
clock, work = time.monotonic(), busy()
for i in range(count):
    if llama_cpp.llama_decode(context, llama_cpp.llama_batch_get_one(token, 1)):
        sys.exit("llama_decode failed")
    token[0] = best()
print(json.dumps({"clock": (time.monotonic() - clock) / count, "busy": (busy() - work) / count}))
"""


def run(command, threads):
    cores = sorted(os.sched_getaffinity(0))[-threads:]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def measure(arguments, model, python):
    """Seconds a token by the clock and of processor time, and bytes of weights where known."""
    if model.endswith(".gguf") and model != arguments.reference:
        got = run([python, "-c", LLAMA, model, str(arguments.tokens), PROMPT, str(arguments.threads)],
                  arguments.threads)
        return got["clock"], got["busy"], os.path.getsize(model)
    got = run([arguments.cli, "generate", model, "--prompt", PROMPT, "--tokens", str(arguments.tokens + 1),
               "--ignore-end", "--json"], arguments.threads)
    return (got["seconds"] / arguments.tokens, got["processor_seconds"] / arguments.tokens,
            got["resident_bytes"]["weights"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reference", help="a model, perhaps .gguf, that halftone-cli runs as fp32")
    arguments = parser.parse_args()
    python = os.path.join(os.environ.get("HALFTONE_PEERS", ""), "bin", "python")
    models = arguments.models + ([arguments.reference] if arguments.reference else [])
    times = {model: [] for model in models}
    for turn in range(arguments.rounds):
        for model in models:
            times[model].append(measure(arguments, model, python))
    print(f"{'tokens/s: clock':>16} {'best':>8} {'a busy core':>12} {'MiB of weights':>15}")
    for model, rows in times.items():
        clock = [row[0] for row in rows]
        print(f"{1 / statistics.median(clock):16.1f} {1 / min(clock):8.1f} "
              f"{1 / statistics.median(row[1] for row in rows):12.1f} {rows[0][2] / 2**20:15.1f}  {model}")


if __name__ == "__main__":
    main()
