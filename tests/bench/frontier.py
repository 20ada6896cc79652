# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of issue 6: quality against honest bits, ours against published methods, and what each technique
is worth.

    python frontier.py build/release/bin/halftone-cli MODEL --calibration c4.utf8 --wiki wiki.test.raw \\
        --c4 c4.utf8 --other stories.txt --windows 128 --context 2048

prints one markdown row for each recipe: bits on disk of the linear layers, perplexity on the texts, KL against
the original on them, same top token on the first, seconds. The second text is read behind the calibration
tokens where it is the same file; the third is of another domain. --only PATTERN takes the rows whose name matches; --group table, ablation or
baselines takes a part. Runs that are finished in --out are not made again, so an interrupted table goes on.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import time

BEST = ["--preset", "halftone-best"]
PB = ["--preset", "halftone-pb"]

# name, most bits on disk, perplexity to be met, flags
TABLE = [
    ("Best 1.1", 1.10, 400, BEST + ["--steer-bits", "1.10", "--no-rotate", "--column-power", "0.5"]),
    ("Best 1.65", 1.65, 140, BEST + ["--steer-bits", "1.65"]),
    ("Best 2.05", 2.05, 60, BEST + ["--steer-bits", "2.05"]),
    ("Best 2.45", 2.45, 46, BEST + ["--steer-bits", "2.45"]),
    ("Best 3.05", 3.05, 28, BEST + ["--steer-bits", "3.05"]),
    ("PB 1.65", 1.65, 182, PB + ["--steer-bits", "1.65"]),
    ("PB 2.05", 2.05, 78, PB + ["--steer-bits", "2.05"]),
    ("PB 2.45", 2.45, 60, PB + ["--steer-bits", "2.45"]),
    ("PB 3.05", 3.05, 36, PB + ["--steer-bits", "3.05"]),
]

AT2 = BEST + ["--target-bits", "2.0"]
PB2 = PB + ["--salient-ratio", "0.22"]
ABLATION = [
    ("best, all on", AT2),
    ("best, no drift correction", AT2 + ["--drift", "0", "--drift-residual", "0"]),
    ("best, drift 0.75", AT2 + ["--drift", "0.75"]),
    ("best, block at once", AT2 + ["--no-staged"]),
    ("best, no rotation", AT2 + ["--no-rotate"]),
    ("best, columns in units of their own", AT2 + ["--column-power", "0.5"]),
    ("best, the same without rotation", AT2 + ["--column-power", "0.5", "--no-rotate"]),
    ("best, each row by its own size", AT2 + ["--row-power", "0"]),
    ("best, residual stream left drifted", AT2 + ["--drift-residual", "0"]),
    ("best, rotation of 64", AT2 + ["--rotation-block", "64"]),
    ("best, no refinement", AT2 + ["--refine", "0"]),
    ("best, no price on bits", AT2 + ["--refine-rate", "0"]),
    ("best, two rounds of four passes", AT2 + ["--refine", "2", "--refine-passes", "4"]),
    ("best, 4 Lloyd levels", AT2 + ["--spacing", "lloyd", "--levels", "4", "--refine-rate", "0"]),
    ("best, no entropy coding", AT2 + ["--no-entropy-coding"]),
    ("best, token clip 10", AT2 + ["--token-clip", "10"]),
    ("best, damping 0.003", AT2 + ["--damping", "0.003"]),
    ("best, damping 0.1", AT2 + ["--damping", "0.1"]),
    ("best, 2.05 bits alike", BEST + ["--steer-bits", "2.05"]),
    ("best, 2.05 bits by sensitivity, within half a bit", BEST + ["--budget-bits", "2.05", "--budget-reach", "0.5"]),
    ("best, 2.05 bits by sensitivity, within a bit", BEST + ["--budget-bits", "2.05"]),
    ("PB, all on", PB2),
    ("PB, no drift correction", PB2 + ["--drift", "0", "--drift-residual", "0"]),
    ("PB, no refinement", PB2 + ["--refine", "0"]),
    ("PB, no price on bits", PB2 + ["--refine-rate", "0"]),
    ("PB, columns alike", PB2 + ["--column-power", "0"]),
    ("PB, each row by its own size", PB2 + ["--row-power", "0"]),
    ("PB, 4 salient bits", PB2 + ["--salient-bits", "4"]),
    ("PB, rotated", PB2 + ["--rotate"]),
    ("PB, masks and codes", PB2 + ["--no-entropy-coding"]),
    ("PB-LLM treated as PB", PB2 + ["--method", "pb-llm"]),
]

BASELINES = [
    ("PB-LLM 5 %", ["--method", "pb-llm", "--salient-ratio", "0.05"]),
    ("PB-LLM 10 %", ["--method", "pb-llm", "--salient-ratio", "0.1"]),
    ("PB-LLM 20 %", ["--method", "pb-llm", "--salient-ratio", "0.2"]),
    ("PB-LLM 30 %", ["--method", "pb-llm", "--salient-ratio", "0.3"]),
    ("RTN 3 bits, groups of 128", ["--method", "rtn", "--bits", "3"]),
    ("GPTQ 2 bits, groups of 128", ["--method", "gptq", "--bits", "2", "--staged"]),
    ("GPTQ 3 bits, groups of 128", ["--method", "gptq", "--bits", "3", "--staged"]),
    ("BiLLM", ["--method", "billm"]),
    ("ARB-RC", ["--method", "arb-llm"]),
    ("SparseGPT 50 %", ["--method", "sparsegpt"]),
]


