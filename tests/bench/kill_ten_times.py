#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a run with -9 at ten random moments, starts it again each time, and compares the result with that of
an undisturbed run: every file but times.json and report.html must be equal, byte for byte. Then interrupts
another run ten times with SIGINT and says how long each took to end. Also compares estimate and truth (of
time: on an idle machine only).

    tests/bench/kill_ten_times.py build/release/bin/halftone-cli [MODEL [flags of quantize ...]]
"""
import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

IGNORED = {"times.json", "report.html"}


def quantize(cli, model, out, flags):
    return [cli, "quantize", model, "--out", out, *flags]


def run(command):
    begin = time.monotonic()
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit("%s\nexit %d: %s" % (" ".join(command), result.returncode, result.stderr))
    return time.monotonic() - begin, result.stdout


def differences(a, b):
    names = (set(os.listdir(a)) | set(os.listdir(b))) - IGNORED
    match, mismatch, errors = filecmp.cmpfiles(a, b, sorted(names), shallow=False)
    return mismatch + errors


def disturbed(command, out, whole, reference, stop, chance, counts):
    """Disturbs runs, each started again until it ends, `counts` times; returns how long each disturbance
    took to take effect, and the names of the files that differ from the reference."""
    taken, different = [], set()
    while len(taken) < counts or not os.path.exists(out):
        if os.path.exists(out):
            different.update(differences(reference, out))
            shutil.rmtree(out)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0, whole / 3) if len(taken) < counts else None)
        except subprocess.TimeoutExpired:
            begin = time.monotonic()
            process.send_signal(stop)
            process.wait()
            taken.append(time.monotonic() - begin)
            continue
        if process.returncode != 0:
            sys.exit("exit %d: %s" % (process.returncode, " ".join(command)))
    different.update(differences(reference, out))
    return taken, sorted(different)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cli, model = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "sample"
    flags = sys.argv[3:] or ["--windows", "16", "--context", "256", "--evaluation-windows", "4",
                             "--evaluation-context", "256", "--embedding-bits", "8"]
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    print("seed", seed)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        estimate = json.loads(run([cli, "estimate", model, *flags, "--json"])[1])
        seconds, printed = run(quantize(cli, model, folder + "/whole", flags) + ["--json"])
        truth = json.loads(printed)
        print("undisturbed: %.1f s" % seconds)
        for name, guess, real in [("bytes", estimate["bytes"]["packed"], truth["bytes"]["packed"]),
                                  ("seconds", estimate["seconds"], truth["seconds"])]:
            ok = 1 / 1.5 <= guess / real <= 1.5
            failed |= not ok
            print("estimate of %s: %.4g, really %.4g (%s)" % (name, guess, real, "ok" if ok else "BEYOND 1.5"))
        for name, stop in [("SIGKILL", signal.SIGKILL), ("SIGINT", signal.SIGINT)]:
            out = folder + "/" + name
            taken, different = disturbed(quantize(cli, model, out, flags), out, seconds, folder + "/whole", stop,
                                         chance, 10)
            slow = stop == signal.SIGINT and max(taken) > 2
            failed |= bool(different) or slow
            print("%s: %d times, ended after at most %.2f s; %s" %
                  (name, len(taken), max(taken), "DIFFERENT: " + ", ".join(different) if different else "identical"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
