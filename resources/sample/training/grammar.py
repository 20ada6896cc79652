# SPDX-License-Identifier: GPL-3.0-or-later
"""Expands the story templates: [a|b] is a choice, {x.he} a fact of the story, <rule> a rule of RULES.

A rule may name a fact: <rain_detail> is written <{weather}_detail>. A caret makes the next letter a capital.
Rules know nothing of the story; what must stay consistent is a fact.
"""
import re

_PIECE = re.compile(r"[\[\]|]|\{[^}]*\}|<[^>]*>|[^\[\]|{}<>]+")
_CAPITAL = re.compile(r'\^+("?)(.)')
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU]|honest)(?!(?:one|use|uni)\w*)")
_SENTENCE = re.compile(r'([.!?] "?)([a-z])')
_SPACES = re.compile(r"  +")
_compiled = {}


def _parse(text):
    """The template as a list of parts: a string, ('fact', path), ('rule', name) or ('choice', lists)."""
    stack = [[[]]]
    for piece in _PIECE.findall(text):
        if piece == "[":
            stack.append([[]])
        elif piece == "|" and len(stack) > 1:
            stack[-1].append([])
        elif piece == "]":
            done = stack.pop()
            stack[-1][-1].append(("choice", done))
        elif piece[0] == "{":
            stack[-1][-1].append(("fact", piece[1:-1].split(".")))
        elif piece[0] == "<":
            stack[-1][-1].append(("rule", piece[1:-1]))
        else:
            stack[-1][-1].append(piece)
    if len(stack) != 1:
        raise ValueError("unbalanced brackets: " + text)
    return stack[0][0]


def _write(parts, rng, rules, facts, out):
    for part in parts:
        if part.__class__ is str:
            out.append(part)
        elif part[0] == "choice":
            options = part[1]
            _write(options[int(rng.random() * len(options))], rng, rules, facts, out)
        elif part[0] == "fact":
            value = facts[part[1][0]]
            if len(part[1]) > 1:
                value = value[part[1][1]]
            elif value.__class__ is not str:
                value = value["n"]
            if "<" in value or "[" in value or "{" in value:
                _write(compiled(value), rng, rules, facts, out)
            else:
                out.append(value)
        else:
            name = part[1]
            if "{" in name:
                name = name.format(**facts)
            options = rules[name]
            # early entries are commoner, so that words have the long tail of real text
            text = options[int(len(options) * rng.random() ** 1.2)]
            if "<" in text or "[" in text or "{" in text:
                _write(compiled(text), rng, rules, facts, out)
            else:
                out.append(text)


def compiled(text):
    parts = _compiled.get(text)
    if parts is None:
        parts = _compiled[text] = _parse(text)
    return parts


def expand(text, rng, rules, facts):
    """One random reading of a template, not yet polished."""
    out = []
    _write(compiled(text), rng, rules, facts, out)
    return "".join(out)


def polish(text):
    """Capitals after carets, 'an' before vowels, no doubled blanks."""
    text = _SPACES.sub(" ", text).replace(" ,", ",").replace(" .", ".").replace(" !", "!").replace(" ?", "?")
    text = _CAPITAL.sub(lambda m: m.group(1) + m.group(2).upper(), text)
    text = _SENTENCE.sub(lambda m: m.group(1) + m.group(2).upper(), text)
    return _ARTICLE.sub(r"\1n ", text).strip()
