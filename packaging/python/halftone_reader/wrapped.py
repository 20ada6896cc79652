# SPDX-License-Identifier: GPL-3.0-or-later
"""A packed matrix in another basis, or with its masks and codes as symbols of a range coder."""
import struct

import numpy as np

from . import packed
from .ggml import FormatError

STATE_BITS, LEAST_STATE = 14, 1 << 23


def _require(condition, what):
    if not condition:
        raise FormatError(what)


def _signs(seed, first, count, stage):
    """Where a column's sign is turned: the lowest bit of splitmix64(seed + 2 column + stage)."""
    x = np.uint64(seed) + np.uint64(2) * np.arange(first, first + count, dtype=np.uint64) + np.uint64(stage)
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((x ^ (x >> np.uint64(31))) & np.uint64(1)).astype(bool)


def _hadamard(x):
    """Rows of x times the orthonormal Hadamard matrix, in float64, smallest butterflies first."""
    rows, size = x.shape
    half = 1
    while half < size:
        pairs = x.reshape(rows, size // (2 * half), 2, half)
        x = np.stack([pairs[:, :, 0] + pairs[:, :, 1], pairs[:, :, 0] - pairs[:, :, 1]], 2).reshape(rows, size)
        half *= 2
    return x * (1.0 / np.sqrt(np.float64(size)))


def _turned_back(values, block, seed):
    x = values.astype(np.float64)
    columns = x.shape[1]
    with np.errstate(over="ignore"):
        for begin in range(0, columns, block or columns):
            run = x[:, begin : begin + (block or columns)]
            size = run.shape[1]
            part = 1 << (size.bit_length() - 1)
            if part < size:
                run[:, size - part :] = _hadamard(run[:, size - part :])
                run[:, _signs(seed, begin, size, 1)] *= -1
            run[:, :part] = _hadamard(run[:, :part])
            run[:, _signs(seed, begin, size, 0)] *= -1
    return x.astype(np.float32)


def _symbols(stream, contexts, tables):
    """Range asymmetric numeral systems: 14-bit frequencies, a state of 2^23 to 2^31, bytes. One weight after another, as
    each needs the state that the last one left."""
    _require(len(stream) >= 4, "a stream of symbols is too short")
    state, at, out, mask = int.from_bytes(stream[:4], "little"), 4, [], (1 << STATE_BITS) - 1
    try:
        for c in contexts:
            of_slot, count, begin = tables[c]
            slot = state & mask
            s = of_slot[slot]
            state = count[s] * (state >> STATE_BITS) + slot - begin[s]
            while state < LEAST_STATE:
                state = state << 8 | stream[at]
                at += 1
            out.append(s)
    except IndexError:
        raise FormatError("a stream of symbols is too short") from None
    _require(at == len(stream) and state == LEAST_STATE, "a stream of symbols is damaged")
    return out


class Header:
    def __init__(self, data):
        _require(len(data) >= 64, "a wrapped matrix is shorter than its header")
        (version, self.flags, self.row_bits, total, self.seed, self.block, self.column_bits, self.inner, self.symbols,
         self.tile_rows, self.stream_bytes) = struct.unpack_from("<4xHBBQQIB3xQIIQ8x", data)
        _require(version == 1, f"a wrapped matrix of version {version} is not known here")
        _require(total == len(data), "a wrapped matrix has another length than its header says")
        _require(self.flags < 4 and self.row_bits <= 2 and self.column_bits <= 2, "a header is damaged")
        _require(64 + self.inner <= len(data), "a wrapped matrix is shorter than what it holds")


def matrix_shape(data):
    """(rows, columns) of a packed matrix, wrapped or not."""
    if data[:4] == b"HTPW":
        outer = Header(data)
        header = packed.Header(data[64 : 64 + outer.inner], elsewhere=True)
    else:
        header = packed.Header(data)
    return header.rows, header.columns


def unpack(data):
    """bytes of a packed matrix, wrapped or not -> float32 [rows, columns]. Raises FormatError."""
    data = bytes(data)
    if data[:4] != b"HTPW":
        return packed.unpack(data)
    h = Header(data)
    sections = packed.Sections(data, 64)
    plain = sections.take(h.inner)
    values = _coded(h, plain, sections) if h.flags & 2 else packed.unpack(plain)
    _require(sections.at == len(data), "a wrapped matrix has bytes that belong to nothing")
    return _turned_back(values, h.block, h.seed) if h.flags & 1 else values


def _coded(h, plain, sections):
    inner = packed.Header(plain, elsewhere=True)
    rows, columns = inner.rows, inner.columns
    row_context = packed._codes(sections.take(-(-rows * h.row_bits // 8)), rows, h.row_bits)
    column_context = packed._codes(sections.take(-(-columns * h.column_bits // 8)), columns, h.column_bits)
    contexts = 1 << (h.row_bits + h.column_bits)
    frequencies = np.frombuffer(sections.take(2 * h.symbols * contexts), "<u2").reshape(contexts, h.symbols).astype(np.int64)
    _require(h.symbols == sum(head[0] for head in inner.heads), "a header counts other symbols than its classes")
    _require((frequencies.sum(axis=1) == 1 << STATE_BITS).all(), "frequencies of symbols do not add up")
    tables = [(np.repeat(np.arange(h.symbols), f).tolist(), f.tolist(), (np.cumsum(f) - f).tolist()) for f in frequencies]
    _require(h.tile_rows > 0, "a header is damaged")
    tiles = -(-rows // h.tile_rows)
    sizes = np.frombuffer(sections.take(4 * tiles), "<u4")
    streams = sections.take(h.stream_bytes)
    where, out = 0, []
    of_cell = (row_context[:, None] << h.column_bits) | column_context[None, :]
    for tile, size in enumerate(sizes.tolist()):
        cells = of_cell[tile * h.tile_rows : (tile + 1) * h.tile_rows].ravel().tolist()
        out += _symbols(streams[where : where + size], cells, tables)
        where += size
    return packed.unpack_symbols(plain, np.array(out, np.int64).reshape(rows, columns))
