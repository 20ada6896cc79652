# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the sample model on text of the story generator and writes config.json and model.safetensors.

    python3 train.py --tokenizer ../tokenizer.json --out .. --minutes 5.5     (one H100)
    python3 train.py --tokenizer ../tokenizer.json --out /tmp/try --steps 3 --chunks 1 --batch 2 --device cpu

With --minutes the number of steps is set once the speed is known; the log names it for --steps.
"""
import argparse
import json
import math
import multiprocessing
import os
import random
import time

import numpy
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import nn

from generate_stories import stories

HIDDEN, FFN, LAYERS, HEADS, KV_HEADS, WIDTH = 256, 768, 7, 8, 4, 32
VOCABULARY, CONTEXT, THETA, EPSILON = 4096, 1024, 10000.0, 1e-5
CHUNK_BYTES = 4_000_000
END_SHARE = 0.6  # of the stories end with the end token, the others with a blank line as in a text file


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x):
        x32 = x.float()
        return (x32 * torch.rsqrt(x32.square().mean(-1, keepdim=True) + EPSILON)).to(x.dtype) * self.weight.to(x.dtype)


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return (x * cos + torch.cat((-b, a), -1) * sin).to(x.dtype)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.q_proj = nn.Linear(HIDDEN, HEADS * WIDTH, bias=False)
        self.k_proj = nn.Linear(HIDDEN, KV_HEADS * WIDTH, bias=False)
        self.v_proj = nn.Linear(HIDDEN, KV_HEADS * WIDTH, bias=False)
        self.o_proj = nn.Linear(HEADS * WIDTH, HIDDEN, bias=False)

    def forward(self, x, cos, sin):
        n, t, _ = x.shape
        q = rotate(self.q_proj(x).view(n, t, HEADS, WIDTH).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(n, t, KV_HEADS, WIDTH).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(n, t, KV_HEADS, WIDTH).transpose(1, 2)
        k, v = (m.repeat_interleave(HEADS // KV_HEADS, 1) for m in (k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o_proj(y.transpose(1, 2).reshape(n, t, HIDDEN))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate_proj = nn.Linear(HIDDEN, FFN, bias=False)
        self.up_proj = nn.Linear(HIDDEN, FFN, bias=False)
        self.down_proj = nn.Linear(FFN, HIDDEN, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.input_layernorm, self.self_attn, self.post_attention_layernorm, self.mlp = Norm(), Attention(), Norm(), Mlp()

    def forward(self, x, cos, sin):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))


class Model(nn.Module):
    """Llama with tied embeddings; parameter names are those of the saved file."""

    def __init__(self):
        super().__init__()
        self.model = nn.Module()
        self.model.embed_tokens = nn.Embedding(VOCABULARY, HIDDEN)
        self.model.layers = nn.ModuleList(Block() for _ in range(LAYERS))
        self.model.norm = Norm()
        for name, p in self.named_parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=0.02 / math.sqrt(2 * LAYERS) if "o_proj" in name or "down_proj" in name else 0.02)
        frequency = THETA ** (-torch.arange(0, WIDTH, 2, dtype=torch.float64) / WIDTH)
        angle = torch.outer(torch.arange(CONTEXT, dtype=torch.float64), frequency)
        angle = torch.cat((angle, angle), -1)
        self.register_buffer("cos", angle.cos().float(), persistent=False)
        self.register_buffer("sin", angle.sin().float(), persistent=False)

    def forward(self, ids):
        t = ids.shape[1]
        x = self.model.embed_tokens(ids)
        for block in self.model.layers:
            x = block(x, self.cos[:t], self.sin[:t])
        return F.linear(self.model.norm(x), self.model.embed_tokens.weight)


def tokens_of(job):
    """One chunk of stories as token ids."""
    seed, tokenizer_file = job
    tokenizer, rng, groups = Tokenizer.from_file(tokenizer_file), random.Random(seed), [[]]
    for story in stories(seed, CHUNK_BYTES):
        groups[-1].append(story)
        if rng.random() < END_SHARE:
            groups.append([])
    out = []
    for encoding in tokenizer.encode_batch(["\n\n".join(g) for g in groups if g]):
        out += encoding.ids + [0]
    return numpy.array(out, dtype=numpy.uint16)


def corpus(tokenizer_file, chunks):
    jobs = [(1000 + i, tokenizer_file) for i in range(chunks)]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        return numpy.concatenate(pool.map(tokens_of, jobs, chunksize=1))


def perplexity(model, ids, windows, context, device):
    total = 0.0
    with torch.no_grad(), torch.autocast(device, torch.bfloat16):
        for i in range(windows):
            w = ids[i * context:(i + 1) * context].long()[None].to(device)
            total += F.cross_entropy(model(w)[0, :-1].float(), w[0, 1:]).item()
    return math.exp(total / windows)


def save(model, out):
    tensors = {n: p.detach().to(torch.float16).contiguous().cpu() for n, p in model.state_dict().items()}
    save_file(tensors, os.path.join(out, "model.safetensors"), metadata={"format": "pt"})
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": HIDDEN, "intermediate_size": FFN, "num_hidden_layers": LAYERS,
              "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS, "head_dim": WIDTH, "vocab_size": VOCABULARY, "max_position_embeddings": CONTEXT,
              "rope_theta": THETA, "rms_norm_eps": EPSILON, "hidden_act": "silu", "tie_word_embeddings": True, "attention_bias": False, "mlp_bias": False,
              "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float16", "use_cache": True}
    for name, content in (("config.json", config), ("generation_config.json", {"bos_token_id": 0, "eos_token_id": 0, "max_new_tokens": 200, "do_sample": False})):
        with open(os.path.join(out, name), "w") as file:
            json.dump(content, file, indent=2)
            file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--chunks", type=int, default=96)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--device", default="cuda")
    a = parser.parse_args()
    start = time.time()
    os.makedirs(a.out, exist_ok=True)
    log = open(os.path.join(a.out, "training.log"), "w")

    def note(text):
        line = "%7.1f s  %s" % (time.time() - start, text)
        print(line, flush=True)
        log.write(line + "\n")
        log.flush()

    note("torch %s, %s, seed %d, batch %d x %d tokens, rate %g" % (torch.__version__, torch.cuda.get_device_name() if a.device == "cuda" else "cpu", a.seed, a.batch, CONTEXT, a.rate))
    data = corpus(a.tokenizer, a.chunks)
    note("corpus: %d chunks (seeds 1000 to %d), %d tokens" % (a.chunks, 999 + a.chunks, len(data)))
    data = torch.from_numpy(data.astype(numpy.int16)).to(a.device)
    held = torch.from_numpy(tokens_of((1, a.tokenizer)).astype(numpy.int16))
    torch.manual_seed(a.seed)
    torch.set_float32_matmul_precision("high")
    model = Model().to(a.device)
    note("parameters: %d" % sum(p.numel() for p in model.parameters()))
    decayed = [p for p in model.parameters() if p.dim() == 2]
    rest = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0.0}], lr=a.rate, betas=(0.9, 0.95), fused=a.device == "cuda")

    def loss_of(ids):
        return F.cross_entropy(model(ids[:, :-1]).float().flatten(0, 1), ids[:, 1:].flatten())

    step_loss = torch.compile(loss_of) if a.device == "cuda" else loss_of
    generator = torch.Generator(device=a.device).manual_seed(a.seed)
    offsets = torch.arange(CONTEXT + 1, device=a.device)
    warm, total, step, timed = 300, a.steps, 0, None
    while not total or step < total:
        at = torch.randint(0, len(data) - CONTEXT - 1, (a.batch, 1), device=a.device, generator=generator)
        ids = data[at + offsets].long()
        progress = min(1.0, step / total) if total else 0.0
        rate = a.rate * min(1, (step + 1) / warm) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(a.device, torch.bfloat16):
            loss = step_loss(ids)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if a.minutes and step == 50:
            loss.item()
            timed = time.time()
        if a.minutes and step == 250:
            loss.item()
            each = (time.time() - timed) / 200
            total = 250 + int((a.minutes * 60 - (time.time() - start)) / each)
            note("%.2f ms a step; %d steps in all" % (1000 * each, total))
        if step % 250 == 0 or step == 1 or step == total:
            note("step %d  loss %.4f  rate %.2e" % (step, loss.item(), rate))
        if step % 2500 == 0 or step == total:
            note("step %d  held-out perplexity %.4f (seed 1, 64 windows of 512)" % (step, perplexity(model, held, min(64, len(held) // 512), 512, a.device)))
    save(model, a.out)
    note("saved")


if __name__ == "__main__":
    main()
