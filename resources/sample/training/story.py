# SPDX-License-Identifier: GPL-3.0-or-later
"""One story while it is being told: its facts (who, where, what, weather) and its paragraphs."""
import words
from grammar import expand, polish
from rules import RULES

_PRONOUNS = {"f": ("she", "her", "her", "hers", "herself"), "m": ("he", "him", "his", "his", "himself")}
_SHARES = {"sun": 4, "rain": 3, "wind": 3, "snow": 2, "fog": 1}
_WEATHERS = [w for w, n in _SHARES.items() for _ in range(n)]


_SEASONS = {"sun": ("summer", "spring", "autumn"), "rain": ("spring", "autumn", "summer"), "wind": ("autumn", "spring", "winter"), "snow": ("winter",), "fog": ("autumn", "winter")}
_MONTHS = {"spring": ("March", "April", "May"), "summer": ("June", "July", "August"), "autumn": ("September", "October", "November"), "winter": ("December", "January", "February")}


def plural_of(noun):
    for known in (words.FOODS, words.COUNTABLES, words.ANIMALS):
        if noun in known:
            return known[noun]
    return noun + ("es" if noun.endswith(("ch", "sh", "x", "s")) else "s")


def person(name, gender, kind):
    he, him, his, hers, self_ = _PRONOUNS[gender]
    return {"n": name, "he": he, "He": "^" + he, "him": him, "his": his, "His": "^" + his, "hers": hers, "self": self_, "kind": kind}


class Story:
    def __init__(self, rng):
        self.rng = rng
        self.used = set()
        self.lines = [[]]
        self.animal_tale = rng.random() < 0.3
        self.facts = {"h": self.somebody(), "f": self.somebody(), "g": self.somebody(), "e": self.elder(), "weather": rng.choice(_WEATHERS)}
        season = rng.choice(_SEASONS[self.facts["weather"]])
        self.facts.update(season=season, month=rng.choice(_MONTHS[season]), day=rng.choice(RULES["day"]))
        self.here(rng.choice(list(words.PLACES)))
        trait = rng.choice(list(words.TRAITS))
        habit, deed, verdict = words.TRAITS[trait]
        self.facts["t"] = {"n": trait, "habit": habit, "deed": deed, "verdict": verdict}
        self.facts["x"], self.facts["y"] = self.facts["h"], self.facts["f"]

    def fresh(self, options):
        """A choice not made before in this story."""
        while True:
            one = options[int(len(options) * self.rng.random() ** 1.2)]
            if one not in self.used:
                self.used.add(one)
                return one

    def somebody(self):
        gender = "f" if self.rng.random() < 0.5 else "m"
        if self.animal_tale:
            kind = self.fresh(words.CREATURES)
            if self.rng.random() < 0.35:
                return person("the " + kind, gender, kind)
            return person(self.fresh(words.CREATURE_NAMES), gender, kind)
        return person(self.fresh(words.GIRLS if gender == "f" else words.BOYS), gender, "girl" if gender == "f" else "boy")

    def elder(self):
        if self.rng.random() < 0.3:
            trade = self.fresh(list(words.TRADES))
            return person("the " + trade, self.rng.choice("fm"), trade)
        name, gender = self.fresh(words.ELDERS)
        return person(name, gender, "neighbour")

    def thing(self, kind):
        nouns, adjectives = words.THINGS[kind]
        noun = self.fresh(nouns)
        adjective = self.fresh(adjectives)
        both = adjective + " " + noun
        extra = self.rng.choice(adjectives) + " " if self.rng.random() < 0.25 else ""
        extra = "" if extra.strip() == adjective else extra
        return {"n": noun, "a": "a " + extra + both, "the": "the [" + adjective + " |]" + noun, "full": "the " + both, "adj": adjective, "bare": both}

    def here(self, place):
        """Moves the story to a place."""
        preposition, spots, sights = words.PLACES[place]
        self.spots = self.rng.sample(spots, len(spots))
        self.sights = self.rng.sample(sights, len(sights))
        self.facts["p"] = {"n": place, "at": preposition + " " + place}

    def number(self, low, high):
        return self.rng.randint(low, high)

    def set(self, **facts):
        self.facts.update(facts)

    def count(self, **counts):
        """Counts as words, and the noun's number: count(n=(3, 'apple')) gives {n} and {n.of}."""
        for name, (value, noun) in counts.items():
            plural = plural_of(noun)
            word = words.number(value)
            self.facts[name] = {"n": word, "of": word + " " + (noun if value == 1 else plural), "noun": noun, "nouns": plural}

    def say(self, *templates):
        """One of the templates, as sentences of the present paragraph."""
        text = templates[int(len(templates) * self.rng.random())] if len(templates) > 1 else templates[0]
        if text[-1] == "." and text[-2] not in ".}]" and len(text) > 40 and self.rng.random() < 0.5:
            text = text[:-1] + "<aside>."
        self.lines[-1].append(polish("^" + expand(text, self.rng, RULES, self.facts)))

    def maybe(self, share, *templates):
        if self.rng.random() < share:
            self.say(*templates)

    def by(self, who, other="f"):
        """Whose deeds {x} and {y} are in the rules."""
        self.set(x=self.facts[who], y=self.facts[other])

    def colour_in(self, share=0.5):
        """Some sentences about what is around, that change nothing."""
        while self.rng.random() < share:
            self.say("<sight>", "<sight>", "<scene>", "<scene>", "<scene>", "<scene>", "<thought>", "<small_talk>", "<small_talk>", "<meal>")
            share *= 0.9

    def paragraph(self):
        if self.lines[-1]:
            self.lines.append([])

    def text(self):
        return "\n".join(" ".join(line) for line in self.lines if line)

    def begin(self):
        """Who the story is about, where, and in what weather."""
        h, s = self.facts["h"], self.say
        home = words.HOME_OF.get(h["kind"])
        kind = h["kind"]
        if kind in ("girl", "boy"):
            s("{h} was a {t} {h.kind} who {t.habit}.", "There was once a {t} {h.kind} called {h}. {h.He} {t.habit}.", "{h} {t.habit}. Everybody said that {h.he} was the most {t} {h.kind} [in town|in the village|far and wide].",
              "In a <size> <colour> house near {p} lived a {h.kind} named {h}, who {t.habit}.", "<opening> [a {t} {h.kind}|a {h.kind}] named {h} woke up [early|late|with a start|to the sound of a <animal>]. {h} {t.habit}.")
        else:
            self.set(home={"n": home})
            s("{h}, a {t} <size> {h.kind}, lived in a {home} near {p}. {h.He} {t.habit}." if not h["n"].startswith("the ") else "In a {home} near {p} lived a {t} {h.kind}. {h.He} {t.habit}.",
              "Once there was a {t} {h.kind}" + ("" if h["n"].startswith("the ") else " called {h}") + " who {t.habit}.")
        self.maybe(0.6, "{h}'s best friend was {f}" + (", a <size> {f.kind}" if kind not in ("girl", "boy") and not self.facts["f"]["n"].startswith("the ") else "") + ".", "{h.He} lived next door to {f}.",
                   "{h} and {f} had been friends since the <event>.")
        self.maybe(0.75, "<{weather}_sky>, <{weather}_so>.")
        self.colour_in(0.85)

    def end(self):
        self.paragraph()
        self.by("h")
        self.maybe(0.5, "<{weather}_end>")
        self.maybe(0.45, "{e} said that {h} {t.verdict}.")
        self.maybe(0.4, "<moral>")
        self.say("<good_end>")
