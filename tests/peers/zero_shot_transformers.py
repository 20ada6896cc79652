#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What transformers makes of a file of questions, as JSON: the log-likelihood of every choice, and the share of right
answers. Needs torch and transformers.

    zero_shot_transformers.py FOLDER QUESTIONS.jsonl COUNT

The rule is that of lm-evaluation-harness, written down again: a choice's tokens are those of context and choice together
behind as many as the context alone has."""
import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def choices(line):
    if "choices" in line:
        query = line["query"].rstrip()
        query += "\nAnswer:" if query.startswith(("Question:", "Passage:")) else ""
        return [(query, " " + choice) for choice in line["choices"]], line["gold"]
    if "context_options" in line:
        return [(context, " " + line["continuation"]) for context in line["context_options"]], line["gold"]
    return [(line["context"].rstrip(), " " + line["continuation"])], 0


def main():
    folder, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def tokens(text):
        return tokenizer(text, add_special_tokens=False)["input_ids"]

    likelihoods, right, normalized, questions = [], 0, 0, 0
    with torch.no_grad():
        for line in list(open(path, encoding="utf-8"))[:count]:
            pairs, gold = choices(json.loads(line))
            scores, greedy = [], True
            for context, words in pairs:
                whole, own = tokens(context + words), len(tokens(context))
                room = model.config.max_position_embeddings
                own, whole = own - max(0, len(whole) - room), whole[-room:]
                logs = model(torch.tensor([whole])).logits[0].double().log_softmax(-1)
                taken = logs[range(own - 1, len(whole) - 1)]
                greedy = greedy and taken.argmax(-1).tolist() == whole[own:]
                scores.append(taken.gather(1, torch.tensor(whole[own:])[:, None]).sum().item())
            likelihoods += scores
            best = max(range(len(scores)), key=lambda i: scores[i])
            per_byte = max(range(len(scores)), key=lambda i: scores[i] / len(pairs[i][1][1:].encode()))
            right += greedy if len(pairs) == 1 else best == gold
            normalized += greedy if len(pairs) == 1 else per_byte == gold
            questions += 1
    print(json.dumps({"log_likelihoods": likelihoods, "accuracy": right / questions, "normalized_accuracy": normalized / questions}))


if __name__ == "__main__":
    main()
