"""Derivatives of the words of tensors, of first and second order and over batches, beside PyTorch."""

import numpy as np
import torch
from torch.func import grad, jvp, vmap

from oracle import Family, lep

family = Family()

# Each group: what its inputs are like, and pairs of a function in Lepton and the same in PyTorch.
ELEMENTWISE = {
    "any": {
        "abs(x)": torch.abs,
        "exp(x)": torch.exp,
        "sin(x)": torch.sin,
        "cos(x)": torch.cos,
        "atan(x)": torch.atan,
        "sinh(x)": torch.sinh,
        "cosh(x)": torch.cosh,
        "tanh(x)": torch.tanh,
        "sigmoid(x)": torch.sigmoid,
        "relu(x)": torch.relu,
        "erf(x)": torch.erf,
        "expm1(x)": torch.expm1,
        "-x + 2 * x": lambda x: -x + 2 * x,
        "1.5 - x / 3": lambda x: 1.5 - x / 3,
        "x^3": lambda x: x**3,
        "1 / x": lambda x: 1 / x,
        "x * x[:1] / (x[:, :1] ^ 2 + 1)": lambda x: x * x[:1] / (x[:, :1] ** 2 + 1),
        "max(x, 0.4 * flip(x, axis=0))": lambda x: torch.maximum(x, 0.4 * x.flip(0)),
        "min(x, 0.4 * flip(x, axis=0))": lambda x: torch.minimum(x, 0.4 * x.flip(0)),
        "clip(x, -0.9, 1.1)": lambda x: x.clip(-0.9, 1.1),
        "where(x > 0.3, x^2, exp(x))": lambda x: torch.where(x > 0.3, x**2, x.exp()),
        "floor(x) * x": lambda x: x.floor() * x,
        "x % 0.7": lambda x: x % 0.7,
        "sign(x) * x^2": lambda x: x.sign() * x**2,
        "atan2(x, flip(x))": lambda x: torch.atan2(x, x.flip(0, 1)),
        "hypot(x, flip(x))": lambda x: torch.hypot(x, x.flip(0, 1)),
    },
    "positive": {
        "log(x)": torch.log,
        "log2(x)": torch.log2,
        "log10(x)": torch.log10,
        "log1p(x)": torch.log1p,
        "sqrt(x)": torch.sqrt,
        "x^0.3": lambda x: x**0.3,
        "x^x": lambda x: x**x,
        "2.5^x": lambda x: 2.5**x,
    },
    "unit": {"asin(x)": torch.asin, "acos(x)": torch.acos, "tan(x)": torch.tan},
}

FOLDING = {
    "any": {
        "sum(x, axis=0)": lambda x: x.sum(0) ** 1,
        "mean(x, axis=1)^2": lambda x: x.mean(1) ** 2,
        "var(x, axis=1)": lambda x: x.var(1, correction=0),
        "std(x, axis=0, correction=1)": lambda x: x.std(0),
        "max(x, axis=1)^2": lambda x: x.amax(1) ** 2,
        "min(x)^3": lambda x: x.amin() ** 3,
        # PyTorch's median is the lower one of two in the middle.
        "median(x)^2": lambda x: x.flatten().quantile(0.5) ** 2,
        "logsumexp(x)": lambda x: x.logsumexp(-1),
        "softmax(x, axis=0)": lambda x: x.softmax(0),
        "log_softmax(x)": lambda x: x.log_softmax(-1),
        "norm(x)": lambda x: x.norm(),
        "cumsum(x, axis=1)^2": lambda x: x.cumsum(1) ** 2,
        "cummax(x, axis=0)^2": lambda x: x.cummax(0).values ** 2,
        "cummin(x, axis=1)^2": lambda x: x.cummin(1).values ** 2,
        "sort(x, axis=0)^2": lambda x: x.sort(0).values ** 2,
        "sort(x, descending=true)^3": lambda x: x.sort(-1, descending=True).values ** 3,
        "topk(x, 2).values^2": lambda x: x.topk(2).values ** 2,
        "quantile(x, 0.3, axis=1)^2": lambda x: x.quantile(0.3, 1) ** 2,
        "diff(x, axis=0)^2": lambda x: x.diff(dim=0) ** 2,
    },
    # Products of which some factors are 0.
    "zeros": {
        "prod(x)": torch.prod,
        "prod(x, axis=0)": lambda x: x.prod(0),
        "prod(x, axis=1)^2": lambda x: x.prod(1) ** 2,
        "cumprod(x, axis=1)": lambda x: x.cumprod(1),
        "cumprod(x, axis=0)^2": lambda x: x.cumprod(0) ** 2,
    },
}

