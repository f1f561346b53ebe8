"""What every family of the oracle stands on: words, draws of chance, and Lepton's literals."""

import gzip
import random
import warnings

import numpy as np

FLOATS = ["float32", "float64"]
INTEGERS = ["int64", "int32", "uint8", "int8"]
NUMBERS = FLOATS + INTEGERS
ALL = NUMBERS + ["bool"]

# What NumPy raises where an input makes no sense. Anything else is a mistake of the generator.
REFUSALS = (ValueError, IndexError, TypeError, OverflowError, ArithmeticError)

# How many different inputs a word is tried on, and how many of them may be refused.
INPUTS, REFUSED = 200, 40


class Word:
    """A word, the tolerances of its results, and how to draw a call of it."""

    def __init__(self, name, single, double, draw):
        self.name, self.single, self.double, self.draw = name, single, double, draw

    def cases(self):
        """Lines `call<tab>result`, where `!` says that the call must fail."""
        draw, seen, refused = Draw(self.name), {}, 0
        for _ in range(20000):
            call, answer = self.draw(draw)
            if call in seen:
                continue
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                try:
                    result = lep(answer())
                except REFUSALS:
                    refused += 1
                    if refused > REFUSED:
                        continue
                    result = "!"
            seen[call] = result
            if len(seen) >= INPUTS:
                break
        assert len(seen) >= INPUTS, f"{self.name} has only {len(seen)} different inputs"
        head = f"= {self.name} {self.single:g} {self.double:g}"
        return [head] + [f"{call}\t{result}" for call, result in seen.items()]


class Family:
    """The words of one file."""

    def __init__(self):
        self.words = []

    def word(self, name, single=0, double=None):
        """Registers a function from a `Draw` to a call in Lepton and what NumPy answers.

        `single` and `double` are the tolerances of float32 and float64: how far a result may be off,
        relative to its size or to 1, whichever is more. 0 asks for the same bits.
        """

        def register(draw):
            self.words.append(Word(name, single, single * 1e-7 if double is None else double, draw))
            return draw

        return register

    def write(self, path):
        """Writes the golden file of the family; the same words give the same bytes."""
        lines = [line for word in self.words for line in word.cases()]
        with open(path, "wb") as file:
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as gz:
                gz.write(("\n".join(lines) + "\n").encode())
        return len(lines) - len(self.words)


class Draw(random.Random):
    """Chance with a seed that depends on the word alone, and inputs made of it."""

    def maybe(self, probability=0.5):
        return self.random() < probability

    def type(self, types=ALL):
        return self.choice(types)

    def size(self, empty=0.04):
        return 0 if self.maybe(empty) else self.choice([1, 2, 2, 3, 3, 4])

    def shape(self, low=0, high=3, empty=0.04):
        """Sizes of at most 16 elements."""
        while True:
            sizes = [self.size(empty) for _ in range(self.randint(low, high))]
            if np.prod(sizes, dtype=int) <= 16:
                return sizes

    def numbers(self, count, type, low=None, high=None, special=0.0):
        """So many numbers of a type: short ones, so that they take little room in a file."""
        low = -9 if low is None else low
        low = max(low, 0) if type == "uint8" else low
        high = 9 if high is None else high
        if type == "bool":
            return [self.maybe() for _ in range(count)]
        if type in INTEGERS:
            return [self.randint(low, high) for _ in range(count)]
        odd = [np.nan, np.inf, -np.inf, -0.0, 0.0]
        return [
            self.choice(odd) if self.maybe(special) else self.randint(low * 4, high * 4) / 4
            for _ in range(count)
        ]

    def tensor(self, types=ALL, shape=None, low=None, high=None, special=None, type=None, **sizes):
        """A tensor; one of five has odd numbers in it unless `special` says otherwise."""
        type = type or self.type(types)
        shape = self.shape(**sizes) if shape is None else list(shape)
        special = (0.4 if self.maybe(0.2) else 0.0) if special is None else special
        numbers = self.numbers(int(np.prod(shape, dtype=int)), type, low, high, special)
        return np.array(numbers, dtype=type).reshape(shape)

    def axis(self, x, wrong=0.03):
        """An axis of a tensor, counted from either end; sometimes one that is not there."""
        rank = np.ndim(x)
        if self.maybe(wrong) or rank == 0:
            # A number has neither axis 0 nor -1, though NumPy lets its reductions name them.
            return max(rank, 1) + self.randint(0, 1) if self.maybe() else -max(rank, 1) - 1
        return self.randint(-rank, rank - 1)

    def axes(self, x, wrong=0.03):
        """No axis (`None`), one, or several (a tuple)."""
        if self.maybe(0.25) or (np.ndim(x) == 0 and self.maybe(0.8)):
            return None
        if self.maybe(0.6):
            return self.axis(x, wrong)
        rank = np.ndim(x)
        axes = self.sample(range(rank), self.randint(0, rank))
        axes = [axis - rank if self.maybe(0.3) else axis for axis in axes]
        if axes and self.maybe(wrong):
            axes.append(self.choice([axes[0], rank]))
        return tuple(axes)

    def matching(self, shape):
        """A shape that broadcasts with another; sometimes one that does not."""
        sizes = [1 if self.maybe(0.25) else size for size in shape]
        sizes = sizes[self.randint(0, len(sizes)) :] if self.maybe(0.4) else sizes
        if self.maybe(0.04) and sizes:
            sizes[self.randrange(len(sizes))] += 2
        return sizes


def lep(value):
    """The Lepton that makes a value."""
    if isinstance(value, (np.ndarray, np.generic)):
        return tensor(np.asarray(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(lep, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{lep(item)}" for name, item in value.items()) + "}"
    if value is None:
        return "nothing"
    return f'"{value}"' if isinstance(value, str) else str(value)


def tensor(x):
    if x.size == 0:
        return f"zeros({list(x.shape)},{x.dtype})".replace(" ", "")
    word = "tensor" if x.dtype in ("int64", "bool") else str(x.dtype)
    return f"{word}({nested(x)})"


def nested(x):
    if x.ndim:
        return "[" + ",".join(map(nested, x)) + "]"
    if x.dtype == bool:
        return "true" if x else "false"
    return str(int(x)) if x.dtype.kind in "iu" else number(x[()])


def number(x):
    """The shortest text that reads as a fraction of the same bits."""
    if np.isnan(x):
        return "nan"
    if np.isinf(x):
        return "inf" if x > 0 else "-inf"
    text = str(x)
    return text if "e" in text or "." in text else text + ".0"


def call(word, *positional, **named):
    """A call; arguments by name that are `...` are left out."""
    parts = [lep(value) for value in positional]
    parts += [f"{name}={lep(value)}" for name, value in named.items() if value is not ...]
    return f"{word}({','.join(parts)})"


def promoted(*types):
    """Lepton's promotion: as NumPy's, but a whole number with a fraction gives the fraction's type."""
    types = [str(type) for type in types]
    floats = [type for type in types if type in FLOATS]
    if floats:
        return str(np.result_type(*floats))
    common = np.result_type(*types)
    return "int32" if common == "int16" else str(common)


def fraction(type):
    """The type of what is always a fraction."""
    return str(type) if str(type) in FLOATS else "float32"


def accumulated(type):
    """The type in which whole numbers and truths are added up."""
    return str(type) if str(type) in FLOATS else "int64"
