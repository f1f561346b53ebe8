"""Elements at places: indexing in all forms, updates through it, and words that take places."""

import numpy as np

from oracle import ALL, Family, call, lep

family = Family()


class Index:
    """What stands between the brackets: its Lepton, and NumPy's key."""

    def __init__(self, draw, x, advanced):
        self.draw, self.parts, self.keys = draw, [], []
        shape = list(x.shape)
        kept = draw.randint(0, len(shape))
        axis, rest = 0, draw.randint(0, kept) if draw.maybe(0.3) else None
        shared = draw.shape(0, 2, 0.05)
        while axis < kept:
            if axis == rest:
                skip = draw.randint(0, len(shape) - kept)
                self.add("...", Ellipsis)
                rest = None
                axis, kept = axis + skip, kept + skip
                continue
            if draw.maybe(0.1):
                self.add("nothing", None)
                continue
            kind = draw.random() if advanced else draw.random() * 0.6
            if kind < 0.25:
                self.add(*self.number(shape[axis]))
            elif kind < 0.6:
                self.add(*self.slice(shape[axis]))
            elif kind < 0.85:
                self.add(*self.list(shape[axis], shared))
            elif axis + 1 < kept and draw.maybe(0.4):
                self.add(*self.mask(shape[axis : axis + 2]))
                axis += 1
            else:
                self.add(*self.mask(shape[axis : axis + 1]))
            axis += 1
        if not self.parts or draw.maybe(0.03):
            self.add(*draw.choice([("...", Ellipsis), (":", slice(None)), ("0", 0), ("nothing", None)]))

    def add(self, text, key):
        self.parts.append(text)
        self.keys.append(key)

    def number(self, size):
        wrong = self.draw.maybe(0.02)
        index = size + 1 if wrong or size == 0 else self.draw.randint(-size, size - 1)
        return str(index), index

    def slice(self, size):
        bound = lambda: self.draw.choice([None, None, self.draw.randint(-size - 1, size + 1)])
        start, stop = bound(), bound()
        step = self.draw.choice([None, None, 1, 2, -1, -2, 3, -3])
        text = lambda bound: "" if bound is None else str(bound)
        tail = "" if step is None else f":{step}"
        return f"{text(start)}:{text(stop)}{tail}", slice(start, stop, step)

    def list(self, size, shape):
        shape = [1 if self.draw.maybe(0.15) else n for n in shape]
        if self.draw.maybe(0.02):
            shape = shape + [5]
        count = int(np.prod(shape, dtype=int))
        high = size - 1 + (1 if self.draw.maybe(0.03) or size == 0 else 0)
        numbers = [self.draw.randint(-size, high) for _ in range(count)]
        type = self.draw.choice(["int64", "int64", "int32", "int8"])
        array = np.array(numbers, type).reshape(shape)
        if len(shape) == 1 and self.draw.maybe():
            return lep(numbers), np.array(numbers, "int64")
        return lep(array), array

    def mask(self, sizes):
        sizes = [n + 1 for n in sizes] if self.draw.maybe(0.02) else sizes
        array = self.draw.tensor(["bool"], shape=sizes)
        return lep(array), array

    @property
    def text(self):
        return ",".join(self.parts)

    @property
    def key(self):
        return tuple(self.keys)


def numbered(draw):
    """A tensor whose elements tell where they come from."""
    x = draw.tensor(["int64", "float32", "uint8"], shape=draw.shape(1, 4, 0.03))
    return np.arange(x.size).astype(x.dtype).reshape(x.shape)


def indexed(name, advanced):
    @family.word(name)
    def _(draw):
        x = numbered(draw)
        index = Index(draw, x, advanced)
        return f"{lep(x)}[{index.text}]", lambda: np.asarray(x[index.key])


indexed("slices", False)
indexed("lists", True)
indexed("lists_again", True)


def updated(name, advanced):
    @family.word(name)
    def _(draw):
        x = draw.tensor(shape=draw.shape(1, 3, 0.03), special=0)
        index = Index(draw, x, advanced)
        try:
            shape = x[index.key].shape
        except (IndexError, ValueError):
            shape = ()
        own = str(x.dtype)
        value = draw.randint(0, 9) if draw.maybe(0.3) else draw.tensor(
            type=own, shape=draw.matching(list(shape)), special=0
        )

        def answer():
            y = x.copy()
            y[index.key] = value
            return y

        return f"(() -> {{ x = {lep(x)}; x[{index.text}] = {lep(value)}; x }})()", answer


updated("update_slices", False)
updated("update_lists", True)


@family.word("mask")
def _(draw):
    x = draw.tensor(special=0)
    mask = draw.tensor(["bool"], shape=x.shape)
    return f"{lep(x)}[{lep(mask)}]", lambda: x[mask]


@family.word("nonzero")
def _(draw):
    x = draw.tensor(low=-1, high=1)
    return call("nonzero", x), lambda: np.argwhere(x)[:, 0] if x.ndim == 1 else np.argwhere(x)


def places(draw, size, shape, wrong=0.05):
    high = size if draw.maybe(wrong) or size == 0 else size - 1
    numbers = [draw.randint(-size, high) for _ in range(int(np.prod(shape, dtype=int)))]
    return np.array(numbers, draw.choice(["int64", "int32"])).reshape(shape)


@family.word("take")
def _(draw):
    x = draw.tensor()
    axis = None if draw.maybe(0.3) else draw.axis(x)
    size = x.size if axis is None else x.shape[axis] if -x.ndim <= axis < x.ndim else 1
    named = places(draw, size, draw.shape(0, 2))
    return call("take", x, named, axis=... if axis is None else axis), lambda: np.asarray(
        np.take(x, named, axis)
    )


def along(draw):
    x = draw.tensor(shape=draw.shape(1, 3, 0.03), special=0)
    axis = draw.axis(x)
    own = axis if -x.ndim <= axis < x.ndim else 0
    shape = list(x.shape)
    shape[own] = draw.size()
    shape = [1 if n != own % x.ndim and draw.maybe(0.1) else size for n, size in enumerate(shape)]
    if draw.maybe(0.03):
        shape.append(2)
    return x, axis, places(draw, x.shape[own], shape)


@family.word("gather")
def _(draw):
    x, axis, named = along(draw)
    given = ... if axis == -1 else axis
    return call("gather", x, named, axis=given), lambda: np.take_along_axis(x, named, axis)


@family.word("scatter")
def _(draw):
    x, axis, named = along(draw)
    values = draw.randint(0, 9) if draw.maybe(0.2) else draw.tensor(
        type=str(x.dtype), shape=draw.matching(named.shape), special=0
    )

    def answer():
        y = x.copy()
        np.put_along_axis(y, named, values, axis)
        return y

    return call("scatter", x, named, values, axis=... if axis == -1 else axis), answer


@family.word("scatter_add", single=1e-6, double=1e-15)
def _(draw):
    x, axis, named = along(draw)
    values = draw.tensor(type=str(x.dtype), shape=draw.matching(named.shape), special=0)

    def answer():
        y, own = x.copy(), np.arange(x.ndim)
        if named.ndim != x.ndim:
            raise ValueError
        key = list(np.ogrid[tuple(slice(n) for n in x.shape)])
        key[axis] = named
        np.add.at(y, tuple(key), values)
        return y

    return call("scatter_add", x, named, values, axis=... if axis == -1 else axis), answer
