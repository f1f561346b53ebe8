"""Writes words.txt, five megabytes of words of which some are much more frequent than others; the same bytes each time."""

import pathlib
import random

PATH = pathlib.Path(__file__).with_name("words.txt")
SIZE = 5_000_000


def main():
    if PATH.exists() and PATH.stat().st_size == SIZE:
        return
    chance = random.Random(1)
    letters = "etaoinshrdlucmfw"
    words = sorted({"".join(chance.choices(letters, k=chance.randint(2, 12))) for _ in range(20_000)})
    chance.shuffle(words)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    lines, size = [], 0
    while size < SIZE:
        line = " ".join(chance.choices(words, weights, k=12)) + "\n"
        lines.append(line)
        size += len(line)
    PATH.write_text("".join(lines)[: SIZE - 1] + "\n")


main()