MOVING = {
    "any": {
        "reshape(x, [-1])^2": lambda x: x.reshape(-1) ** 2,
        "x.T^2": lambda x: x.T**2,
        "broadcast(expand(x, 0), concat([2], x.shape))^2": lambda x: x.expand(2, *x.shape) ** 2,
        "x[::-2, 1:]^3": lambda x: x.flip(0)[::2, 1:] ** 3,
        "x[[0, -1, 0]]^2": lambda x: x[[0, -1, 0]] ** 2,
        "x[:, [1, 1]]^3": lambda x: x[:, [1, 1]] ** 3,
        "concat(x, x^2, axis=1)": lambda x: torch.cat([x, x**2], 1),
        "stack(x, x^3)": lambda x: torch.stack([x, x**3]),
        "pad(x, [[1, 0], [0, 2]], value=3)^2": lambda x: torch.nn.functional.pad(x, [0, 2, 1, 0], value=3) ** 2,
        "flip(x)^2": lambda x: x.flip(0, 1) ** 2,
        "roll(x, 1, axis=1)^3": lambda x: x.roll(1, 1) ** 3,
        "tile(x, [2, 1])^2": lambda x: x.tile(2, 1) ** 2,
        "tril(x)^2": lambda x: x.tril() ** 2,
        "triu(x, 1)^2": lambda x: x.triu(1) ** 2,
        "diag(x)^2": lambda x: x.diag() ** 2,
        "matrix_trace(x)^2": lambda x: x.diagonal().sum() ** 2,
        "gather(x, zeros(x.shape, int64), axis=1)^2": lambda x: x.gather(1, torch.zeros(x.shape, dtype=int)) ** 2,
        "take(x, [1, 0, 1], axis=0)^2": lambda x: x[[1, 0, 1]] ** 2,
        "scatter_add(x, zeros(x.shape, int64), x^2, axis=0)": lambda x: x.scatter_add(
            0, torch.zeros(x.shape, dtype=int), x**2
        ),
        "x @ x.T": lambda x: x @ x.T,
        "x.T @ (x @ x.T)": lambda x: x.T @ (x @ x.T),
        "einsum(\"ij,kj,k->i\", x, x, x[:, 0])": lambda x: torch.einsum("ij,kj,k->i", x, x, x[:, 0]),
        "outer(x[0], x[1])": lambda x: torch.outer(x[0], x[1]),
        "dot(x[0], x[1])": lambda x: x[0] @ x[1],
        "kron(x, x[:2])": lambda x: torch.kron(x, x[:2]),
        "magnitude(fft(x))": lambda x: torch.fft.fft(x).abs(),
        "rfft(x, axis=0)^2": lambda x: torch.view_as_real(torch.fft.rfft(x, dim=0)) ** 2,
        "rfft(x, 5)^2": lambda x: torch.view_as_real(torch.fft.rfft(x, 5)) ** 2,
        "irfft(rfft(x) ^ 3, x.shape[1])": lambda x: torch.fft.irfft(
            torch.view_as_complex(torch.view_as_real(torch.fft.rfft(x)) ** 3), x.shape[1]
        ),
    },
}

