#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether packaging/python reads a packed folder as Halftone does, as JSON: each tensor against the float32 folder that
was exported from it, bit for bit; and, with torch, whether a transformers model filled with packed layers computes alike.

    check_reader.py PACKAGE PACKED FLOATS"""
import json
import os
import sys

import numpy as np
from safetensors.numpy import load_file

sys.path.insert(0, sys.argv[1])
import halftone_reader  # noqa: E402


def main():
    packed, floats = sys.argv[2:]
    expected = {}
    for name in sorted(os.listdir(floats)):
        if name.endswith(".safetensors"):
            expected.update(load_file(os.path.join(floats, name)))
    read = halftone_reader.load(packed)
    different = [name for name in expected if not np.array_equal(read[name], expected[name])]
    try:
        import torch
        from transformers import AutoConfig, AutoModelForCausalLM

        from halftone_reader import torch_module

        config = AutoConfig.from_pretrained(floats)
        ids = torch.tensor([[5, 6, 7, 8, 9, 10]])
        with torch.no_grad():
            a = torch_module.load_into(AutoModelForCausalLM.from_config(config).float().eval(), packed, packed=True)(ids).logits
            b = AutoModelForCausalLM.from_pretrained(floats, dtype=torch.float32).eval()(ids).logits
        if (a - b).abs().max() > 1e-4:
            different.append("logits")
    except ImportError:
        pass
    print(json.dumps({"compared": len(expected), "different": len(different), "which": different[:5]}))


if __name__ == "__main__":
    main()
