#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a model of random BF16 weights in the shape of a 7B one (hidden 4096, feed-forward 11008,
32 heads), with as many blocks as asked for: to measure memory and time, not text.

    make_model_like_7b.py OUT TOKENIZER_FOLDER [--blocks 2]

TOKENIZER_FOLDER is any folder with a tokenizer.json of at most 32000 tokens (resources/sample)."""
import argparse
import array
import json
import pathlib
import random
import shutil
import struct

HIDDEN, FEED_FORWARD, VOCABULARY, POOL = 4096, 11008, 32000, 1 << 20


def normal_pool(deviation, generator):
    """BF16 bits of a million normal numbers."""
    floats = array.array("f", (generator.gauss(0, deviation) for _ in range(POOL)))
    bits = struct.unpack(f"<{POOL}I", floats.tobytes())
    return array.array("H", ((b + 0x8000) >> 16 for b in bits)).tobytes()


def tensors(blocks):
    yield "model.embed_tokens.weight", [VOCABULARY, HIDDEN]
    for b in range(blocks):
        prefix = f"model.layers.{b}."
        for name in "qkvo":
            yield f"{prefix}self_attn.{name}_proj.weight", [HIDDEN, HIDDEN]
        yield prefix + "mlp.gate_proj.weight", [FEED_FORWARD, HIDDEN]
        yield prefix + "mlp.up_proj.weight", [FEED_FORWARD, HIDDEN]
        yield prefix + "mlp.down_proj.weight", [HIDDEN, FEED_FORWARD]
        yield prefix + "input_layernorm.weight", [HIDDEN]
        yield prefix + "post_attention_layernorm.weight", [HIDDEN]
    yield "model.norm.weight", [HIDDEN]
    yield "lm_head.weight", [VOCABULARY, HIDDEN]


def write_weights(path, blocks, generator):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in tensors(blocks):
        size = 2 * shape[0] * (shape[1] if len(shape) == 2 else 1)
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pool = normal_pool(0.02, generator)
    piece = 1 << 16
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, shape in tensors(blocks):
            if len(shape) == 1:
                out.write(struct.pack("<H", 0x3F80) * shape[0])
                continue
            left = 2 * shape[0] * shape[1]
            while left > 0:  # pieces from anywhere in the pool: no two rows alike
                begin = 2 * generator.randrange((len(pool) - piece) // 2)
                count = min(piece, left)
                out.write(pool[begin:begin + count])
                left -= count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("tokenizer", type=pathlib.Path)
    parser.add_argument("--blocks", type=int, default=2)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_weights(arguments.out / "model.safetensors", arguments.blocks, random.Random(7))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(arguments.tokenizer / name, arguments.out / name)
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": HIDDEN,
              "intermediate_size": FEED_FORWARD, "num_hidden_layers": arguments.blocks,
              "num_attention_heads": 32, "num_key_value_heads": 32, "vocab_size": VOCABULARY,
              "max_position_embeddings": 4096, "rope_theta": 10000.0, "rms_norm_eps": 1e-5,
              "hidden_act": "silu", "tie_word_embeddings": False, "torch_dtype": "bfloat16",
              "bos_token_id": 0, "eos_token_id": 0}
    (arguments.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