MATRICES = {
    "square": {
        "inv(x)": torch.linalg.inv,
        "det(x)": torch.linalg.det,
        "slogdet(x).logabsdet": lambda x: torch.linalg.slogdet(x).logabsdet,
        "solve(x, x[:, 0])": lambda x: torch.linalg.solve(x, x[:, 0]),
        "solve(x, x^2)": lambda x: torch.linalg.solve(x, x**2),
        "matrix_power(x, 3)": lambda x: torch.linalg.matrix_power(x, 3),
        "matrix_power(x, -2)": lambda x: torch.linalg.matrix_power(x, -2),
        "cholesky(x @ x.T)": lambda x: torch.linalg.cholesky(x @ x.T),
        "eigh(x + x.T).eigenvalues": lambda x: torch.linalg.eigh(x + x.T).eigenvalues,
        "eigvalsh(x @ x.T)": lambda x: torch.linalg.eigvalsh(x @ x.T),
        "eigh(x + x.T).eigenvectors^2": lambda x: torch.linalg.eigh(x + x.T).eigenvectors ** 2,
    },
    "tall": {
        "qr(x).r^2": lambda x: torch.linalg.qr(x).R ** 2,
        "qr(x).q^2": lambda x: torch.linalg.qr(x).Q ** 2,
        "svdvals(x)": torch.linalg.svdvals,
        "svd(x, full_matrices=false).u^2": lambda x: torch.linalg.svd(x, full_matrices=False).U ** 2,
        "svd(x, full_matrices=false).vh^2": lambda x: torch.linalg.svd(x, full_matrices=False).Vh ** 2,
        "pinv(x)": torch.linalg.pinv,
        "lstsq(x, x[:, 0]^2).solution": lambda x: torch.linalg.lstsq(x, x[:, :1] ** 2).solution[:, 0],
        "norm(x, \"nuc\")": lambda x: torch.linalg.svdvals(x).sum(),
    },
}


def inputs(draw, kind):
    """A matrix away from the places where a function has no derivative: all elements differ."""
    rows, columns = draw.randint(2, 3), draw.randint(2, 3)
    if kind == "square":
        columns = rows
    if kind == "tall":
        rows, columns = draw.randint(3, 4), 2
    low, high = {"positive": (30, 300), "unit": (-90, 90)}.get(kind, (-200, 200))
    while True:
        numbers = draw.sample([n for n in range(low, high) if abs(n) > 5], rows * columns)
        x = np.array([n / 100 + 0.0037 for n in numbers]).reshape(rows, columns)
        if kind == "zeros":
            for place in draw.sample(range(x.size), draw.choice([0, 1, 1, 2, 3])):
                x.flat[place] = 0
        if kind not in ("square", "tall"):
            return x
        # Well away from singular ones, and from those with equal values.
        values = [np.linalg.svd(x)[1], np.abs(np.linalg.eigvalsh(x + x.T))] if kind == "square" else [np.linalg.svd(x)[1]]
        if all(v.min() > 0.5 and np.diff(np.sort(v)).min() > 0.3 for v in values):
            return x


def weights(draw, shape):
    return np.array([draw.randint(-20, 20) / 8 + 0.0625 for _ in range(int(np.prod(shape, dtype=int)))]).reshape(shape)


def case(draw, functions, order):
    """A call that gives a derivative of a function, and what PyTorch gives."""
    kind = draw.choice(sorted(functions))
    text = draw.choice(sorted(functions[kind]))
    function = functions[kind][text]
    x = inputs(draw, kind)
    w = weights(draw, tuple(function(torch.tensor(x)).shape))
    v = weights(draw, x.shape)
    weighed, toward = torch.tensor(w), torch.tensor(v)
    inner = f"x -> sum(({text}) * {lep(w)})"

    def loss(x):
        return (function(x) * weighed).sum()

    if order == "second":
        call = f"grad(x -> sum(grad({inner})(x) * {lep(v)}))({lep(x)})"
        return call, lambda: grad(lambda x: (grad(loss)(x) * toward).sum())(torch.tensor(x)).numpy(force=True)
    if order == "batch":
        batch = np.stack([x, inputs_like(draw, kind, x)])
        return f"vmap(grad({inner}))({lep(batch)})", lambda: np.stack(
            [grad(loss)(torch.tensor(one)).numpy(force=True) for one in batch]
        )
    if order == "forward":
        call = f"jvp(x -> {text}, {lep(x)}, {lep(v)})[1]"
        return call, lambda: jvp(function, (torch.tensor(x),), (toward,))[1].numpy(force=True)
    return f"grad({inner})({lep(x)})", lambda: grad(loss)(torch.tensor(x)).numpy(force=True)


def inputs_like(draw, kind, x):
    while True:
        other = inputs(draw, kind)
        if other.shape == x.shape:
            return other


for name, functions in {
    "elementwise": ELEMENTWISE, "folding": FOLDING, "moving": MOVING, "matrix": MATRICES
}.items():
    for order in ["first", "second", "forward", "batch"]:
        # Matrices that are nearly singular have derivatives as large.
        family.word(f"{order}_derivatives_{name}", double=1e-9 if name == "matrix" else 1e-11)(
            lambda draw, functions=functions, order=order: case(draw, functions, order)
        )
