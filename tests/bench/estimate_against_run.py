#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `estimate` promised over what `quantize` then took: seconds, peak anonymous memory and bytes
of the result (Linux). The aim is a factor between 1/1.5 and 1.5.

    estimate_against_run.py HALFTONE_CLI MODEL [FLAGS of quantize, without --out]"""
import json
import os
import re
import subprocess
import sys
import tempfile

PEAK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peak_memory.py")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    cli, flags = sys.argv[1], sys.argv[2:]
    promised = json.loads(subprocess.run([cli, "estimate", *flags, "--json"], check=True,
                                         capture_output=True, text=True).stdout)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "packed")
        done = subprocess.run([sys.executable, PEAK, cli, "quantize", *flags, "--out", out, "--json"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        taken, end = json.JSONDecoder().raw_decode(done.stdout)
        memory = float(re.search(r"memory ([0-9.]+) GiB", done.stdout[end:])[1]) * 2**30
    rows = [("seconds", promised["seconds"], taken["seconds"]),
            ("memory bytes", promised["memory_bytes"], memory),
            ("result bytes", promised["bytes"]["packed"], taken["bytes"]["packed"])]
    for name, before, after in rows:
        print(f"{name:14} estimated {before:>16,.1f}   taken {after:>16,.1f}   ratio {before / after:.2f}")


if __name__ == "__main__":
    main()
