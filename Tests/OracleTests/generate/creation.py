"""How tensors are made."""

import numpy as np

from oracle import ALL, Family, call

family = Family()


def sizes(draw, wrong=0.03):
    if draw.maybe(0.3):
        return draw.randint(0, 9)
    shape = draw.shape(0, 4)
    return shape + [-1] if draw.maybe(wrong) else shape


def filled(name, function):
    @family.word(name)
    def _(draw):
        shape, type = sizes(draw), draw.choice([..., *ALL])
        dtype = "float32" if type is ... else type
        return call(name, shape, type=type), lambda: function(shape, dtype)


filled("zeros", np.zeros)
filled("ones", np.ones)


def like(name, function):
    @family.word(name)
    def _(draw):
        x, type = draw.tensor(), draw.choice([..., ..., *ALL])
        return call(name, x, type=type), lambda: function(x, dtype=None if type is ... else type)


like("zeros_like", np.zeros_like)
like("ones_like", np.ones_like)


@family.word("full_like")
def _(draw):
    x, value = draw.tensor(), draw.randint(0, 7)
    return call("full_like", x, value), lambda: np.full_like(x, value)


@family.word("full")
def _(draw):
    shape, value = sizes(draw), draw.choice([draw.randint(0, 9), draw.randint(-9, 9) / 4, draw.maybe()])
    type = draw.choice([..., *ALL])
    if isinstance(value, float) and value < 0 and type == "uint8":
        value = -value
    own = {float: "float32", int: "int64", bool: "bool"}[value.__class__]
    return call("full", shape, value, type=type), lambda: np.full(
        shape, value, own if type is ... else type
    )


@family.word("arange", single=1e-6, double=1e-15)
def _(draw):
    whole = draw.maybe()
    one = (lambda: draw.randint(-9, 9)) if whole else (lambda: draw.randint(-16, 16) / 4)
    args = [one() for _ in range(draw.randint(1, 3))]
    if len(args) == 3 and draw.maybe(0.9):
        args[2] = args[2] or (1 if whole else 0.25)
    type = "int64" if whole else "float32"
    return call("arange", *args), lambda: np.arange(*args).astype(type)


@family.word("linspace", single=1e-6, double=1e-15)
def _(draw):
    a, b, count = draw.randint(-20, 20) / 4, draw.randint(-9, 9), draw.randint(-1, 9)
    type = draw.choice([..., "float32", "float64"])
    dtype = "float32" if type is ... else type
    return call("linspace", a, b, count, type=type), lambda: np.linspace(a, b, count).astype(dtype)


@family.word("eye")
def _(draw):
    rows, columns = draw.randint(-1, 5), draw.choice([..., draw.randint(0, 5)])
    type = draw.choice([..., *ALL])
    dtype = "float32" if type is ... else type
    return call("eye", rows, columns=columns, type=type), lambda: np.eye(
        rows, None if columns is ... else columns, dtype=dtype
    )


@family.word("one_hot")
def _(draw):
    labels, classes = draw.tensor(["int64", "int32", "uint8"], low=0, high=4), draw.randint(0, 5)
    type = draw.choice([..., *ALL])
    dtype = "float32" if type is ... else type
    return call("one_hot", labels, classes, type=type), lambda: (
        labels[..., None] == np.arange(classes)
    ).astype(dtype)


@family.word("tensor")
def _(draw):
    x, type = draw.tensor(special=0, low=0), draw.choice([..., ..., *ALL])
    return call("tensor", x, type=type), lambda: x if type is ... else x.astype(type)


@family.word("meshgrid")
def _(draw):
    rows = [draw.tensor(shape=[draw.size()]) for _ in range(draw.randint(1, 3))]
    indexing = draw.choice([..., "xy", "ij"])
    return call("meshgrid", *rows, indexing=indexing), lambda: list(
        np.meshgrid(*rows, indexing="xy" if indexing is ... else indexing)
    )
