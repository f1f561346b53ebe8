"""Losses and their slopes, beside PyTorch, Keras's definitions and scikit-learn."""

import numpy as np
import torch
import torch.nn.functional as F

from activations import numbers
from oracle import FLOATS, Family, lep

family = Family()
REDUCTIONS = {"mean": "mean", "sum": "sum", "identity": "none"}


def cross_entropy(draw, type):
    count, classes = draw.randint(1, 4), draw.randint(2, 4)
    z = numbers(draw, [count, classes], type)
    reduce = draw.choice(sorted(REDUCTIONS))
    smoothing = draw.choice([0, 0.1])
    weights = np.abs(numbers(draw, [classes], type)) if draw.maybe() else None
    extra = f",smoothing={smoothing}" + ("" if weights is None else f",class_weights={lep(weights)}")
    w = None if weights is None else torch.tensor(weights.astype("float64"))
    if draw.maybe(0.3):
        y = np.abs(numbers(draw, [count, classes], type))
        y = y / y.sum(-1, keepdims=True)
        t = torch.tensor(y.astype("float64"))
    else:
        y = np.array([draw.randrange(classes) for _ in range(count)])
        if draw.maybe(0.3):
            y[0] = 0 if count == 1 else -100
            extra += ",ignore=-100"
        t = torch.tensor(y)
    f = lambda z: F.cross_entropy(
        z, t, weight=w, label_smoothing=smoothing, reduction=REDUCTIONS[reduce]
    )
    return z, lambda z: f"cross_entropy({z},{lep(y)}{extra},reduce={reduce})", f


def pairwise(lepton, function, low=None, targets=None):
    """A loss of outputs and targets of one shape, with a reduction or with weights."""

    def make(draw, type):
        shape = [draw.randint(1, 4)] + [draw.randint(1, 3)] * draw.randint(0, 1)
        z = numbers(draw, shape, type)
        z = np.abs(z) if low == 0 else z
        y = numbers(draw, shape, type)
        if targets is not None:
            y = np.array([draw.choice(targets) for _ in range(y.size)], dtype=type).reshape(shape)
        y = np.abs(y) if low == 0 else y
        t = torch.tensor(y.astype("float64"))
        if draw.maybe(0.3):
            weights = np.array([draw.randint(0, 3) for _ in range(shape[0])]) + 1.0
            w = torch.tensor(weights).reshape([-1] + [1] * (len(shape) - 1)).broadcast_to(shape)
            f = lambda z: (function(z, t, "none") * w).sum() / w.sum()
            return z, lambda z: lepton.format(z, lep(y), f"weights={lep(weights.tolist())}"), f
        reduce = draw.choice(sorted(REDUCTIONS))
        f = lambda z: function(z, t, REDUCTIONS[reduce])
        return z, lambda z: lepton.format(z, lep(y), f"reduce={reduce}"), f

    return make


def reduced(x, reduction):
    return {"mean": torch.mean, "sum": torch.sum, "none": lambda x: x}[reduction](x)


def rows(lepton, function):
    """A loss of rows of numbers and of classes."""

    def make(draw, type):
        count, classes = draw.randint(1, 4), draw.randint(2, 4)
        z = numbers(draw, [count, classes], type)
        y = np.array([draw.randrange(classes) for _ in range(count)])
        reduce = draw.choice(sorted(REDUCTIONS))
        f = lambda z: function(z, torch.tensor(y), REDUCTIONS[reduce])
        return z, lambda z: lepton.format(z, lep(y), f"reduce={reduce}"), f

    return make


def focal(z, y, reduction):
    surprise = F.cross_entropy(z, y, reduction="none")
    return reduced((1 - torch.exp(-surprise)) ** 2 * surprise, reduction)


def binary_focal(z, y, reduction):
    p = torch.sigmoid(z)
    surprise = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    miss = 1 - (p * y + (1 - p) * (1 - y))
    return reduced((0.25 * y + 0.75 * (1 - y)) * miss**2 * surprise, reduction)


def categorical_hinge(z, y, reduction):
    true = z.gather(1, y[:, None])[:, 0]
    other = z.scatter(1, y[:, None], -torch.inf).amax(1)
    return reduced(torch.relu(1 + other - true), reduction)


def kl_divergence(draw, type):
    shape = [draw.randint(1, 3), draw.randint(2, 4)]
    z = numbers(draw, shape, type)
    p = np.abs(numbers(draw, shape, type))
    p = p / p.sum(-1, keepdims=True)
    f = lambda z: F.kl_div(
        F.log_softmax(z, -1), torch.tensor(p.astype("float64")), reduction="batchmean"
    )
    return z, lambda z: f"kl_divergence({z},{lep(p)})", f


def embedding(lepton, function, others):
    """A loss of several batches of rows, of which the first is differentiated."""

    def make(draw, type):
        shape = [draw.randint(1, 4), draw.randint(1, 3)]
        z = numbers(draw, shape, type)
        rest = [numbers(draw, shape, type) for _ in range(others)]
        given = [torch.tensor(x.astype("float64")) for x in rest]
        return z, lambda z: lepton.format(z, *map(lep, rest)), lambda z: function(z, *given)

    return make


