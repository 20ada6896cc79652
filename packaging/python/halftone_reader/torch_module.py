# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed folders in torch. GGUF originals keep GGUF's tensor names; convert those to a Hugging Face folder with
`halftone-cli export` instead."""
import torch

from . import ggml, wrapped
from .folder import Folder


def state_dict(path, dtype=torch.float32):
    folder = Folder(path)
    return {name: torch.from_numpy(folder[name]).to(dtype) for name in folder.names()}


class PackedLinear(torch.nn.Module):
    """A linear layer whose weights stay in their bits and are decoded in each forward pass: small, not fast."""

    def __init__(self, stored, kind, bias=None, dtype=torch.float32):
        super().__init__()
        self.kind, self.dtype = kind, dtype
        self.register_buffer("stored", torch.from_numpy(stored.copy()))
        self.bias = bias

    def weight(self):
        data = self.stored.cpu().numpy()
        values = wrapped.unpack(data.tobytes()) if self.kind == "halftone" else ggml.dequantize(self.kind, data)
        return torch.from_numpy(values).to(self.stored.device, self.dtype)

    def forward(self, x):
        return torch.nn.functional.linear(x, self.weight().to(x.dtype), self.bias)


def load_into(model, path, packed=False):
    """Fills a transformers model; with packed=True its coded linear layers become PackedLinear. Returns it."""
    folder = Folder(path)
    modules, left = dict(model.named_modules()), {}
    for name in folder.names():
        owner, _, field = name.rpartition(".")
        layer = modules.get(owner)
        if packed and folder.kind(name) != "plain" and field == "weight" and isinstance(layer, torch.nn.Linear):
            parent, _, child = owner.rpartition(".")
            setattr(modules[parent], child, PackedLinear(folder.stored(name), folder.kind(name), layer.bias))
        else:
            left[name] = torch.from_numpy(folder[name])
    missing, unexpected = model.load_state_dict(left, strict=False)
    if unexpected:
        raise ggml.FormatError(f"the model has no tensors {unexpected[:3]}")
    model.tie_weights()
    return model
