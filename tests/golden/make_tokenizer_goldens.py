# SPDX-License-Identifier: GPL-3.0-or-later
"""Token ids that tst_tokenizer compares with, from the libraries that define them.

usage: make_tokenizer_goldens.py SHARED_DATA SMOLLM2.gguf   (writes beside itself)
needs: tokenizers, llama-cpp-python, gguf, numpy

tokenizer_ids.json    texts and their ids by every tokenizer; whole files as count and FNV-1a hash
tokenizer_<name>.json small vocabularies trained here on TEXTS with the expressions of Llama-3 and
                      Qwen2, a unigram one and a Metaspace one
"""
import json
import os
import random
import sys
import tempfile

import gguf
import numpy as np
from llama_cpp import Llama
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = os.path.dirname(os.path.abspath(__file__))

TEXTS = [
    "Hello world", " Hello  world ", "   three leading spaces", "trailing   ", "", " ", "  ", "\n", "\n\n\n",
    " \n \n\n  x", "\t\ttabs\tand\r\nreturns\r\r\n", "I'm, you're; WE'LL they'd IT'S 'tis don\u2019t can'T",
    "it'\u017f \u017fun 'S'T'RE", "1 12 123 1234 12345678 3.14159 -7e-12 \u00bd \u00b2 \u2167 \u0663\u0664\u0665",
    "na\u00efve caf\u00e9 cafe\u0301 \u00c5ngstr\u00f6m \u1ec6 E\u0302\u0323 \ufb01ne \uff21\uff22\uff23",
    "\u4f60\u597d\uff0c\u4e16\u754c\u3002\u6211\u57282024\u5e74\u5b66\u4e60\u3000\u4e2d\u6587",
    "\u3053\u3093\u306b\u3061\u306f \u4e16\u754c \u30ab\u30bf\u30ab\u30ca \ud55c\uad6d\uc5b4 \u1112\u1161\u11ab",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439\u0442\u0435",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 \u05e9\u05dc\u05d5\u05dd \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22",
    "\U0001f680 (normal) \U0001f636\u200d\U0001f32b\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2705",
    "a\u00a0b\u2003c\u2028d\u2029e\u0085f\u180eg\u200bh\ufeffi\u202fj\u3000k", "\u00a0\u00a0 \u2003 x",
    "def f(x):\n    return x**2  # square\n\n\nclass A:\n\tpass\n", "if(a!=b){c+=1;}//--->>>***",
    "https://example.org/a_b?c=d&e=%20#frag user@mail.com", "\x00\x01\x1f\x7f", "x\u0000y", "!!!???...,,,;;;",
    "'''quotes\"\"\" `code` \u00abguillemets\u00bb \u201ccurly\u201d \u2014 dash\u2026", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "\u2581already \u2581\u2581visible", "<0x0A> <0xff> <s>hi</s> <unk> <|endoftext|><|im_start|>user", "\u0120t \u0120the \u010a",
    "Once upon a time, there was a little girl named Lily. She liked to play.",
    "One day, Tom and his dog went to the big park. \"Look!\" said Tom.\n\nThe end.",
    "\u01c5 \u0130stanbul I\u0307 \u1e9e STRASSE \u03a3\u0391\u03a3", "\U0001d538\U0001d7d8 \u2460 \u3007 \u0bf0 \U00020000\U0002ffff",
    "x" * 70 + " " + "ab" * 60, " " * 100 + "\n" * 50 + "z", "\ue000\U0010fffd\ufffd\ufffe",
]


def random_texts(count):
    rng = random.Random(7)
    pieces = [" ", "  ", "\n", "\r", "\t", "'s", "'LL", "'", "a", "B", "the", "1", "22", "\u00e9", "e\u0301", "\u4e16", "\u0661",
              "\u00a0", "\u2003", "\u3000", "\u0085", "\u180e", "\u200d", "!", "?!", "-", "_", "\U0001f600", "\u2581", "\u0939\u093f", "\u017f"]
    return ["".join(rng.choice(pieces) for _ in range(rng.randint(1, 30))) for _ in range(count)]


def fnv(ids):
    state = 14695981039346656037
    for byte in np.asarray(ids, dtype="<i4").tobytes():
        state = ((state ^ byte) * 1099511628211) & (2**64 - 1)
    return "%016x" % state


WORDS = {
    "llama3": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "qwen2": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}


