# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes encode_blocks.bin: 512 floats, and for each type the bytes that ggml makes of them.

    make_encode_blocks.py libggml-base.so        (of llama-cpp-python 0.3.36)

One record: name length (u32), name, bytes (u32), the bytes; little endian. The first record, "input",
holds the floats: a normal draw, a run of zeros, one outlier, a row of one sign. The last, "inputs Q8_K", is what ggml
rounds the inputs of products to beside weights of K types."""
import ctypes
import struct
import sys

import numpy as np

# name: number in ggml_type, elements and bytes of a block
TYPES = {"Q8_0": (8, 32, 34), "Q4_0": (2, 32, 18), "Q4_1": (3, 32, 20), "TQ1_0": (34, 256, 54),
         "TQ2_0": (35, 256, 66), "Q1_0": (41, 128, 18), "Q2_0": (42, 64, 18), "Q4_K": (12, 256, 144),
         "Q6_K": (14, 256, 210)}


def main():
    ggml = ctypes.CDLL(sys.argv[1])
    ggml.ggml_quantize_chunk.restype = ctypes.c_size_t
    rng = np.random.default_rng(7)
    x = (rng.standard_normal(512) * 0.04).astype(np.float32)
    x[32:64] = 0
    x[100] = 0.7
    x[256:384] = np.abs(x[256:384])
    with open("encode_blocks.bin", "wb") as out:
        def record(name, data):
            out.write(struct.pack("<I", len(name)) + name.encode() + struct.pack("<I", len(data)) + data)
        record("input", x.tobytes())
        for name, (number, elements, size) in TYPES.items():
            buffer = np.zeros(512 // elements * size, dtype=np.uint8)
            ggml.ggml_quantize_init(number)
            done = ggml.ggml_quantize_chunk(number, x.ctypes.data_as(ctypes.c_void_p),
                                            buffer.ctypes.data_as(ctypes.c_void_p), ctypes.c_int64(0),
                                            ctypes.c_int64(1), ctypes.c_int64(512), None)
            assert done == buffer.size, (name, done)
            record(name, buffer.tobytes())
        inputs = np.zeros(512 // 256 * (4 + 256 + 32), dtype=np.uint8)
        ggml.quantize_row_q8_K_ref(x.ctypes.data_as(ctypes.c_void_p), inputs.ctypes.data_as(ctypes.c_void_p), ctypes.c_int64(512))
        record("inputs Q8_K", inputs.tobytes())


if __name__ == "__main__":
    main()
