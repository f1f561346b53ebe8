"""Arithmetic, comparison and functions, element by element."""

import math

import numpy as np

from oracle import ALL, FLOATS, INTEGERS, NUMBERS, Family, call, fraction, lep, promoted

family = Family()


def operand(draw, types, weak=0.15, **range):
    """A tensor, or sometimes a number, which is weak."""
    if draw.maybe(weak):
        return draw.choice([draw.randint(0, 5), draw.randint(-20, 20) / 4])
    return draw.tensor(types, **range)


def pair(draw, types, **range):
    """Two operands whose shapes broadcast, at least one of them a tensor."""
    x = draw.tensor(types, **range)
    if draw.maybe(0.25):
        y = operand(draw, types, weak=1)
        return (y, x) if draw.maybe() else (x, y)
    y = draw.tensor(types, shape=draw.matching(x.shape), **range)
    return (y, x) if draw.maybe() else (x, y)


def agreed(x, y):
    """Both operands in the type that Lepton promotes them to."""
    strong = [v.dtype for v in (x, y) if isinstance(v, np.ndarray)]
    type = promoted(*strong)
    for v in (x, y):
        if isinstance(v, float):
            type = fraction(type)
        if isinstance(v, int) and type == "bool":
            type = "int64"
    for v in (x, y):
        if isinstance(v, int) and type in INTEGERS and not np.iinfo(type).min <= v <= np.iinfo(type).max:
            raise OverflowError
    cast = lambda v: v.astype(type) if isinstance(v, np.ndarray) else np.asarray(v, type)
    return cast(x), cast(y)


def operator(sign, function, types=ALL, single=0, double=None, **range):
    @family.word(sign, single, double)
    def _(draw):
        x, y = pair(draw, types, **range)
        return f"({lep(x)}) {sign} {lep(y)}", lambda: np.asarray(function(*agreed(x, y)))


def quotient(x, y):
    return np.divide(x.astype(fraction(x.dtype)), y.astype(fraction(x.dtype)))


operator("+", np.add)
operator("-", np.subtract)
operator("*", np.multiply)
operator("/", quotient)
operator("//", np.floor_divide, types=NUMBERS)
operator("%", np.remainder, types=NUMBERS)
operator("==", np.equal)
operator("!=", np.not_equal)
operator("<", np.less)
operator("<=", np.less_equal)
operator(">", np.greater)
operator(">=", np.greater_equal)
operator("^", np.power, types=NUMBERS, low=-2, high=4, single=1e-6, double=1e-15)


def logical(word, function):
    @family.word(word)
    def _(draw):
        x = draw.tensor(low=-1, high=1)
        y = draw.tensor(shape=draw.matching(x.shape), low=-1, high=1)
        return f"{lep(x)} {word} {lep(y)}", lambda: np.asarray(function(x, y))


logical("and", np.logical_and)
logical("or", np.logical_or)


@family.word("not")
def _(draw):
    x = draw.tensor(low=-1, high=1)
    return f"not {lep(x)}", lambda: np.asarray(np.logical_not(x))


@family.word("negate")
def _(draw):
    x = draw.tensor(NUMBERS)
    return f"-{lep(x)}", lambda: np.asarray(np.negative(x))


def function(name, answer, types=NUMBERS, single=0, double=None, **range):
    """A word of one tensor; `answer` sees it in the type that Lepton computes in."""

    @family.word(name, single, double)
    def _(draw):
        x = draw.tensor(types, **range)
        return call(name, x), lambda: np.asarray(answer(x))


def real(function):
    """NumPy's answer, computed in float64 and rounded to the type that Lepton gives."""
    return lambda x: function(x.astype("float64")).astype(fraction(x.dtype))


