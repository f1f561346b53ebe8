"""Numbers that lie far off, moved to bounds that a table taught, beside NumPy."""

import numpy as np

from oracle import Family, lep

family = Family()


def tables(draw):
    """A table with a few numbers far off, and rows that it did not see."""
    width = draw.randint(1, 3)

    def number():
        return round(draw.gauss(0, 100) if draw.maybe(0.1) else draw.gauss(3, 2), 3)

    def rows(count):
        return np.array([[number() for _ in range(width)] for _ in range(count)])

    return rows(draw.randint(4, 12)), rows(3)


def moved(step, x, new, low, high):
    return f"fitted({step},{lep(x)})({lep(new)})", lambda: np.clip(new, low, high)


@family.word("winsorize", double=1e-6)
def _(draw):
    x, new = tables(draw)
    low, high = draw.choice([(0.05, 0.95), (0.1, 0.8), (0.0, 0.5)])
    bounds = np.quantile(x, [low, high], axis=0)
    return moved(f"winsorize(low={low},high={high})", x, new, *bounds)


@family.word("clip_outliers", double=1e-6)
def _(draw):
    x, new = tables(draw)
    if draw.maybe():
        factor = draw.choice([1, 1.5, 3])
        low, high = np.quantile(x, [0.25, 0.75], axis=0)
        beyond = factor * (high - low)
        return moved(f"clip_outliers(factor={factor})", x, new, low - beyond, high + beyond)
    factor = draw.choice([1, 2, 3])
    middle, beyond = x.mean(axis=0), factor * x.std(axis=0)
    step = f'clip_outliers(by="z-score",factor={factor})'
    return moved(step, x, new, middle - beyond, middle + beyond)
