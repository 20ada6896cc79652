# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent reader of packed matrices, written from resources/format/packed-format.md alone.

    python read_packed.py FILE.safetensors              lists the packed matrices
    python read_packed.py --check packed_matrices.safetensors
compares each NAME.halftone with the plain tensor NAME beside it, bit for bit. That file and
wrapped_matrices.safetensors are made by tst_packed_matrix and tst_wrapped_matrix when HALFTONE_WRITE_GOLDEN
names a path, and are checked in both directions.
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


def sign_bits(seed, first, count, stage):
    """1 where a column's sign is turned: the lowest bit of splitmix64(seed + 2 column + stage)."""
    x = np.uint64(seed) + np.uint64(2) * np.arange(first, first + count, dtype=np.uint64) + np.uint64(stage)
    with np.errstate(over="ignore"):
        x = x + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    return (x & np.uint64(1)).astype(bool)


def hadamard(x):
    """Rows of x times the orthonormal Hadamard matrix, in float64, smallest butterflies first."""
    rows, size = x.shape
    half = 1
    while half < size:
        pairs = x.reshape(rows, size // (2 * half), 2, half)
        x = np.stack([pairs[:, :, 0] + pairs[:, :, 1], pairs[:, :, 0] - pairs[:, :, 1]], 2).reshape(rows, size)
        half *= 2
    return x * (1.0 / np.sqrt(np.float64(size)))


def unrotated(values, block, seed):
    x = values.astype(np.float64)
    columns = x.shape[1]
    for begin in range(0, columns, block or columns):
        run = x[:, begin : begin + (block or columns)]
        size = run.shape[1]
        p = 1 << (size.bit_length() - 1)
        if p < size:
            run[:, size - p :] = hadamard(run[:, size - p :])
            run[:, sign_bits(seed, begin, size, 1)] *= -1
        run[:, :p] = hadamard(run[:, :p])
        run[:, sign_bits(seed, begin, size, 0)] *= -1
    return x.astype(np.float32)


def read_symbols(stream, contexts, tables):
    """Range asymmetric numeral systems: 14-bit frequencies, a state of 2^23 to 2^31, bytes."""
    slots = [np.repeat(np.arange(len(t)), t).tolist() for t in tables]
    begins = [(np.cumsum(t) - t).tolist() for t in tables]
    counts = [t.tolist() for t in tables]
    state, at, out = int.from_bytes(stream[:4], "little"), 4, []
    for c in contexts:
        slot = state & 16383
        s = slots[c][slot]
        state = counts[c][s] * (state >> 14) + slot - begins[c][s]
        while state < 1 << 23:
            state = state << 8 | stream[at]
            at += 1
        out.append(s)
    assert at == len(stream) and state == 1 << 23
    return out


def unwrap(data):
    version, flags, row_bits, total, seed, block, column_bits, inner, symbols, tile_rows, stream_bytes = (
        struct.unpack_from("<4xHBBQQIB3xQIIQ8x", data)
    )
    assert version == 1 and total == len(data)
    at = 64

    def section(size):
        nonlocal at
        part = data[at : at + size]
        at += -(-size // 8) * 8
        return part

    plain = section(inner)
    if flags & 2:
        rows, columns = struct.unpack_from("<QQ", plain, 8)
        row_context = codes_of(section(-(-rows * row_bits // 8)), rows, row_bits)
        column_context = codes_of(section(-(-columns * column_bits // 8)), columns, column_bits)
        contexts = 1 << (row_bits + column_bits)
        tables = np.frombuffer(section(2 * symbols * contexts), "<u2").reshape(contexts, symbols).astype(np.int64)
        tiles = -(-rows // tile_rows)
        sizes = np.frombuffer(section(4 * tiles), "<u4")
        streams = section(stream_bytes)
        where, of_cell, out = 0, (row_context[:, None] << column_bits) | column_context[None, :], []
        for tile in range(tiles):
            cells = of_cell[tile * tile_rows : (tile + 1) * tile_rows].ravel().tolist()
            out += read_symbols(streams[where : where + sizes[tile]], cells, tables)
            where += int(sizes[tile])
        values = unpack(plain, np.array(out).reshape(rows, columns))
    else:
        values = unpack(plain)
    assert at == total
    return unrotated(values, block, seed) if flags & 1 else values


def unpack(data, symbols=None):
    """Values of a packed matrix; with symbols [rows x columns] its masks and codes are not there."""
    if data[:4] == b"HTPW":
        return unwrap(data)
    magic, version, classes, membership, rows, columns, tile_rows, masks, total = struct.unpack_from(
        "<4sHBBQQIIQ", data
    )
    assert magic == b"HTPM" and version in (1, 2) and (symbols is not None or total == len(data))
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
    if symbols is not None:
        out, first = np.empty((rows, columns), np.float32), 0
        for (scale, offset, level, of_column, _, share), head in zip(grids, heads):
            r, j = np.nonzero((symbols >= first) & (symbols < first + head[0]))
            g = of_column[j]
            out[r, j] = ((offset[r, g] + scale[r, g] * level[symbols[r, j] - first]) * share[j]).astype(np.float32)
            first += head[0]
        return out
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
