"""Normalising layers, their slopes and running means, beside PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F

from activations import numbers
from oracle import Family, lep

family = Family()


def channels_first(x):
    """`[batch, channels, places]`: with more axes PyTorch takes pictures for others where sizes are 1."""
    return x.flatten(1, -2).movedim(-1, 1).contiguous() if x.ndim > 2 else x


def channels_last(x, shape):
    return x.movedim(1, -1).reshape(shape)


def layer(draw, shape):
    """A layer in Lepton and in PyTorch, with what it learns."""
    epsilon = draw.choice([1e-5, 1e-3])
    channels = shape[-1]
    kind = draw.choice(["layer", "layer_all", "rms", "group", "instance", "batch"])
    scale, shift = numbers(draw, [channels], size=2), numbers(draw, [channels], size=2)
    if kind == "layer":
        f = lambda x, a, b: F.layer_norm(x, [channels], a, b, epsilon)
        return f"layer_norm(epsilon={epsilon})", f, scale, shift, {}
    if kind == "layer_all":
        scale, shift = numbers(draw, shape[1:], size=2), numbers(draw, shape[1:], size=2)
        f = lambda x, a, b: F.layer_norm(x, shape[1:], a, b, epsilon)
        return f"layer_norm(1, epsilon={epsilon})", f, scale, shift, {}
    if kind == "rms":
        f = lambda x, a, b: F.rms_norm(x, [channels], a, epsilon)
        return f"rms_norm(epsilon={epsilon})", f, scale, None, {}
    if kind == "group":
        groups = draw.choice([n for n in range(1, channels) if channels % n == 0])
        f = lambda x, a, b: channels_last(
            F.group_norm(channels_first(x), groups, a, b, epsilon), shape
        )
        return f"group_norm({groups},epsilon={epsilon})", f, scale, shift, {}
    if kind == "instance" and len(shape) > 2:
        f = lambda x, a, b: channels_last(
            F.instance_norm(channels_first(x), weight=a, bias=b, eps=epsilon), shape
        )
        return f"instance_norm({epsilon},scale=ones,shift=zeros)", f, scale, shift, {}
    states = {"mean": numbers(draw, [channels]), "variance": np.abs(numbers(draw, [channels]))}
    f = lambda x, a, b: channels_last(
        F.batch_norm(
            channels_first(x), torch.tensor(states["mean"]), torch.tensor(states["variance"]), a, b,
            eps=epsilon,
        ),
        shape,
    )
    return f"batch_norm(epsilon={epsilon})", f, scale, shift, states


@family.word("normalizations", single=1e-5, double=1e-10)
def _(draw):
    shape = [draw.randint(1, 3)] + [draw.randint(2, 3) for _ in range(draw.randint(0, 2))]
    shape += [draw.choice([2, 4, 6])]
    source, f, scale, shift, states = layer(draw, shape)
    x = numbers(draw, shape)
    wanted = draw.choice(["output", "input", "parameters"])
    name = source.split("(")[0]
    weights = numbers(draw, shape)
    learned = {"scale": scale} | ({} if shift is None else {"shift": shift})
    record = lambda values: "{" + ",".join(f'"0.{name}.{k}":{lep(v)}' for k, v in values.items()) + "}"

    def answer():
        given = torch.tensor(x, requires_grad=True)
        tensors = {key: torch.tensor(value, requires_grad=True) for key, value in learned.items()}
        y = f(given, tensors["scale"], tensors.get("shift"))
        if wanted == "output":
            return y.detach().numpy()
        (y * torch.tensor(weights)).sum().backward()
        if wanted == "input":
            return given.grad.numpy()
        return [tensor.grad.numpy() for tensor in tensors.values()]

    # A function without arguments is called at once, so that a case is one expression.
    lines = [f"net=untrained({source},input={shape[1:]})", f"net.parameters={record(learned)}"]
    if states:
        lines.append(f"net.states={record(states)}")
    if wanted == "output":
        lines.append(f"net({lep(x)})")
    elif wanted == "input":
        lines.append(f"grad(x->sum(net(x)*{lep(weights)}))({lep(x)})")
    else:
        lines.append(f"slopes=grad(n->sum(n({lep(x)})*{lep(weights)}))(net)")
        lines.append("[" + ",".join(f'slopes["0.{name}.{key}"]' for key in learned) + "]")
    return "(()->{" + ";".join(lines) + "})()", answer


@family.word("batch_norm_training", single=1e-4, double=1e-10)
def _(draw):
    """Two steps of gradient descent with momentum 0.9 of the states, against the same in PyTorch."""
    shape = [4] + [draw.randint(1, 3) for _ in range(draw.randint(0, 2))] + [draw.randint(1, 3)]
    channels = shape[-1]
    x = numbers(draw, shape, "float32")
    y = numbers(draw, shape, "float32")
    rate = draw.choice([0.0, 0.1, 0.5])
    wanted = draw.choice(["scale", "shift", "mean", "variance"])

    def answer():
        torch.set_default_dtype(torch.float64)
        norm = torch.nn.BatchNorm1d(channels)
        optimizer = torch.optim.SGD(norm.parameters(), lr=rate)
        for _ in range(2):
            optimizer.zero_grad()
            z = channels_last(norm(channels_first(torch.tensor(x.astype("float64")))), shape)
            ((z - torch.tensor(y.astype("float64"))) ** 2).mean().backward()
            optimizer.step()
        found = {
            "scale": norm.weight, "shift": norm.bias, "mean": norm.running_mean,
            "variance": norm.running_var,
        }[wanted]
        return found.detach().numpy().astype("float32")

    group = "parameters" if wanted in ("scale", "shift") else "states"
    return (
        f"train(batch_norm(),dataset({lep(x)},{lep(y)}),epochs=2,batch=4,optimizer=sgd({rate}))"
        f'.{group}["0.batch_norm.{wanted}"]',
        answer,
    )
