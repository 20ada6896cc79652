# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the default calibration text: many kinds of text, mostly English, for models of which nothing is known.

    python3 generate_text.py --seed 11 --bytes 1200000 > default.txt

Facts in it are of the everyday kind or plainly invented; sums, tables and code are right.
"""
import argparse
import json
import random
import re
import sys

from vocabulary import LANGUAGES, LEXICON, PASSAGES, TEMPLATES

_PIECE = re.compile(r"\[([^\[\]]*)\]|<(\w+)>")


def fill(rng, text):
    """[a|b] picks one, <name> a word of the lexicon, until none is left; then capitals and articles."""
    while True:
        match = _PIECE.search(text)
        if not match:
            break
        one = rng.choice(match.group(1).split("|")) if match.group(2) is None else rng.choice(LEXICON[match.group(2)])
        text = text[:match.start()] + one + text[match.end():]
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU])(?!(?:one|use|uni|eu)\w*)", r"\1n ", text)
    text = re.sub(r"(^|[.!?]\s+|\n|\n- )([a-z])", lambda m: m.group(1) + m.group(2).upper(), text)
    return text


def prose(rng, kind):
    return " ".join(fill(rng, t) for t in rng.sample(TEMPLATES[kind], min(len(TEMPLATES[kind]), rng.randint(4, 7))))


def physics(rng):
    return prose(rng, "physics")


def history(rng):
    town, ruler, year = fill(rng, "<place>"), fill(rng, "<name> <family>"), rng.randint(1120, 1890)
    parts = ["In %d the town of %s had %d inhabitants, and %s was its mayor." % (year, town, rng.randint(200, 9000), ruler)]
    for sentence in rng.sample(TEMPLATES["history"], 5):
        year += rng.randint(1, 14)
        parts.append(fill(rng, sentence.replace("{year}", str(year)).replace("{town}", town).replace("{ruler}", ruler)))
    return " ".join(parts)


def recipe(rng):
    a, b, c = rng.sample(LEXICON["ingredient"], 3)
    amounts = ["- %d g of %s" % (rng.randint(2, 40) * 25, a), "- %d %s of %s" % (rng.randint(2, 6), rng.choice(("cups", "tablespoons", "teaspoons")), b), "- %.1f l of %s" % (rng.randint(1, 15) / 10, rng.choice(("water", "milk", "stock", "cider"))), "- a pinch of " + rng.choice(LEXICON["spice"])]
    steps = rng.sample(TEMPLATES["cooking"], rng.randint(4, 6))
    text = fill(rng, "## <quality> %s with %s\n\nServes %d. %s\n\n" % (a, c, rng.randint(2, 8), rng.choice(PASSAGES["cooking"])))
    return text + "\n".join(amounts) + "\n\n" + "\n".join("%d. %s" % (i + 1, fill(rng, s.replace("{a}", a).replace("{b}", b).replace("{c}", c))) for i, s in enumerate(steps))


def dialogue(rng):
    a, b = rng.sample(LEXICON["name"], 2)
    lines = []
    for i, sentence in enumerate(rng.sample(TEMPLATES["talk"], rng.randint(5, 9))):
        who = (a, b)[i % 2]
        said = fill(rng, sentence)
        style = rng.randint(0, 2)
        lines.append("%s: %s" % (who, said) if style == 0 else '"%s" %s %s.' % (said.rstrip(".") + ("," if said.endswith(".") else ""), rng.choice(("said", "replied", "asked", "muttered", "insisted")), who) if style == 1 else "\u201c%s\u201d" % said)
    return "\n".join(lines)


def questions(rng):
    out, known = [], rng.sample(PASSAGES["questions"], 4)
    for _ in range(rng.randint(2, 4)):
        k = rng.randint(0, 4)
        if k == 0:
            a, b = rng.randint(11, 990), rng.randint(11, 990)
            out.append("Q: What is %d plus %d?\nA: %d plus %d is %d." % (a, b, a, b, a + b))
        elif k == 1:
            v, t = rng.randint(3, 25), rng.randint(2, 9)
            out.append("Question: A %s covers %d kilometres every hour. How far does it get in %d hours?\nAnswer: %d x %d = %d kilometres." % (rng.choice(("train", "cyclist", "ship", "lorry", "pigeon")), v, t, v, t, v * t))
        elif k == 2:
            price, off = rng.randint(2, 40) * 10, rng.choice((5, 10, 20, 25, 50))
            out.append("User: A %s costs $%d. What do I pay with a discount of %d%%?\nAssistant: The discount is $%.2f, so you pay $%.2f." % (rng.choice(LEXICON["device"]), price, off, price * off / 100, price - price * off / 100))
        else:
            q, a = known.pop()
            out.append("%s %s\n%s %s" % (("Q:", q, "A:", a) if k == 3 else ("**Question.**", q, "**Answer.**", a)))
    return "\n\n".join(out)


def table(rng):
    kind = rng.choice(("markdown", "csv", "aligned", "json"))
    head = ["item", "city", "count", "price", "date"]
    rows = [[fill(rng, "<device>"), fill(rng, "<place>"), rng.randint(1, 500), "%.2f" % (rng.randint(99, 99999) / 100), "%d-%02d-%02d" % (rng.randint(1988, 2027), rng.randint(1, 12), rng.randint(1, 28))] for _ in range(rng.randint(3, 7))]
    total = sum(r[2] for r in rows)
    if kind == "markdown":
        return "\n".join(["| " + " | ".join(head) + " |", "|---" * 5 + "|"] + ["| " + " | ".join(map(str, r)) + " |" for r in rows]) + "\n\nTotal count: %d." % total
    if kind == "csv":
        return "\n".join(",".join(map(str, r)) for r in [head] + rows)
    if kind == "json":
        return json.dumps({"total": total, "rows": [dict(zip(head, r)) for r in rows]}, indent=rng.choice((None, 2)))
    return "\n".join("%-22s %-16s %6s %10s  %s" % tuple(r) for r in [head] + rows)


def code(rng):
    text = rng.choice(PASSAGES["code"])
    for mark in "XYZ":
        text = re.sub(r"\b%s%s\b" % (mark, mark), rng.choice(LEXICON["identifier"]) + (rng.choice(("", "_count", "_list", "2", "_at")) if mark != "Z" else ""), text)
    return re.sub(r"\bNN\b", lambda m: str(rng.randint(2, 1024)), text)


def letter(rng):
    return fill(rng, "[Dear|Hello|Hi] <name>,\n\n") + prose(rng, "letter") + fill(rng, "\n\n[Yours sincerely|Best wishes|Love|Kind regards|See you soon],\n<name>")


def passage(rng):
    return rng.choice(PASSAGES["essays"]) + " " + prose(rng, rng.choice(("opinion", "physics", "nature"))) + " " + fill(rng, "<free>")


def instructions(rng):
    steps = [fill(rng, s) for s in rng.sample(TEMPLATES["steps"], rng.randint(4, 7))]
    marker = rng.choice(("%d. ", "Step %d: ", "(%d) "))
    return fill(rng, "[How to|A guide: how to] <task>\n\n") + "\n".join(marker % (i + 1) + s for i, s in enumerate(steps))


def foreign(rng):
    language = rng.choice(list(LANGUAGES))
    subjects, verbs, objects, tails = LANGUAGES[language]
    out = []
    for _ in range(rng.randint(2, 4)):
        sentence = "%s %s %s %s." % (rng.choice(subjects), rng.choice(verbs), rng.choice(objects), rng.choice(tails))
        out.append(sentence[0].upper() + sentence[1:])
    return " ".join(out)


def news(rng):
    return fill(rng, "<place>, <month> %d. " % rng.randint(1, 28)) + prose(rng, "news")


def free(rng):
    return " ".join(fill(rng, "<free>") for _ in range(rng.randint(4, 9)))


def nature(rng):
    return prose(rng, "nature") + "\n" + prose(rng, "opinion")


KINDS = ((free, 42), (physics, 8), (history, 14), (recipe, 8), (dialogue, 9), (questions, 8), (table, 4), (code, 7), (letter, 9), (passage, 12), (instructions, 7), (foreign, 3), (news, 12), (nature, 10))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--bytes", type=int, default=1_200_000)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    kinds = [k for k, n in KINDS for _ in range(n)]
    out, size = [], 0
    while size < arguments.bytes:
        out.append(rng.choice(kinds)(rng))
        size += len(out[-1].encode()) + 2
    sys.stdout.buffer.write(("\n\n".join(out) + "\n").encode())


if __name__ == "__main__":
    main()
