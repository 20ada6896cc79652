# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists a packed folder, or writes its tensors as floats."""
import argparse

import numpy as np

from . import open as open_folder


def main():
    parser = argparse.ArgumentParser(prog="halftone_reader", description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--npz", help="write all tensors as float32 into this file")
    arguments = parser.parse_args()
    folder = open_folder(arguments.folder)
    weights = bits = 0
    for name in folder.names():
        shape = folder.shape(name)
        count = int(np.prod(shape, dtype=np.int64))
        print(f"{name:60} {'x'.join(map(str, shape)):>14} {folder.kind(name):>8} {folder.bits(name):8.3f}")
        weights += count
        bits += folder.bits(name) * count
    print(f"{weights} weights, {bits / max(1, weights):.3f} bits each")
    if arguments.npz:
        np.savez(arguments.npz, **{name: folder[name] for name in folder.names()})


if __name__ == "__main__":
    main()
