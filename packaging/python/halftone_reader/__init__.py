# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the packed folders of Halftone with numpy and safetensors (resources/format/packed-format.md)."""
from .folder import Folder, load, open
from .ggml import FormatError
from .wrapped import unpack

__all__ = ["Folder", "FormatError", "load", "open", "unpack"]