def trained(name):
    if name in WORDS:
        tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama3"))
        if name == "qwen2":
            tokenizer.normalizer = normalizers.NFC()
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(WORDS[name]), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
        tokenizer.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(vocab_size=640, min_frequency=1, show_progress=False,
                                      initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
        added = [AddedToken("<|end|>", special=True), AddedToken("<tool>", special=False, normalized=False),
                 AddedToken("<word>", special=False, single_word=True, lstrip=True, rstrip=True)]
    elif name == "unigram":
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.normalizer = normalizers.Sequence([
            normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Lowercase()])
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
        tokenizer.decoder = decoders.Metaspace(prepend_scheme="first")
        trainer = trainers.UnigramTrainer(vocab_size=400, unk_token="<unk>", special_tokens=["<unk>", "<s>"],
                                          show_progress=False)
        added = []
    else:
        tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Metaspace(prepend_scheme="always"), pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.Split("e", behavior="merged_with_previous")])
        tokenizer.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(),
                                               decoders.Fuse(), decoders.Strip(" ", 1, 0)])
        trainer = trainers.BpeTrainer(vocab_size=640, min_frequency=2, show_progress=False, limit_alphabet=60,
                                      special_tokens=["<unk>", "<s>"] + ["<0x%02X>" % b for b in range(256)])
        added = [AddedToken("<tool>", special=False, normalized=False)]
    tokenizer.train_from_iterator([t for t in TEXTS for _ in range(2)], trainer)
    if name == "unigram":
        model = json.loads(tokenizer.to_str())
        worst = min(score for _, score in model["model"]["vocab"])
        model["model"]["vocab"] += [["<0x%02X>" % b, worst - 20] for b in range(256)]
        model["model"]["byte_fallback"] = True
        tokenizer = Tokenizer.from_str(json.dumps(model))
    tokenizer.add_tokens(added)
    data = json.loads(tokenizer.to_str())
    if name == "metaspace":  # byte tokens are not cut out of the text
        data["added_tokens"] = [t for t in data["added_tokens"] if not t["content"].startswith("<0x")]
    with open(os.path.join(HERE, f"tokenizer_{name}.json"), "w", newline="\n") as file:
        json.dump(data, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")
    return Tokenizer.from_file(file.name)


def hugging_face(tokenizer, texts, special=False):
    tokenizer.encode_special_tokens = not special
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]


def llama_cpp(path, texts, special=False):
    model = Llama(path, vocab_only=True, verbose=False)
    return [model.tokenize(text.encode(), add_bos=False, special=special) for text in texts]


def as_gguf(tokenizer, pre, path):
    """The same byte-level vocabulary for llama.cpp."""
    data = json.loads(tokenizer.to_str())
    tokens = sorted(data["model"]["vocab"].items(), key=lambda item: item[1])
    types = [1] * len(tokens)
    for token in data["added_tokens"]:
        tokens.append((token["content"], token["id"]))
        types.append(3 if token["special"] else 4)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list([text for text, _ in tokens])
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(merge) for merge in data["model"]["merges"]])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def main(shared, smollm2):
    texts = TEXTS + random_texts(120)
    specials = ["<|end|>a <tool>b<tool><|end|>", "x<word>y <word> z", " <word>  <tool> <|end|> end", "<s>hi<tool>\u00e9</s>"]
    golden = {"texts": texts, "specials": specials, "ids": {}, "special_ids": {}, "files": {}}
    gpt2 = Tokenizer.from_file(f"{shared}/tokenizer-gpt2-hf/tokenizer.json")
    tiny = Tokenizer.from_file(f"{shared}/model-tinystories-656k-llama-safetensors/tokenizer.json")
    stories = f"{shared}/model-stories260k-gguf/stories260K.gguf"
    golden["ids"]["gpt2-hf"] = hugging_face(gpt2, texts)
    golden["ids"]["tinystories"] = hugging_face(tiny, texts)
    golden["ids"]["stories260k"] = llama_cpp(stories, texts)
    golden["ids"]["smollm2"] = llama_cpp(smollm2, texts)
    golden["special_ids"]["smollm2"] = llama_cpp(smollm2, ["<|im_start|>user\nHi <|im_end|>\n<|endoftext|>"], True)
    golden["special_ids"]["stories260k"] = llama_cpp(stories, ["<s> Hi</s>you <unk>"], True)
    golden["special_ids"]["tinystories"] = hugging_face(tiny, ["<|start_story|>Once <|end_story|> x"], True)
    for name in ("llama3", "qwen2", "unigram", "metaspace"):
        tokenizer = trained(name)
        golden["ids"][name] = hugging_face(tokenizer, texts + specials)
        golden["special_ids"][name] = hugging_face(tokenizer, specials, True)
        if name in WORDS:
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "vocabulary.gguf")
                as_gguf(tokenizer, {"llama3": "llama-bpe", "qwen2": "qwen2"}[name], path)
                golden["ids"][name + "-gguf"] = llama_cpp(path, texts)
    for name, path in (("wiki", "text-wikitext2/wiki.test.raw"), ("c4", "text-calibration/c4.utf8")):
        with open(f"{shared}/{path}", "rb") as file:
            text = file.read().decode()
        for tokenizer, ids in (("smollm2", llama_cpp(smollm2, [text])[0]),
                               ("stories260k", llama_cpp(stories, [text])[0]),
                               ("gpt2-hf", hugging_face(gpt2, [text])[0]),
                               ("tinystories", hugging_face(tiny, [text])[0])):
            golden["files"][f"{tokenizer} {name}"] = {"count": len(ids), "fnv": fnv(ids)}
    with open(os.path.join(HERE, "tokenizer_ids.json"), "w", newline="\n") as file:
        json.dump(golden, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


main(*sys.argv[1:])
