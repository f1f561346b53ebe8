"""Writes numbers.csv, a million rows of ten numbers with six digits behind the point; the same bytes each time."""

import pathlib
import random

PATH = pathlib.Path(__file__).with_name("numbers.csv")
ROWS, COLUMNS, SIZE = 1_000_000, 10, 94_999_403


def main():
    if PATH.exists() and PATH.stat().st_size == SIZE:
        return
    chance = random.Random(1)
    line = ",".join(["%.6f"] * COLUMNS) + "\n"
    with PATH.open("w") as file:
        file.write(",".join(f"c{column}" for column in range(COLUMNS)) + "\n")
        for _ in range(ROWS):
            file.write(line % tuple(chance.gauss(0, 1) for _ in range(COLUMNS)))


main()
