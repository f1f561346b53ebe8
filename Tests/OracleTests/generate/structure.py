"""Words that move elements without computing with them."""

import numpy as np

from oracle import ALL, NUMBERS, Family, call, lep, promoted

family = Family()


def divisors(draw, count):
    """Sizes that hold so many elements, one of them perhaps -1; sometimes they do not."""
    if count == 0:
        sizes = draw.choice([[0], [0, 2], [3, 0]])
    else:
        sizes = []
        while count > 1 and draw.maybe(0.8):
            size = draw.choice([d for d in range(1, count + 1) if count % d == 0])
            sizes.append(size)
            count //= size
        sizes.append(count)
    if draw.maybe(0.3):
        sizes[draw.randrange(len(sizes))] = -1
    return [size + 1 for size in sizes] if draw.maybe(0.03) else sizes


@family.word("reshape")
def _(draw):
    x = draw.tensor()
    sizes = divisors(draw, x.size)
    return call("reshape", x, sizes), lambda: x.reshape(sizes)


@family.word("transpose")
def _(draw):
    x = draw.tensor()
    axes = ... if draw.maybe(0.3) else draw.sample(range(x.ndim), x.ndim)
    if axes is not ... and draw.maybe(0.05):
        axes = axes + [0]
    elif axes is not ... and draw.maybe(0.3):
        axes = [axis - x.ndim for axis in axes]
    return call("transpose", x, axes=axes), lambda: x.transpose(None if axes is ... else axes)


@family.word("squeeze")
def _(draw):
    x = draw.tensor(shape=[draw.choice([1, 1, draw.size()]) for _ in range(draw.randint(0, 4))])
    axis = draw.choice([None, draw.axis(x), draw.axes(x)])
    return call("squeeze", x, axis=... if axis is None else axis), lambda: np.squeeze(x, axis)


@family.word("expand")
def _(draw):
    x = draw.tensor()
    axis = draw.randint(-x.ndim - 2, x.ndim + 1)
    return call("expand", x, axis), lambda: np.expand_dims(x, axis)


@family.word("broadcast")
def _(draw):
    shape = draw.shape()
    x = draw.tensor(shape=draw.matching(shape))
    return call("broadcast", x, shape), lambda: np.broadcast_to(x, shape)


def joined(draw, words):
    """Tensors of one shape, sometimes of one that does not fit."""
    x = draw.tensor(shape=draw.shape(1, 3))
    parts = [x]
    for _ in range(draw.randint(0, 2)):
        shape = list(x.shape)
        if draw.maybe(0.03):
            shape[0] += 1
        parts.append(draw.tensor(shape=shape))
    return parts


def together(parts):
    type = promoted(*[part.dtype for part in parts])
    return [part.astype(type) for part in parts]


@family.word("stack")
def _(draw):
    parts = joined(draw, "stack")
    axis = draw.randint(-parts[0].ndim - 1, parts[0].ndim)
    return call("stack", *parts, axis=axis), lambda: np.stack(together(parts), axis)


@family.word("concat")
def _(draw):
    x = draw.tensor(shape=draw.shape(1, 3))
    axis, parts = draw.axis(x), [x]
    for _ in range(draw.randint(1, 2)):
        shape = list(x.shape)
        shape[axis if -x.ndim <= axis < x.ndim else 0] = draw.size()
        if draw.maybe(0.03):
            shape.append(1)
        parts.append(draw.tensor(shape=shape))
    return call("concat", *parts, axis=axis), lambda: np.concatenate(together(parts), axis)


@family.word("split")
def _(draw):
    x = draw.tensor(shape=draw.shape(1, 3))
    axis = draw.choice([..., draw.axis(x)])
    by = draw.randint(1, 3) if draw.maybe() else sorted(draw.randint(-2, 4) for _ in range(draw.randint(0, 2)))
    return call("split", x, by, axis=axis), lambda: np.split(x, by, 0 if axis is ... else axis)