def contrastive(draw, type):
    shape = [draw.randint(1, 4), draw.randint(1, 3)]
    z, other = numbers(draw, shape, type), numbers(draw, shape, type)
    y = [draw.randint(0, 1) for _ in range(shape[0])]

    def f(z):
        d = F.pairwise_distance(z, torch.tensor(other.astype("float64")), eps=0)
        t = torch.tensor(y, dtype=torch.float64)
        return (t * d**2 + (1 - t) * torch.relu(1 - d) ** 2).mean()

    return z, lambda z: f"contrastive({z},{lep(other)},{y})", f


def gaussian(draw, type):
    count = draw.randint(1, 4)
    z = numbers(draw, [count, 2], type, size=2)
    y = numbers(draw, [count], type)
    f = lambda z: F.gaussian_nll_loss(
        z[:, 0], torch.tensor(y.astype("float64")), torch.exp(z[:, 1])
    )
    return z, lambda z: f"gaussian_loss({z},{lep(y)})", f


def dice(draw, type):
    count, classes = draw.randint(1, 4), draw.randint(2, 3)
    z = numbers(draw, [count, classes], type)
    y = np.array([draw.randrange(classes) for _ in range(count)])

    def f(z):
        p, t = F.softmax(z, -1), F.one_hot(torch.tensor(y), classes).to(z)
        return 1 - ((2 * (p * t).sum(0) + 1) / (p.sum(0) + t.sum(0) + 1)).mean()

    return z, lambda z: f"dice({z},{lep(y)})", f


def pinball(z, y, reduction):
    low = y - z
    return reduced(torch.maximum(0.9 * low, -0.1 * low), reduction)


LOSSES = [
    cross_entropy,
    cross_entropy,
    pairwise("mean_squared_error({},{},{})", lambda z, y, r: F.mse_loss(z, y, reduction=r)),
    pairwise("mean_absolute_error({},{},{})", lambda z, y, r: F.l1_loss(z, y, reduction=r)),
    pairwise("huber({},{},0.5,{})", lambda z, y, r: F.huber_loss(z, y, reduction=r, delta=0.5)),
    pairwise("smooth_l1({},{},2.0,{})", lambda z, y, r: F.smooth_l1_loss(z, y, reduction=r, beta=2.0)),
    pairwise("log_cosh({},{},{})", lambda z, y, r: reduced(torch.log(torch.cosh(z - y)), r)),
    pairwise(
        "squared_log_error({},{},{})",
        lambda z, y, r: F.mse_loss(torch.log1p(z), torch.log1p(y), reduction=r),
        low=0,
    ),
    pairwise("pinball({},{},0.9,{})", pinball),
    pairwise(
        "binary_cross_entropy({},{},{})",
        lambda z, y, r: F.binary_cross_entropy_with_logits(z, y, reduction=r),
        targets=[0, 1, 0.25],
    ),
    pairwise(
        "binary_cross_entropy({},{},3.0,{})",
        lambda z, y, r: F.binary_cross_entropy_with_logits(
            z, y, reduction=r, pos_weight=torch.tensor(3.0)
        ),
        targets=[0, 1, 0.25],
    ),
    pairwise("binary_focal({},{},{})", binary_focal, targets=[0, 1]),
    pairwise("hinge({},{},{})", lambda z, y, r: reduced(torch.relu(1 - z * y), r), targets=[-1, 1]),
    pairwise(
        "squared_hinge({},{},{})", lambda z, y, r: reduced(torch.relu(1 - z * y) ** 2, r), targets=[-1, 1]
    ),
    pairwise(
        "poisson_loss({},{},{})", lambda z, y, r: F.poisson_nll_loss(z, y, reduction=r), targets=[0, 1, 5]
    ),
    pairwise(
        "poisson_loss({},{},false,{})",
        lambda z, y, r: F.poisson_nll_loss(z, y, log_input=False, reduction=r),
        low=0,
        targets=[0, 1, 5],
    ),
    rows("focal({},{},{})", focal),
    rows("categorical_hinge({},{},{})", categorical_hinge),
    kl_divergence,
    gaussian,
    dice,
    contrastive,
    embedding(
        "cosine_loss({},{})", lambda a, b: (1 - F.cosine_similarity(a, b, dim=-1)).mean(), 1
    ),
    embedding("triplet({},{},{})", lambda a, b, c: F.triplet_margin_loss(a, b, c, eps=0), 2),
]


def case(draw, sloped):
    """A call of a loss, or of its slope by the outputs."""
    type = draw.type(FLOATS)
    z, call, function = draw.choice(LOSSES)(draw, type)

    def answer():
        given = torch.tensor(z.astype("float64"), requires_grad=True)
        loss = function(given)
        if not sloped:
            return loss.detach().numpy().astype(type)
        loss.sum().backward()
        return given.grad.numpy().astype(type)

    return f"grad(z->sum({call('z')}))({lep(z)})" if sloped else call(lep(z)), answer


@family.word("losses", single=1e-5, double=1e-10)
def _(draw):
    return case(draw, sloped=False)


@family.word("slopes_of_losses", single=1e-5, double=1e-10)
def _(draw):
    return case(draw, sloped=True)
