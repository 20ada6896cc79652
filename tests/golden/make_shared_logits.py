#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logits that transformers computes in float32 for the two tiny models in ../shared/data.

    python3 make_shared_logits.py SHARED_DATA_FOLDER     # needs torch and transformers; writes shared_logits.json
"""
import json
import pathlib
import sys

import torch
from transformers import AutoConfig, AutoModelForCausalLM

HERE = pathlib.Path(__file__).parent


def main():
    data = pathlib.Path(sys.argv[1])
    sources = {
        "model-tinystories-656k-llama-safetensors":
            dict(pretrained_model_name_or_path=str(data / "model-tinystories-656k-llama-safetensors")),
        "model-stories260k-gguf/stories260K.gguf":
            dict(pretrained_model_name_or_path=str(data / "model-stories260k-gguf"),
                 gguf_file="stories260K.gguf"),
    }
    golden = {}
    for name, arguments in sources.items():
        config = AutoConfig.from_pretrained(**arguments)
        config.pad_token_id = None  # the GGUF file's is 2^32 - 1
        model = AutoModelForCausalLM.from_pretrained(config=config, dtype=torch.float32, attn_implementation="eager",
                                                     **arguments).eval()
        tokens = [(37 * i * i + 11 * i + 1) % 500 for i in range(96)]
        with torch.no_grad():
            logits = model(torch.tensor([tokens])).logits[0]
        rows = [0, 40, 95]
        golden[name] = {"tokens": tokens, "rows": rows,
                        "logits": [[round(float(v), 5) for v in logits[r, :500]] for r in rows]}
    (HERE / "shared_logits.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
