# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the byte-level BPE of the sample model (GPT-2's pre-tokenizer) on text of the story generator.

    python3 train_tokenizer.py --out ..
"""
import argparse
import json
import os

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from generate_stories import stories

VOCABULARY = 4096
END = "<|endoftext|>"
# the whole of ASCII's words matter little to stories; these lines keep digits, marks and accents in the merges
EXTRA = ["0 1 2 3 4 5 6 7 8 9 10 12 15 20 24 30 50 60 100 1000 1990 2000 2024", "café, naïve, über, señor, élan, ça va, Zürich, Ørsted",
         "for (int i = 0; i < n; ++i) { sum += values[i]; }", "Halftone turns weights into black and white dots: ratio 0.30, bits 2.7, error 1e-3."]


def train(seed, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=[END], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(["\n\n".join(stories(seed, size))] + EXTRA * 3, trainer)
    return tokenizer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--bytes", type=int, default=12_000_000)
    arguments = parser.parse_args()
    tokenizer = train(arguments.seed, arguments.bytes)
    if tokenizer.get_vocab_size() != VOCABULARY:
        raise SystemExit("the text gave only %d tokens" % tokenizer.get_vocab_size())
    tokenizer.save(os.path.join(arguments.out, "tokenizer.json"))
    with open(os.path.join(arguments.out, "tokenizer_config.json"), "w") as file:
        json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": False, "add_prefix_space": False, "clean_up_tokenization_spaces": False,
                   "bos_token": END, "eos_token": END, "unk_token": END, "model_max_length": 1024}, file, indent=2)
        file.write("\n")
    with open(os.path.join(arguments.out, "special_tokens_map.json"), "w") as file:
        json.dump({"bos_token": END, "eos_token": END, "unk_token": END}, file, indent=2)
        file.write("\n")
