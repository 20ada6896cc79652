# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent reader of packed matrices, written from resources/format/packed-format.md alone.

    python read_packed.py FILE.safetensors              lists the packed matrices
    python read_packed.py --check packed_matrices.safetensors
compares each NAME.halftone with the plain tensor NAME beside it, bit for bit. That file is made by
tst_packed_matrix when HALFTONE_WRITE_GOLDEN names a path, and is checked in both directions.
"""
import struct
import sys

import numpy as np
from safetensors.numpy import load_file


def bits_of(data):
    return np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")


def codes_of(data, count, width):
    if width == 0:
        return np.zeros(count, np.int64)
    bits = bits_of(data)[: count * width].reshape(count, width).astype(np.int64)
    return bits @ (1 << np.arange(width))


def base_codes_of(data, count, levels):
    step = max(k for k in range(1, 9) if levels**k <= 256)
    digits = np.frombuffer(data, np.uint8).astype(np.int64)[:, None] // levels ** np.arange(step) % levels
    return digits.reshape(-1)[:count]


def read_gaps(data, marks, k):
    bits, at, gaps = bits_of(data), 0, []
    for _ in range(marks):
        zeros = int(np.argmax(bits[at:]))
        low = bits[at + zeros + 1 : at + zeros + 1 + k]
        gaps.append((zeros << k) + int(sum(int(b) << i for i, b in enumerate(low))))
        at += zeros + 1 + k
    return gaps


def unpack(data):
    magic, version, classes, membership, rows, columns, tile_rows, masks, total = struct.unpack_from(
        "<4sHBBQQIIQ", data
    )
    assert magic == b"HTPM" and version in (1, 2) and total == len(data)
    heads = [struct.unpack_from("<HBBBBHQQ16s", data, 40 + 40 * c) for c in range(classes)]
    mask_heads = [struct.unpack_from("<BBB5xQ", data, 40 + 40 * classes + 16 * i) for i in range(masks)]
    at = 40 + 40 * classes + 16 * masks

    def section(size):
        nonlocal at
        part = data[at : at + size]
        at += -(-size // 8) * 8
        return part

    grids = []
    for count, width, encoding, parameter_bits, flags, _, group, _, _ in heads:
        if encoding == 1:
            grids.append(None)
            continue
        groups = -(-columns // group) if group else 1
        size, kind = rows * groups * parameter_bits // 8, f"<f{parameter_bits // 8}"
        scale = np.frombuffer(section(size), kind).reshape(rows, groups).astype(np.float64)
        offset = np.zeros_like(scale)
        if flags & 1:
            offset = np.frombuffer(section(size), kind).reshape(rows, groups).astype(np.float64)
        second = None
        if flags & 4:
            second = np.frombuffer(section(size), kind).reshape(rows, groups).astype(np.float64)
        share = np.ones(columns)
        if flags & 8:
            share = np.frombuffer(section(columns * parameter_bits // 8), kind).astype(np.float64)
        of_column = np.arange(columns) // group if group else np.zeros(columns, np.int64)
        if flags & 16:
            of_column = np.frombuffer(section(2 * columns), "<u2").astype(np.int64)
        level = np.arange(count, dtype=np.float64)
        if flags & 2:
            level = np.frombuffer(section(4 * count), "<f4").astype(np.float64)
        grids.append((scale, offset, level, of_column, second, share))
    tiles = -(-rows // tile_rows)
    index = [
        np.frombuffer(section(8 * tiles), "<u4").reshape(tiles, 2) if kind == 0 else None
        for _, _, kind, _ in mask_heads
        if membership == 2
    ]
    mask_data = [section(size) for *_, size in mask_heads]
    code_data = [section(head[7]) for head in heads]
    assert at == total
    mask_at, code_at = [0] * masks, [0] * classes
    out = np.empty((rows, columns), np.float32)
    for tile in range(tiles):
        first, last = tile * tile_rows, min((tile + 1) * tile_rows, rows)
        cells = (last - first) * columns
        rest = ({*range(classes)} - {m[0] for m in mask_heads}).pop() if membership == 2 else 0
        member = np.full(cells, rest)
        if membership == 1:
            member = np.tile(codes_of(mask_data[0], columns, 2 if classes > 2 else 1), last - first)
        remaining = np.arange(cells)
        for i in range(masks if membership == 2 else 0):
            if mask_heads[i][2] == 1:
                marked = codes_of(mask_data[i], columns, 1)[remaining % columns] == 1
                member[remaining[marked]] = mask_heads[i][0]
                remaining = remaining[~marked]
                continue
            marks, size = int(index[i][tile][0]), int(index[i][tile][1])
            gaps = read_gaps(mask_data[i][mask_at[i] : mask_at[i] + size], marks, mask_heads[i][1])
            mask_at[i] += size
            where = np.cumsum(np.array(gaps, np.int64) + 1) - 1
            member[remaining[where]] = mask_heads[i][0]
            remaining = np.delete(remaining, where)
        row, column = first + np.arange(cells) // columns, np.arange(cells) % columns
        for c, grid in enumerate(grids):
            mine = np.flatnonzero(member == c)
            count, width, encoding = heads[c][:3]
            r, j = row[mine], column[mine]
            if encoding == 2:
                size = -(-len(mine) // max(k for k in range(1, 9) if count**k <= 256))
            else:
                size = -(-len(mine) * width // 8)
            part = code_data[c][code_at[c] : code_at[c] + size]
            code_at[c] += size
            if encoding == 1:
                out[r, j] = np.frombuffer(part, f"<f{width // 8}")
                continue
            code = (base_codes_of if encoding else codes_of)(part, len(mine), count if encoding else width)
            scale, offset, level, of_column, second, share = grid
            g = of_column[j]
            if second is None:
                value = offset[r, g] + scale[r, g] * level[code]
            else:
                start = offset[r, g] if heads[c][4] & 1 else -(scale[r, g] + second[r, g]) / 2
                value = (start + scale[r, g] * (code & 1)) + second[r, g] * (code >> 1)
            out[r, j] = (value * share[j]).astype(np.float32)
    return out


if __name__ == "__main__":
    tensors = load_file(sys.argv[-1])
    wrong = 0
    for name, data in tensors.items():
        if not name.endswith(".halftone"):
            continue
        values = unpack(data.tobytes())
        print(name[:-9], values.shape, 8 * data.size / values.size, "bits")
        if "--check" in sys.argv:
            same = np.array_equal(values.view(np.uint32), tensors[name[:-9]].view(np.uint32))
            wrong += not same
            print("  equal" if same else "  DIFFERENT")
    sys.exit(wrong != 0)
