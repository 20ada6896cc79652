# SPDX-License-Identifier: GPL-3.0-or-later
"""Block types of ggml that a packed folder may hold, decoded: rows of bytes -> rows of float32."""
import numpy as np


class FormatError(ValueError):
    """A file that is damaged, or of a kind that this version does not know."""


def _half(blocks, at):
    return np.ascontiguousarray(blocks[:, at : at + 2]).view("<f2").astype(np.float32)


def _nibbles(q):
    return np.concatenate([q & 15, q >> 4], 1).astype(np.float32)


def _fifth(b, at):
    bits = np.unpackbits(np.ascontiguousarray(b[:, at : at + 4]), axis=1, bitorder="little")
    return bits.astype(np.float32) * 16


def _pairs(q):
    """[n, bytes] -> [n, bytes, 4]: numbers of two bits, lowest first."""
    return (q[:, :, None] >> np.array([0, 2, 4, 6], np.uint8)) & 3


def _q2_k(b):
    scale, least = (b[:, :16] & 15).astype(np.float32), (b[:, :16] >> 4).astype(np.float32)
    q = _pairs(b[:, 16:80]).reshape(-1, 2, 32, 4).transpose(0, 1, 3, 2).reshape(-1, 16, 16)
    d, d_least = _half(b, 80), _half(b, 82)
    return ((d * scale)[:, :, None] * q - (d_least * least)[:, :, None]).reshape(-1, 256)


def _q4_k(b):
    p = b[:, 4:16]
    scale = np.concatenate([p[:, :4] & 63, (p[:, 8:] & 15) | ((p[:, :4] >> 6) << 4)], 1).astype(np.float32)
    least = np.concatenate([p[:, 4:8] & 63, (p[:, 8:] >> 4) | ((p[:, 4:8] >> 6) << 4)], 1).astype(np.float32)
    q = b[:, 16:].reshape(-1, 4, 1, 32)
    q = np.concatenate([q & 15, q >> 4], 2).reshape(-1, 8, 32)
    return ((_half(b, 0) * scale)[:, :, None] * q - (_half(b, 2) * least)[:, :, None]).reshape(-1, 256)


def _q6_k(b):
    low = b[:, :128].reshape(-1, 2, 1, 64)
    low = np.concatenate([low & 15, low >> 4], 2).reshape(-1, 2, 4, 32)
    high = b[:, 128:192].reshape(-1, 2, 1, 32) >> np.array([0, 2, 4, 6], np.uint8).reshape(1, 1, 4, 1) & 3
    q = (low | high << 4).astype(np.float32).reshape(-1, 16, 16) - 32
    scale = np.ascontiguousarray(b[:, 192:208]).view(np.int8).astype(np.float32)
    return ((_half(b, 208) * scale)[:, :, None] * q).reshape(-1, 256)


def _tq1_0(b):
    def trits(part, powers):
        shifted = (part[:, None, :].astype(np.uint16) * np.array(powers, np.uint16)[:, None]).astype(np.uint8)
        return ((shifted.astype(np.uint16) * 3 >> 8).astype(np.float32) - 1).reshape(len(b), -1)

    q = [trits(b[:, :32], [1, 3, 9, 27, 81]), trits(b[:, 32:48], [1, 3, 9, 27, 81]), trits(b[:, 48:52], [1, 3, 9, 27])]
    return _half(b, 52) * np.concatenate(q, 1)


def _tq2_0(b):
    return _half(b, 64) * (_pairs(b[:, :64]).reshape(-1, 2, 32, 4).transpose(0, 1, 3, 2).reshape(-1, 256).astype(np.float32) - 1)


# elements and bytes of a block, and how blocks [n, bytes] are decoded
_TYPES = {
    "Q4_0": (32, 18, lambda b: _half(b, 0) * (_nibbles(b[:, 2:]) - 8)),
    "Q4_1": (32, 20, lambda b: _half(b, 0) * _nibbles(b[:, 4:]) + _half(b, 2)),
    "Q5_0": (32, 22, lambda b: _half(b, 0) * (_nibbles(b[:, 6:]) + _fifth(b, 2) - 16)),
    "Q5_1": (32, 24, lambda b: _half(b, 0) * (_nibbles(b[:, 8:]) + _fifth(b, 4)) + _half(b, 2)),
    "Q8_0": (32, 34, lambda b: _half(b, 0) * np.ascontiguousarray(b[:, 2:]).view(np.int8).astype(np.float32)),
    "Q2_K": (256, 84, _q2_k),
    "Q4_K": (256, 144, _q4_k),
    "Q6_K": (256, 210, _q6_k),
    "TQ1_0": (256, 54, _tq1_0),
    "TQ2_0": (256, 66, _tq2_0),
    "Q1_0": (128, 18, lambda b: _half(b, 0) * (np.unpackbits(np.ascontiguousarray(b[:, 2:]), axis=1, bitorder="little") * 2.0 - 1).astype(np.float32)),
    "Q2_0": (64, 18, lambda b: _half(b, 0) * (_pairs(b[:, 2:]).reshape(-1, 64).astype(np.float32) - 1)),
}


def dequantize(kind, rows):
    """uint8 [rows, bytes of a row] -> float32 [rows, columns]."""
    if kind not in _TYPES:
        raise FormatError(f"ggml's type {kind} is not known here")
    elements, size, decode = _TYPES[kind]
    if rows.ndim != 2 or rows.shape[1] % size:
        raise FormatError(f"rows of {rows.shape[-1]} bytes are no blocks of {kind}")
    return decode(np.ascontiguousarray(rows).reshape(-1, size)).astype(np.float32).reshape(rows.shape[0], -1)


def columns(kind, row_bytes):
    elements, size, _ = _TYPES.get(kind, (0, 1, None))
    return row_bytes // size * elements