def rows(group):
    parts = {
        "table": [("table", name, most, met, flags) for name, most, met, flags in TABLE],
        "ablation": [("ablation", name, None, None, flags) for name, flags in ABLATION],
        "baselines": [("baselines", name, None, None, flags) for name, flags in BASELINES],
    }
    return sum(parts.values(), []) if group == "all" else parts[group]


def run(command):
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    return done, time.monotonic() - begin


def measured(a, name, flags):
    folder = pathlib.Path(a.out) / re.sub(r"[^A-Za-z0-9.]+", "-", name)
    note = folder.with_suffix(folder.suffix + ".frontier.json")
    if note.exists():
        return json.loads(note.read_text())
    quantize = [a.cli, "quantize", a.model, "--no-judge", "--json", "--out", str(folder)] + flags
    for flag, value in (("--calibration", a.calibration), ("--windows", a.windows), ("--context", a.context)):
        if value:
            quantize += [flag, str(value)]
    if a.backend:
        quantize += ["--backend", a.backend, "--gpu-precision", a.gpu_precision]
    out = {}
    if not folder.exists():
        done, out["seconds"] = run(quantize)
        if done.returncode:
            return {"error": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "failed"}
        out["disk"] = json.loads(done.stdout)["bits_per_weight"]["disk"]
    else:
        report = json.loads((folder / "report.json").read_text())
        out["disk"], out["seconds"] = report["size"]["bits_per_weight"]["disk"], float("nan")
    for key, text, skip in (("wiki", a.wiki, 0), ("c4", a.c4, a.skip), ("other", a.other, 0)):
        if not text:
            continue
        command = [a.cli, "evaluate", str(folder), "--text", text, "--json", "--reference", a.model]
        command += ["--context", str(a.context)] if a.context else []
        command += ["--windows", str(a.eval_windows)] if a.eval_windows else []
        command += ["--skip", str(skip)] if skip else []
        command += ["--backend", a.backend] if a.backend else []
        done, _ = run(command)
        if done.returncode:
            return {"error": done.stderr.strip()}
        e = json.loads(done.stdout)
        out[key] = {"ppl": e["perplexity"], "original": e["reference_perplexity"],
                    "kl": e["divergence"]["mean"], "top": e["same_top"]}
    note.write_text(json.dumps(out))
    if not a.keep:
        shutil.rmtree(folder)
    return out


def line(group, name, most, met, r):
    if "error" in r:
        return f"| {name} | {r['error']} | | | | | | | | |"
    wiki, c4, other = r.get("wiki", {}), r.get("c4", {}), r.get("other", {})
    fit = "" if most is None else (" (met)" if r["disk"] <= most and wiki.get("ppl", 1e9) <= met else f" (of {most}; {met})")
    number = lambda d, key, form: format(d[key], form) if key in d else ""
    return (f"| {name}{fit} | {r['disk']:.3f} | {number(wiki, 'ppl', '.2f')} | {number(c4, 'ppl', '.2f')} | "
            f"{number(other, 'ppl', '.2f')} | {number(wiki, 'kl', '.3f')} | {number(c4, 'kl', '.3f')} | "
            f"{number(other, 'kl', '.3f')} | {number(wiki, 'top', '.3f')} | {r['seconds']:.0f} |")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("cli")
    p.add_argument("model", help="as halftone-cli takes it")
    p.add_argument("--calibration", help="text file; default: the built-in text")
    p.add_argument("--windows", type=int, help="calibration windows")
    p.add_argument("--context", type=int, help="tokens of all windows")
    p.add_argument("--wiki", required=True, help="text of the second, fourth and fifth figure")
    p.add_argument("--c4", help="text of the third")
    p.add_argument("--other", help="a text of another domain")
    p.add_argument("--skip", type=int, help="tokens left out of --c4; default: the calibration tokens if the same")
    p.add_argument("--eval-windows", type=int, help="windows of each text; default all")
    p.add_argument("--backend", help="as halftone-cli takes it")
    p.add_argument("--gpu-precision", default="auto", choices=["full", "auto"],
                   help="with --backend: auto rounds factors of products to fp16, which is less than a table tells apart")
    p.add_argument("--out", default="frontier-runs")
    p.add_argument("--group", default="all", choices=["all", "table", "ablation", "baselines"])
    p.add_argument("--only", default="", help="regular expression on the names")
    p.add_argument("--keep", action="store_true", help="keep the packed folders")
    p.add_argument("--list", action="store_true", help="only print the rows' flags")
    a = p.parse_args()
    if a.skip is None:
        same = a.c4 and a.calibration and pathlib.Path(a.c4).resolve() == pathlib.Path(a.calibration).resolve()
        a.skip = (a.windows or 128) * (a.context or 2048) if same else 0
    pathlib.Path(a.out).mkdir(parents=True, exist_ok=True)
    chosen = [r for r in rows(a.group) if re.search(a.only, r[1])]
    if a.list:
        for group, name, _, _, flags in chosen:
            print(f"{group}: {name}: {' '.join(flags)}")
        return
    print("| recipe | bits on disk | wiki | c4 | other | KL wiki | KL c4 | KL other | same top | seconds |\n" + "| --- " * 10 + "|")
    original = None
    for group, name, most, met, flags in chosen:
        result = measured(a, name, flags)
        if original is None and "wiki" in result:
            original = result
            c4, other = (f"{result[k]['original']:.2f}" if k in result else "" for k in ("c4", "other"))
            print(f"| original | | {result['wiki']['original']:.2f} | {c4} | {other} | 0 | 0 | 0 | 1 | |", flush=True)
        print(line(group, name, most, met, result), flush=True)


if __name__ == "__main__":
    main()
