# SPDX-License-Identifier: GPL-3.0-or-later
"""A packed matrix: header, grids, masks and codes, as resources/format/packed-format.md describes them."""
import struct

import numpy as np

from .ggml import FormatError


def _require(condition, what):
    if not condition:
        raise FormatError(what)


def _bits(data):
    return np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")


def _codes(data, count, width):
    """`count` numbers of `width` bits, lowest bit first."""
    if width == 0:
        return np.zeros(count, np.int64)
    bits = _bits(data)
    _require(len(bits) >= count * width, "a stream of codes is too short")
    return bits[: count * width].reshape(count, width).astype(np.int64) @ (1 << np.arange(width))


def _marks(data, marks, k):
    """Positions of the marks of a tile, counted among the weights that remain."""
    bits = _bits(data)
    ones = np.flatnonzero(bits)
    if k == 0:
        _require(len(ones) >= marks, "a mask is too short")
        return ones[:marks]
    weights = 1 << np.arange(k)
    where, at, position = np.empty(marks, np.int64), 0, -1
    for i in range(marks):
        next_one = np.searchsorted(ones, at)
        _require(next_one < len(ones), "a mask is too short")
        end = int(ones[next_one])
        low = bits[end + 1 : end + 1 + k]
        _require(len(low) == k, "a mask is too short")
        position += ((end - at) << k) + int(low @ weights) + 1
        where[i], at = position, end + 1 + k
    return where


class Header:
    """Everything but the bits: `rows`, `columns`, and where each section lies."""

    def __init__(self, data):
        _require(len(data) >= 40, "a packed matrix is shorter than its header")
        (magic, version, self.classes, self.membership, self.rows, self.columns, self.tile_rows, self.masks,
         total) = struct.unpack_from("<4sHBBQQIIQ", data)
        _require(magic == b"HTPM", "this is no packed matrix")
        _require(version == 1, f"a packed matrix of version {version} is not known here")
        _require(total == len(data), "a packed matrix has another length than its header says")
        _require(1 <= self.classes <= 4 and self.membership <= 2 and self.tile_rows > 0, "a header is damaged")
        _require(self.columns <= 1 << 24 and self.rows < 1 << 40, "a header is damaged")
        expected = (0, 1, self.classes - 1)[self.membership]
        _require(self.masks == expected, "a header has the wrong number of masks")
        at = 40 + 40 * self.classes
        _require(at + 16 * self.masks <= len(data), "a packed matrix is shorter than its headers")
        self.heads = [struct.unpack_from("<HBBBBHQQ16s", data, 40 + 40 * c) for c in range(self.classes)]
        self.mask_heads = [struct.unpack_from("<BB6xQ", data, at + 16 * i) for i in range(self.masks)]
        self.data_begin = at + 16 * self.masks


def unpack(data):
    """bytes -> float32 [rows, columns]. Raises FormatError."""
    data = bytes(data)
    h = Header(data)
    at = h.data_begin

    def section(size):
        nonlocal at
        _require(at + size <= len(data), "a section lies outside the packed matrix")
        part = data[at : at + size]
        at += -(-size // 8) * 8
        return part

    grids = []
    for count, width, encoding, parameter_bits, flags, zero, group, _, _ in h.heads:
        _require(encoding == 0 and flags < 4 and zero == 0, "a class is stored in a way that is not known here")
        _require(parameter_bits in (16, 32) and 1 <= count <= 256, "a class header is damaged")
        groups = -(-h.columns // group) if group else 1
        size, kind = h.rows * groups * parameter_bits // 8, f"<f{parameter_bits // 8}"
        scale = np.frombuffer(section(size), kind).reshape(h.rows, groups).astype(np.float64)
        offset = np.zeros_like(scale)
        if flags & 1:
            offset = np.frombuffer(section(size), kind).reshape(h.rows, groups).astype(np.float64)
        level = np.arange(count, dtype=np.float64)
        if flags & 2:
            level = np.frombuffer(section(4 * count), "<f4").astype(np.float64)
        of_column = np.arange(h.columns) // group if group else np.zeros(h.columns, np.int64)
        grids.append((scale, offset, level, of_column))
    tiles = -(-h.rows // h.tile_rows)
    index = [np.frombuffer(section(8 * tiles), "<u4").reshape(tiles, 2) for _ in h.mask_heads if h.membership == 2]
    mask_data = [section(size) for _, _, size in h.mask_heads]
    code_data = [section(head[7]) for head in h.heads]
    _require(at == len(data), "a packed matrix has bytes that belong to nothing")

    mask_at, code_at = [0] * h.masks, [0] * h.classes
    out = np.empty((h.rows, h.columns), np.float32)
    rest = 0
    if h.membership == 2:
        others = set(range(h.classes)) - {m[0] for m in h.mask_heads}
        _require(len(others) == 1, "the masks name a class twice")
        rest = others.pop()
    for tile in range(tiles):
        first, last = tile * h.tile_rows, min((tile + 1) * h.tile_rows, h.rows)
        cells = (last - first) * h.columns
        member = np.full(cells, rest, np.uint8)
        if h.membership == 1:
            member = np.tile(_codes(mask_data[0], h.columns, 2 if h.classes > 2 else 1), last - first)
        remaining = np.arange(cells)
        for i in range(h.masks if h.membership == 2 else 0):
            marks, size = (int(n) for n in index[i][tile])
            where = _marks(mask_data[i][mask_at[i] : mask_at[i] + size], marks, h.mask_heads[i][1])
            mask_at[i] += size
            _require(marks == 0 or where[-1] < len(remaining), "a mask marks weights behind the last")
            member[remaining[where]] = h.mask_heads[i][0]
            remaining = np.delete(remaining, where)
        for c, (scale, offset, level, of_column) in enumerate(grids):
            mine = np.flatnonzero(member == c)
            size = -(-len(mine) * h.heads[c][1] // 8)
            code = _codes(code_data[c][code_at[c] : code_at[c] + size], len(mine), h.heads[c][1])
            code_at[c] += size
            _require(len(code) == 0 or code.max() < len(level), "a code is not below the levels of its class")
            r, j = first + mine // h.columns, mine % h.columns
            g = of_column[j]
            out[r, j] = (offset[r, g] + scale[r, g] * level[code]).astype(np.float32)
    return out
