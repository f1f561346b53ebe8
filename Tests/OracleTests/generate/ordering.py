"""Order, and what runs along an axis."""

import numpy as np

from oracle import FLOATS, NUMBERS, Family, accumulated, call, fraction, promoted

family = Family()


def lines(draw, x):
    """An axis by name, `nothing`, or none."""
    kind = draw.random()
    return ... if kind < 0.3 else None if kind < 0.4 else draw.axis(x)


def order(x, axis, descending):
    """The places of the elements in order; equals keep theirs, NaN is last."""
    if axis is None:
        x, axis = x.ravel(), 0
    if not descending:
        return np.argsort(x, axis, stable=True)
    if x.dtype.kind == "f":
        return np.argsort(-x, axis, stable=True)
    return np.argsort(-x.astype("int64"), axis, stable=True)


@family.word("sort")
def _(draw):
    x, axis = draw.tensor(low=-4, high=4), draw.choice([..., 0, 1])
    axis, descending = lines(draw, x), draw.choice([..., True, False])
    known = -1 if axis is ... else axis

    def answer():
        flat = x.ravel() if known is None else x
        places = order(x, known, descending is True)
        return np.take_along_axis(flat, places, 0 if known is None else known)

    return call("sort", x, axis=axis, descending=descending), answer


@family.word("argsort")
def _(draw):
    x = draw.tensor(low=-4, high=4, shape=draw.shape(1, 3))
    axis, descending = lines(draw, x), draw.choice([..., True, False])
    return call("argsort", x, axis=axis, descending=descending), lambda: order(
        x, -1 if axis is ... else axis, descending is True
    )


@family.word("topk")
def _(draw):
    x = draw.tensor(low=-4, high=4, shape=draw.shape(1, 3))
    axis, largest, count = draw.choice([..., draw.axis(x)]), draw.choice([..., True, False]), draw.randint(-1, 4)
    known = -1 if axis is ... else axis

    def answer():
        if not 0 <= count <= x.shape[known]:
            raise ValueError
        places = np.take(order(x, known, largest is not False), np.arange(count), known)
        return {"values": np.take_along_axis(x, places, known), "indices": places}

    return call("topk", x, count, axis=axis, largest=largest), answer


@family.word("searchsorted")
def _(draw):
    x = np.sort(draw.tensor(shape=[draw.randint(0, 6)], low=-4, high=4))
    values, side = draw.tensor(low=-5, high=5), draw.choice([..., "left", "right"])
    type = promoted(x.dtype, values.dtype)
    return call("searchsorted", x, values, side=side), lambda: np.asarray(
        np.searchsorted(x.astype(type), values.astype(type), "left" if side is ... else side)
    )


@family.word("unique")
def _(draw):
    x = draw.tensor(low=-3, high=3)
    counts, inverse = draw.maybe(), draw.maybe()

    def answer():
        values, places, times = np.unique(x, return_inverse=True, return_counts=True)
        if not counts and not inverse:
            return values
        named = {"values": values}
        if counts:
            named["counts"] = times
        if inverse:
            named["inverse"] = places.reshape(x.shape)
        return named

    return call("unique", x, counts=counts or ..., inverse=inverse or ...), answer


def running(name, function, types=NUMBERS + ["bool"], single=0, double=None, **range):
    @family.word(name, single, double)
    def _(draw):
        x = draw.tensor(types, **range)
        axis = None if draw.maybe(0.3) else draw.axis(x)
        return call(name, x, axis=... if axis is None else axis), lambda: function(x, axis)


def flat(function):
    """An accumulation without an axis runs through all elements."""
    return lambda x, axis: function(x.ravel(), axis=0) if axis is None else function(x, axis=axis)


running("cumsum", lambda x, axis: np.cumsum(x.astype(accumulated(x.dtype)), axis), single=1e-6, double=1e-15)
running(
    "cumprod", lambda x, axis: np.cumprod(x.astype(accumulated(x.dtype)), axis),
    single=1e-6, double=1e-15, low=-3, high=3,
)
running("cummax", flat(np.maximum.accumulate), single=1e-30)
running("cummin", flat(np.minimum.accumulate), single=1e-30)


@family.word("diff")
def _(draw):
    x = draw.tensor(shape=draw.shape(0 if draw.maybe(0.05) else 1, 3))
    times, axis = draw.choice([..., 0 if x.ndim else 1, 1, 2, 3, -1]), draw.choice([..., draw.axis(x)])
    return call("diff", x, times=times, axis=axis), lambda: np.diff(
        x, 1 if times is ... else times, -1 if axis is ... else axis
    )


@family.word("histogram", single=1e-6, double=1e-14)
def _(draw):
    x = draw.tensor(NUMBERS, special=0.2 if draw.maybe(0.1) else 0, shape=[draw.randint(0, 8)])
    density = draw.choice([..., ..., True, False])
    bins, low, high = draw.choice([..., draw.randint(0, 5)]), ..., ...
    if draw.maybe(0.4):
        low = draw.randint(-9, 4)
        high = low + draw.choice([0, 1, 2, 4, 8, -1])
    if draw.maybe(0.3):
        bins, low, high = [draw.randint(-9, 9) for _ in range(draw.randint(2, 4))], ..., ...
        bins = bins if draw.maybe(0.1) else sorted(bins)

    def answer():
        ends = None if low is ... else (low, high)
        counts, edges = np.histogram(
            x.astype("float64"), 10 if bins is ... else bins, ends, density is True
        )
        type = fraction(x.dtype)
        return {"counts": counts.astype(type) if density is True else counts, "edges": edges.astype(type)}

    return call("histogram", x, bins=bins, low=low, high=high, density=density), answer


@family.word("bincount", single=1e-6, double=1e-15)
def _(draw):
    x = draw.tensor(["int64", "int32", "uint8"], shape=[draw.randint(0, 8)], low=-1 if draw.maybe(0.05) else 0, high=6)
    weights = draw.tensor(FLOATS, shape=x.shape if draw.maybe(0.95) or not x.size else [9]) if draw.maybe(0.4) else ...
    length = draw.choice([..., draw.randint(-1, 9)])
    given = None if weights is ... else weights.astype("float64")

    def answer():
        counts = np.bincount(x, given, 0 if length is ... else length)
        return counts if given is None else counts.astype(weights.dtype)

    return call("bincount", x, weights=weights, length=length), answer


def related(name, function, single, double):
    @family.word(name, single, double)
    def _(draw):
        shape = [draw.randint(2, 5)] if draw.maybe(0.3) else [draw.randint(1, 3), draw.randint(2, 5)]
        x = draw.tensor(NUMBERS, shape=shape, special=0)
        y = draw.tensor(NUMBERS, shape=shape[-1:], special=0) if draw.maybe(0.3) else ...
        other = None if y is ... else y.astype("float64")
        type = fraction(x.dtype) if y is ... else promoted(fraction(x.dtype), fraction(y.dtype))
        return call(name, x, y=y), lambda: np.asarray(function(x.astype("float64"), other)).astype(type)


related("cov", np.cov, 1e-5, 1e-14)
related("corr", np.corrcoef, 1e-5, 1e-13)