function("abs", np.abs)
function("sign", np.sign)
function("floor", np.floor)
function("ceil", np.ceil)
function("round", np.round)
function("sqrt", real(np.sqrt), single=2e-7)
function("exp", real(np.exp), single=1e-6, double=1e-15)
function("log", real(np.log), single=1e-6, double=1e-15)
function("log2", real(np.log2), single=1e-6, double=1e-15)
function("log10", real(np.log10), single=1e-6, double=1e-15)
function("sin", real(np.sin), single=1e-6, double=1e-15)
function("cos", real(np.cos), single=1e-6, double=1e-15)
function("tan", real(np.tan), single=1e-5, double=1e-14)
function("tanh", real(np.tanh), single=1e-6, double=1e-15)
function("sigmoid", real(lambda x: 1 / (1 + np.exp(-x))), single=1e-6, double=1e-15)
function("asin", real(np.arcsin), single=1e-6, double=1e-15, low=-1, high=1)
function("acos", real(np.arccos), single=1e-6, double=1e-15, low=-1, high=1)
function("atan", real(np.arctan), single=1e-6, double=1e-15)
function("sinh", real(np.sinh), single=1e-6, double=1e-15)
function("cosh", real(np.cosh), single=1e-6, double=1e-15)
function("expm1", real(np.expm1), single=1e-6, double=1e-15)
function("log1p", real(np.log1p), single=1e-6, double=1e-15)
function("erf", real(np.vectorize(math.erf, otypes=["float64"])), single=1e-6, double=1e-15)
function("isnan", np.isnan)
function("isinf", np.isinf)
function("isfinite", np.isfinite)


@family.word("nan_to_num")
def _(draw):
    x = draw.tensor(NUMBERS, special=0.5)
    value, above, below = (draw.choice([..., draw.randint(-9, 9) / 2]) for _ in range(3))
    given = {
        key: item
        for key, item in (("nan", value), ("posinf", above), ("neginf", below))
        if item is not ...
    }
    return call("nan_to_num", x, value=value, above=above, below=below), lambda: np.asarray(
        np.nan_to_num(x, **given)
    )


# Which of two zeros wins NumPy leaves open.
@family.word("maximum", single=1e-30)
def _(draw):
    x, y = pair(draw, ALL)
    return call("max", x, y), lambda: np.asarray(np.maximum(*agreed(x, y)))


@family.word("minimum", single=1e-30)
def _(draw):
    x, y = pair(draw, ALL)
    return call("min", x, y), lambda: np.asarray(np.minimum(*agreed(x, y)))


@family.word("clip", single=1e-30)
def _(draw):
    x = draw.tensor(NUMBERS)
    low, high = sorted([draw.randint(0, 5), draw.randint(0, 9)])
    low, high = (None if draw.maybe(0.2) else low), (None if draw.maybe(0.2) else high)
    if draw.maybe(0.2):
        low = draw.tensor(type=str(x.dtype), shape=draw.matching(x.shape), special=0)
    return call("clip", x, low, high), lambda: np.asarray(
        x if low is None and high is None else np.clip(x, low, high)
    )


@family.word("where")
def _(draw):
    x, y = pair(draw, ALL)
    shape = draw.choice([x, y]).shape if all(isinstance(v, np.ndarray) for v in (x, y)) else ()
    condition = draw.tensor(["bool"], shape=draw.matching(shape))
    return call("where", condition, x, y), lambda: np.asarray(np.where(condition, *agreed(x, y)))


def cast(name):
    @family.word(name)
    def _(draw):
        x = draw.tensor(special=0, low=0 if name == "uint8" else -9)
        return call(name, x), lambda: x.astype(name)


for name in ("float32", "float64", "int64", "int32", "uint8", "int8"):
    cast(name)


def twofold(name, answer):
    @family.word(name, single=1e-6, double=1e-15)
    def _(draw):
        x, y = pair(draw, NUMBERS)

        def found():
            a, b = agreed(x, y)
            return np.asarray(answer(a.astype("float64"), b.astype("float64"))).astype(fraction(a.dtype))

        return call(name, x, y), found


twofold("atan2", np.arctan2)
twofold("hypot", np.hypot)
