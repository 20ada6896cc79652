# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes sample_tokens.json: texts and their ids by Hugging Face tokenizers with the sample model's tokenizer.json.

    python3 make_sample_tokens.py > sample_tokens.json          (tokenizers)
"""
import json
import os
import sys

import tokenizers

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "resources", "sample")
TEXTS = ["", " ", "  ", "\n", "\n\n", "\n\n\nA", " \n \n x", "a", "Hello", " Hello", "hello world", "Hello, world!", "  two  blanks  ", "tabs\tand\t\ttabs",
         "trailing blank ", "trailing line\n", "carriage\r\nreturn", "I'll, you're, he's, we've, can't, I'd, I'm", "I'LL YOU'RE", "'s's 't'", "\u2019s typographic \u201cquotes\u201d \u2014 dash",
         "12345 67,890.12 3rd x2 2x", "1 2 3 10 100 1000", "CamelCase snake_case kebab-case", "for (int i = 0; i < n; ++i) { sum += v[i]; }", "https://example.org/a?b=c&d=%20#e",
         "caf\u00e9 na\u00efve Z\u00fcrich \u00d8rsted", "e\u0301 combining", "\u0413\u0440\u043e\u043c\u043a\u043e \u0438 \u0442\u0438\u0445\u043e", "\u4f60\u597d\uff0c\u4e16\u754c", "\u3053\u3093\u306b\u3061\u306f", "\u0645\u0631\u062d\u0628\u0627", "\U0001f600\U0001f680 emoji \U0001f469\u200d\U0001f680",
         "\u00a0no-break\u00a0space\u3000ideographic", "\u2028line separator", "\u00b2\u00bd\u2167 numbers", "$100 = \u20ac90 + \u00a310", "!!! ... ??? --- ***", "<|endoftext|>", "x<|endoftext|>y", "\x00\x01\x7f control",
         "Once there was a curious girl called Mia. One morning, Mia had nine apples.", "\"What is seven and eight?\" asked the teacher. \"Fifteen,\" said Tom at once.\nThen the bell rang."]
# `<|endoftext|>` in a text is text: special tokens are not parsed
tokenizer = tokenizers.Tokenizer.from_file(os.path.join(SAMPLE, "tokenizer.json"))
tokenizer.encode_special_tokens = True
cases = []
for text in TEXTS:
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    if tokenizer.decode(ids, skip_special_tokens=False) != text:
        raise SystemExit("does not decode: %r" % text)
    cases.append({"text": text, "ids": ids})
json.dump({"made_with": "tokenizers " + tokenizers.__version__, "cases": cases}, sys.stdout, indent=None, separators=(",", ":"))
sys.stdout.write("\n")
