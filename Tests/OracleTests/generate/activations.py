"""Activations and their slopes, beside PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F

from oracle import FLOATS, Family, lep

family = Family()

FUNCTIONS = {
    "relu": torch.relu,
    "relu6": F.relu6,
    "squared_relu": lambda x: torch.relu(x) ** 2,
    "leaky_relu": F.leaky_relu,
    "x -> leaky_relu(x, 0.25)": lambda x: F.leaky_relu(x, 0.25),
    "elu": F.elu,
    "x -> elu(x, 0.5)": lambda x: F.elu(x, 0.5),
    "selu": F.selu,
    "x -> celu(x, 2.0)": lambda x: F.celu(x, 2.0),
    "softplus": F.softplus,
    "x -> softplus(x, 3.0)": lambda x: F.softplus(x, 3.0),
    "log_sigmoid": F.logsigmoid,
    "silu": F.silu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x),
    "mish": F.mish,
    # PyTorch rounds the slope of its own to float32.
    "hard_sigmoid": lambda x: (x / 6 + 0.5).clamp(0, 1),
    "hard_swish": F.hardswish,
    "hard_tanh": F.hardtanh,
    "x -> hard_tanh(x, -0.5, 2)": lambda x: F.hardtanh(x, -0.5, 2),
    "softsign": F.softsign,
    "tanhshrink": F.tanhshrink,
    "softshrink": F.softshrink,
    "hardshrink": F.hardshrink,
    "x -> threshold(x, 0.5, -3)": lambda x: F.threshold(x, 0.5, -3),
    "softmin": lambda x: F.softmin(x, -1),
    "x -> softmin(x, axis=0)": lambda x: F.softmin(x, 0),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softmax": lambda x: F.softmax(x, -1),
    "log_softmax": lambda x: F.log_softmax(x, -1),
    "glu": lambda x: F.glu(x, -1),
    "swiglu": lambda x: x[..., : x.shape[-1] // 2] * F.silu(x[..., x.shape[-1] // 2 :]),
    "geglu": lambda x: x[..., : x.shape[-1] // 2] * F.gelu(x[..., x.shape[-1] // 2 :]),
    "maxout": lambda x: x.unflatten(-1, (-1, 2)).amax(-1),
}


def numbers(draw, shape, type="float64", size=4.0):
    """Numbers away from the places where an activation has no slope."""
    count = int(np.prod(shape, dtype=int))
    return np.array(
        [round(round(draw.uniform(-size, size), 2) + 0.0037, 4) for _ in range(count)], dtype=type
    ).reshape(shape)


def case(draw, sloped):
    """A call of an activation, or of the slope of a weighed sum of what it gives."""
    name = draw.choice(sorted(FUNCTIONS))
    type = draw.type(FLOATS)
    shape = [draw.randint(1, 2), 2 * draw.randint(1, 2)]
    x = numbers(draw, shape, type, draw.choice([1.0, 4.0, 12.0]))
    weights = numbers(draw, shape, type)
    f = f"({name})" if "->" in name else name

    def answer():
        given = torch.tensor(x.astype("float64"), requires_grad=True)
        y = FUNCTIONS[name](given)
        if not sloped:
            return y.detach().numpy().astype(type)
        w = torch.tensor(weights.astype("float64"))[..., : y.shape[-1]]
        (y * w).sum().backward()
        return given.grad.numpy().astype(type)

    if not sloped:
        return f"{f}({lep(x)})", answer
    width = shape[-1] // 2 if name in ("glu", "swiglu", "geglu", "maxout") else shape[-1]
    return f"grad(x->sum({f}(x)*{lep(weights[..., :width])}))({lep(x)})", answer


@family.word("activations", single=3e-6, double=1e-12)
def _(draw):
    return case(draw, sloped=False)


@family.word("slopes_of_activations", single=1e-5, double=1e-12)
def _(draw):
    return case(draw, sloped=True)
