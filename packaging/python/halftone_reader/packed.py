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


def _base_codes(data, count, levels):
    """`count` digits to base `levels`, as many in a byte as fit, the first the lowest."""
    step = max(k for k in range(1, 9) if levels**k <= 256)
    digits = np.frombuffer(data, np.uint8).astype(np.int64)[:, None] // levels ** np.arange(step) % levels
    _require(digits.size >= count, "a stream of codes is too short")
    return digits.reshape(-1)[:count]


def _code_bytes(members, head):
    """Bytes of the codes that a tile's members of a class take."""
    count, width, encoding = head[:3]
    if encoding == 2:
        return -(-members // max(k for k in range(1, 9) if count**k <= 256))
    return -(-members * width // 8)


class Header:
    """Everything but the bits: `rows`, `columns`, and where each section lies. Of a matrix whose symbols are `elsewhere`
    the length is not that of its header."""

    def __init__(self, data, elsewhere=False):
        _require(len(data) >= 40, "a packed matrix is shorter than its header")
        (magic, version, self.classes, self.membership, self.rows, self.columns, self.tile_rows, self.masks,
         total) = struct.unpack_from("<4sHBBQQIIQ", data)
        _require(magic == b"HTPM", "this is no packed matrix")
        _require(version in (1, 2), f"a packed matrix of version {version} is not known here")
        _require(elsewhere or total == len(data), "a packed matrix has another length than its header says")
        _require(1 <= self.classes <= 4 and self.membership <= 2 and self.tile_rows > 0, "a header is damaged")
        _require(self.columns <= 1 << 24 and self.rows < 1 << 40, "a header is damaged")
        expected = (0, 1, self.classes - 1)[self.membership]
        _require(self.masks == expected, "a header has the wrong number of masks")
        at = 40 + 40 * self.classes
        _require(at + 16 * self.masks <= len(data), "a packed matrix is shorter than its headers")
        self.heads = [struct.unpack_from("<HBBBBHQQ16s", data, 40 + 40 * c) for c in range(self.classes)]
        self.mask_heads = [struct.unpack_from("<BBB5xQ", data, at + 16 * i) for i in range(self.masks)]
        self.data_begin = at + 16 * self.masks
        for count, width, encoding, parameter_bits, flags, zero, group, _, _ in self.heads:
            _require(encoding < (3 if version == 2 else 1) and flags < (32 if version == 2 else 4) and zero == 0,
                     "a class is stored in a way that is not known here")
            _require(parameter_bits in (16, 32) and 1 <= count <= 256 and group < 1 << 32, "a class header is damaged")
            _require(encoding != 1 or (width in (16, 32) and flags == 0), "a class header is damaged")
            _require(not flags & 4 or (count == 4 and not flags & 2), "a class header is damaged")
            _require(encoding != 2 or count > 1, "a class header is damaged")
        _require(all(kind < version and k < 16 for _, k, kind, _ in self.mask_heads), "a mask is of a kind that is not known here")


class Sections:
    """What lies one behind the other, each filled up to a multiple of 8 bytes."""

    def __init__(self, data, at):
        self.data, self.at = data, at

    def take(self, size):
        _require(0 <= size and self.at + size <= len(self.data), "a section lies outside the packed matrix")
        part = self.data[self.at : self.at + size]
        self.at += -(-size // 8) * 8
        return part


class Grid:
    """What the codes of a class mean."""

    def __init__(self, h, head, sections):
        count, _, _, parameter_bits, self.flags, _, group, _, _ = head
        groups = -(-h.columns // group) if group else 1
        size, kind = h.rows * groups * parameter_bits // 8, f"<f{parameter_bits // 8}"

        def parameters():
            return np.frombuffer(sections.take(size), kind).reshape(h.rows, groups).astype(np.float64)

        self.scale = parameters()
        self.offset = parameters() if self.flags & 1 else np.zeros_like(self.scale)
        self.second = parameters() if self.flags & 4 else None
        self.share = np.ones(h.columns)
        if self.flags & 8:
            self.share = np.frombuffer(sections.take(h.columns * parameter_bits // 8), kind).astype(np.float64)
        self.group = np.arange(h.columns) // group if group else np.zeros(h.columns, np.int64)
        if self.flags & 16:
            self.group = np.frombuffer(sections.take(2 * h.columns), "<u2").astype(np.int64)
            _require(h.columns == 0 or self.group.max() < groups, "a column is in a group that is not there")
        self.level = np.arange(count, dtype=np.float64)
        if self.flags & 2:
            self.level = np.frombuffer(sections.take(4 * count), "<f4").astype(np.float64)

    def values(self, code, rows, columns):
        """float32, of codes at these places."""
        _require(len(code) == 0 or code.max() < len(self.level), "a code is not below the levels of its class")
        g = self.group[columns]
        scale, offset = self.scale[rows, g], self.offset[rows, g]
        if self.second is None:
            value = offset + scale * self.level[code]
        else:  # two binary planes, around zero where no offset is stored
            second = self.second[rows, g]
            start = offset if self.flags & 1 else -(scale + second) / 2
            value = (start + scale * (code & 1)) + second * (code >> 1)
        return (value * self.share[columns]).astype(np.float32)


def _class_of_rest(h):
    others = set(range(h.classes)) - {m[0] for m in h.mask_heads}
    _require(len(others) == 1, "the masks name a class twice")
    return others.pop()


def unpack(data):
    """bytes -> float32 [rows, columns]. Raises FormatError."""
    data = bytes(data)
    h = Header(data)
    sections = Sections(data, h.data_begin)
    grids = [None if head[2] == 1 else Grid(h, head, sections) for head in h.heads]
    tiles = -(-h.rows // h.tile_rows)
    by_elements = h.membership == 2
    index = [np.frombuffer(sections.take(8 * tiles), "<u4").reshape(tiles, 2) if by_elements and kind == 0 else None
             for _, _, kind, _ in h.mask_heads]
    mask_data = [sections.take(size) for *_, size in h.mask_heads]
    code_data = [sections.take(head[7]) for head in h.heads]
    _require(sections.at == len(data), "a packed matrix has bytes that belong to nothing")

    mask_at, code_at = [0] * h.masks, [0] * h.classes
    out = np.empty((h.rows, h.columns), np.float32)
    rest = _class_of_rest(h) if by_elements else 0
    for tile in range(tiles):
        first, last = tile * h.tile_rows, min((tile + 1) * h.tile_rows, h.rows)
        cells = (last - first) * h.columns
        member = np.full(cells, rest, np.uint8)
        if h.membership == 1:
            member = np.tile(_codes(mask_data[0], h.columns, 2 if h.classes > 2 else 1), last - first)
        remaining = np.arange(cells)
        for i in range(h.masks if by_elements else 0):
            if index[i] is None:  # whole columns
                marked = _codes(mask_data[i], h.columns, 1)[remaining % max(1, h.columns)] == 1
                member[remaining[marked]] = h.mask_heads[i][0]
                remaining = remaining[~marked]
                continue
            marks, size = (int(n) for n in index[i][tile])
            where = _marks(mask_data[i][mask_at[i] : mask_at[i] + size], marks, h.mask_heads[i][1])
            mask_at[i] += size
            _require(marks == 0 or where[-1] < len(remaining), "a mask marks weights behind the last")
            member[remaining[where]] = h.mask_heads[i][0]
            remaining = np.delete(remaining, where)
        for c, (grid, head) in enumerate(zip(grids, h.heads)):
            mine = np.flatnonzero(member == c)
            size = _code_bytes(len(mine), head)
            part = code_data[c][code_at[c] : code_at[c] + size]
            _require(len(part) == size, "a stream of codes is too short")
            code_at[c] += size
            rows, columns = first + mine // max(1, h.columns), mine % max(1, h.columns)
            if grid is None:  # the weights themselves
                out[rows, columns] = np.frombuffer(part, f"<f{head[1] // 8}")
                continue
            code = _base_codes(part, len(mine), head[0]) if head[2] == 2 else _codes(part, len(mine), head[1])
            out[rows, columns] = grid.values(code, rows, columns)
    return out


def unpack_symbols(data, symbols):
    """The same of a matrix without masks and codes, whose weights' symbols [rows, columns] come from elsewhere."""
    h = Header(data, elsewhere=True)
    _require(all(head[2] != 1 for head in h.heads), "weights as they are have no symbols")
    sections = Sections(data, h.data_begin)
    grids = [Grid(h, head, sections) for head in h.heads]
    out, first = np.empty((h.rows, h.columns), np.float32), 0
    for grid, head in zip(grids, h.heads):
        rows, columns = np.nonzero((symbols >= first) & (symbols < first + head[0]))
        out[rows, columns] = grid.values(symbols[rows, columns] - first, rows, columns)
        first += head[0]
    return out
