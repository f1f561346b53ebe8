"""What many numbers come to, over one axis, several or all."""

import numpy as np

from oracle import ALL, Family, accumulated, call, fraction

family = Family()


def reduction(name, answer, types=ALL, single=0, double=None, **range):
    """A word `name(x, axis, keepdims)`; `answer` takes the same as NumPy does."""

    @family.word(name, single, double)
    def _(draw):
        x = draw.tensor(types, **range)
        axis, keep = draw.axes(x), draw.choice([..., True, False])
        given = axis if axis is not None or draw.maybe(0.3) else ...
        return (
            call(name, x, axis=given, keepdims=keep),
            lambda: answer(x, axis=axis, keepdims=keep is True),
        )


def exact(function, type=lambda own: own):
    """NumPy's answer in the type that Lepton gives."""
    return lambda x, **k: np.asarray(function(x.astype(accumulated(x.dtype)), **k))


def smooth(function):
    """NumPy's answer, computed in float64 and rounded to the type that Lepton gives."""
    return lambda x, **k: np.asarray(function(x.astype("float64"), **k)).astype(fraction(x.dtype))


reduction("sum", exact(np.sum), single=1e-6, double=1e-15)
reduction("prod", exact(np.prod), single=1e-6, double=1e-15, low=-3, high=4)
reduction("mean", smooth(np.mean), single=1e-6, double=1e-15)
reduction("max", np.max)
reduction("min", np.min)
reduction("any", np.any)
reduction("all", np.all)
