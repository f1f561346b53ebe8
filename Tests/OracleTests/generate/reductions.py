"""What many numbers come to, over one axis, several or all."""

import numpy as np

from oracle import ALL, NUMBERS, Family, accumulated, call, fraction

family = Family()


def reduction(name, answer, types=ALL, single=0, double=None, keywords=None, **range):
    """A word `name(x, axis, keepdims)`; `answer` takes the same as NumPy does."""

    @family.word(name, single, double)
    def _(draw):
        x = draw.tensor(types, **range)
        axis, keep = draw.axes(x), draw.choice([..., True, False])
        given = axis if axis is not None or draw.maybe(0.3) else ...
        more = keywords(draw) if keywords else {}
        return (
            call(name, x, axis=given, keepdims=keep, **more),
            lambda: answer(x, axis=axis, keepdims=keep is True, **more),
        )


def exact(function):
    """NumPy's answer in the type in which Lepton adds up."""
    return lambda x, **k: np.asarray(function(x.astype(accumulated(x.dtype)), **k))


def smooth(function):
    """NumPy's answer, computed in float64 and rounded to the type that Lepton gives."""
    return lambda x, **k: np.asarray(function(x.astype("float64"), **k)).astype(fraction(x.dtype))


def spread(function):
    return lambda x, axis, keepdims, correction=0: smooth(function)(
        x, axis=axis, keepdims=keepdims, ddof=correction
    )


def corrected(draw):
    return {"correction": draw.choice([0, 1, 2])} if draw.maybe() else {}


reduction("sum", exact(np.sum), single=1e-6, double=1e-15)
reduction("prod", exact(np.prod), single=1e-6, double=1e-15, low=-3, high=4)
reduction("mean", smooth(np.mean), single=1e-6, double=1e-15)
reduction("var", spread(np.var), single=1e-6, double=1e-14, keywords=corrected)
reduction("std", spread(np.std), single=1e-6, double=1e-14, keywords=corrected)
reduction("max", np.max)
reduction("min", np.min)
reduction("any", np.any)
reduction("all", np.all)
reduction("count", lambda x, **k: np.asarray(np.count_nonzero(x, **k)))


@family.word("median", single=1e-6, double=1e-15)
def _(draw):
    x = draw.tensor(empty=0.01)
    axis, keep = draw.axes(x), draw.choice([..., True, False])
    answer = lambda: np.asarray(
        np.median(x.astype("float64"), axis=axis, keepdims=keep is True)
    ).astype(fraction(x.dtype))
    return call("median", x, axis=... if axis is None else axis, keepdims=keep), answer


def place(name, function):
    @family.word(name)
    def _(draw):
        x = draw.tensor(low=-3, high=3)
        axis = draw.axis(x) if draw.maybe(0.7) else None
        keep = draw.choice([..., True, False])
        return (
            call(name, x, axis=... if axis is None else axis, keepdims=keep),
            lambda: np.asarray(function(x, axis=axis, keepdims=keep is True)),
        )


place("argmax", np.argmax)
place("argmin", np.argmin)


def share(name, function, whole):
    """A word that gives numbers below which shares of a whole lie.

    NumPy multiplies the gap to the next number even where it goes no part of it, and so makes NaN of
    infinite neighbours. Lepton gives the number; the inputs here are finite or NaN.
    """

    @family.word(name, single=2e-6, double=1e-14)
    def _(draw):
        x = draw.tensor(NUMBERS, empty=0.02, special=0)
        if x.dtype.kind == "f" and draw.maybe(0.2):
            x = np.where(x > 6, x.dtype.type(np.nan), x)
        axis, keep = draw.axes(x), draw.choice([..., True, False])
        axis = axis or None if x.size == 0 else axis
        one = lambda: draw.choice([0.0, 0.25, 0.5, 0.75, 1.0, 0.125, 0.3, 1.5 if draw.maybe(0.1) else 0.9])
        q = one() * whole if draw.maybe() else [one() * whole for _ in range(draw.randint(1, 3))]
        method = draw.choice([..., ..., "linear", "lower", "higher", "nearest", "midpoint"])
        answer = lambda: np.asarray(
            function(
                x.astype("float64"), q, axis=axis, keepdims=keep is True,
                method="linear" if method is ... else method,
            )
        ).astype(fraction(x.dtype))
        given = ... if axis is None else axis
        return call(name, x, q, axis=given, keepdims=keep, method=method), answer


share("quantile", np.quantile, 1)
share("percentile", np.percentile, 100)