def margin(draw, x):
    one = lambda: draw.choice([0, 1, 1, 2, 3, -1 if draw.maybe(0.05) else 2])
    kind = draw.random()
    if kind < 0.3:
        return one()
    if kind < 0.6:
        return [one(), one()]
    rank = x.ndim + (1 if draw.maybe(0.03) else 0)
    return [[one(), one()] for _ in range(rank)]


def padded(mode):
    @family.word(f"pad {mode}".replace(" ", "_"))
    def _(draw):
        x = draw.tensor(shape=draw.shape(1, 2))
        widths = margin(draw, x)
        if mode != "constant":
            return call("pad", x, widths, mode), lambda: np.pad(x, widths, mode)
        value = draw.choice([..., draw.randint(0, 9)])
        return call("pad", x, widths, value=value), lambda: np.pad(
            x, widths, constant_values=0 if value is ... else value
        )


for mode in ("constant", "edge", "reflect", "symmetric", "wrap"):
    padded(mode)


@family.word("flip")
def _(draw):
    x = draw.tensor()
    axis = draw.axes(x)
    return call("flip", x, axis=... if axis is None else axis), lambda: np.flip(x, axis)


@family.word("roll")
def _(draw):
    x = draw.tensor()
    kind = draw.random()
    if kind < 0.3:
        distance, axis = draw.randint(-9, 9), None
    elif kind < 0.7:
        distance, axis = draw.randint(-9, 9), draw.axis(x)
    else:
        axis = [draw.axis(x) for _ in range(draw.randint(1, 2))]
        distance = [draw.randint(-9, 9) for _ in axis]
    return call("roll", x, distance, axis=... if axis is None else axis), lambda: np.roll(
        x, distance, axis
    )


@family.word("tile")
def _(draw):
    x = draw.tensor(shape=draw.shape(0, 2))
    times = draw.randint(0, 3) if draw.maybe(0.4) else [draw.randint(0, 2) for _ in range(draw.randint(0, 3))]
    return call("tile", x, times), lambda: np.tile(x, times)


@family.word("repeat")
def _(draw):
    x = draw.tensor(shape=draw.shape(0, 2))
    axis = None if draw.maybe(0.4) or x.ndim == 0 else draw.axis(x)
    count = x.size if axis is None else (x.shape[axis] if -x.ndim <= axis < x.ndim else 1)
    times = draw.randint(0, 3)
    if draw.maybe(0.4):
        times = [draw.randint(0, 3) for _ in range(count + (1 if draw.maybe(0.05) else 0))]
    return call("repeat", x, times, axis=... if axis is None else axis), lambda: np.repeat(
        x, np.asarray(times, int), axis
    )


def offset(draw):
    return draw.choice([..., 0, 1, -1, 2, -2, 5, -5])


@family.word("diag")
def _(draw):
    x, k = draw.tensor(shape=draw.shape(1, 3)), offset(draw)
    known = 0 if k is ... else k
    return call("diag", x, offset=k), lambda: (
        np.diag(x, known) if x.ndim == 1 else np.linalg.diagonal(x, offset=known)
    )


@family.word("matrix_trace", single=1e-6, double=1e-15)
def _(draw):
    x, k = draw.tensor(shape=draw.shape(1 if draw.maybe(0.03) else 2, 3)), offset(draw)
    own = x.astype("int64") if x.dtype.kind in "iub" else x
    return call("matrix_trace", x, offset=k), lambda: np.asarray(
        np.linalg.trace(own, offset=0 if k is ... else k)
    )


def triangle(name, function):
    @family.word(name)
    def _(draw):
        x, k = draw.tensor(shape=draw.shape(2, 3)), offset(draw)
        return call(name, x, offset=k), lambda: function(x, 0 if k is ... else k)


triangle("tril", np.tril)
triangle("triu", np.triu)
