# SPDX-License-Identifier: GPL-3.0-or-later
"""A packed folder as a mapping from the original names of its tensors to arrays."""
import json
import os
import struct

import numpy as np
from safetensors import safe_open

from . import ggml, wrapped

VERSION = 1
open_file = open


class Folder:
    """Opens headers only; `folder[name]` decodes."""

    def __init__(self, path):
        self.path = path
        with open_file(os.path.join(path, "config.json")) as file:
            self.config = json.load(file)
        how = self.config.get("quantization_config") or {}
        if how.get("quant_method") != "halftone" or how.get("version") != VERSION:
            raise ggml.FormatError(f"'{path}' is no packed folder of version {VERSION}")
        with open_file(os.path.join(path, "model.safetensors.index.json")) as file:
            index = json.load(file)["weight_map"]
        self._stored = {}
        for stored, shard in index.items():
            if os.path.basename(shard) != shard or shard in ("", ".."):
                raise ggml.FormatError(f"the index names '{shard}', which is no file of the folder")
            name, kind = stored, "plain"
            if stored.endswith(".halftone"):
                name, kind = stored[: -len(".halftone")], "halftone"
            elif ".ggml." in stored:
                name, kind = stored.rsplit(".ggml.", 1)
            self._stored[name] = (stored, kind, os.path.join(path, shard))

    def names(self):
        return list(self._stored)

    def kind(self, name):
        """"plain", "halftone", or the name of ggml's type."""
        return self._stored[name][1]

    def stored(self, name):
        """The tensor as it lies in the file; BF16, which numpy has not, as uint16."""
        stored, _, shard = self._stored[name]
        with safe_open(shard, framework="np") as file:
            part = file.get_slice(stored)
            if part.get_dtype() != "BF16":
                return file.get_tensor(stored)
            shape = part.get_shape()
        with open_file(shard, "rb") as file:
            size = struct.unpack("<Q", file.read(8))[0]
            begin, end = json.loads(file.read(size))[stored]["data_offsets"]
            file.seek(8 + size + begin)
            return np.frombuffer(file.read(end - begin), "<u2").reshape(shape)

    def shape(self, name):
        stored, kind, shard = self._stored[name]
        with safe_open(shard, framework="np") as file:
            part = file.get_slice(stored)
            shape = part.get_shape()
            if kind == "plain":
                return tuple(shape)
            if kind == "halftone":
                return wrapped.matrix_shape(file.get_tensor(stored).tobytes())
            return (shape[0], ggml.columns(kind, shape[1]))

    def bits(self, name):
        """Bits per weight as stored."""
        count = int(np.prod(self.shape(name), dtype=np.int64))
        return 8 * self.stored(name).nbytes / max(1, count)

    def __getitem__(self, name):
        _, kind, _ = self._stored[name]
        data = self.stored(name)
        if kind == "halftone":
            return wrapped.unpack(data.tobytes())
        if kind != "plain":
            return ggml.dequantize(kind, data)
        if data.dtype == np.uint16:  # BF16: the upper half of a float32
            return (data.astype(np.uint32) << 16).view(np.float32)
        return data.astype(np.float32)


def open(path):  # noqa: A001: as in gzip.open
    return Folder(path)


def load(path):
    """Every tensor as float32: {name: array}."""
    folder = Folder(path)
    return {name: folder[name] for name in folder.names()}
