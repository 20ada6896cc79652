# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes short stories: one paragraph a line, a blank line between stories. The same seed gives the same text.

    python3 generate_stories.py --seed 1 --bytes 900000 > held_out.txt
"""
import argparse
import random
import sys

import plots
import plots2
from story import Story

PLOTS = plots.ALL + plots2.ALL


def one_story(rng):
    story = Story(rng)
    plot = rng.choice(PLOTS)
    story.begin()
    if rng.random() < 0.6:
        story.paragraph()
    plot(story)
    story.end()
    return story.text()


def stories(seed, size):
    """Whole stories of about `size` bytes together."""
    rng = random.Random(seed)
    out, total = [], 0
    while total < size:
        out.append(one_story(rng))
        total += len(out[-1]) + 2
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--bytes", type=int, default=1000)
    arguments = parser.parse_args()
    sys.stdout.write("\n\n".join(stories(arguments.seed, arguments.bytes)) + "\n")
