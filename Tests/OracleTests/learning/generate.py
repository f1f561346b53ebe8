"""Writes `trajectories.gz`, what PyTorch's and Optax's optimizers make of the network in `problem.lep`,
`settings.gz`, what comes of PyTorch's where gradients are clipped, weights penalised, averaged, held or frozen, and
`schedules.gz`, the rates of PyTorch's schedulers.

All is computed in float64. Optax stands in where PyTorch has no such optimizer.
"""

import gzip
import pathlib

import jax
import numpy as np
import optax
import torch

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)
# PyTorch's Muon iterates in bfloat16; here it is to be exact.
torch.bfloat16 = torch.float64

STEPS = [1, 2, 5, 20, 50]


def waves(shape, frequency, phase):
    return np.sin(frequency * np.arange(np.prod(shape)) + phase).reshape(shape)


ROWS, TARGETS = waves((16, 3), 1.3, 0.2), waves((16, 2), 0.7, 1.1) + 0.5
START = [
    0.5 * waves(shape, *numbers)
    for shape, numbers in [((3, 4), (2.1, 0.3)), ((4,), (1.7, 0.5)), ((4, 2), (0.9, 0.8)), ((2,), (2.9, 0.1))]
]


def loss(tanh, x, y, w1, b1, w2, b2):
    return ((tanh(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean()


def by_torch(make):
    """The parameters after some steps of an optimizer, or of several, that `make` makes of tensors."""
    parameters = [torch.tensor(p, requires_grad=True) for p in START]
    x, y = torch.tensor(ROWS), torch.tensor(TARGETS)
    made = make(parameters)
    optimizers = made if isinstance(made, list) else [made]
    seen = []

    def closure():
        for optimizer in optimizers:
            optimizer.zero_grad()
        value = loss(torch.tanh, x, y, *parameters)
        value.backward()
        return value

    for step in range(1, STEPS[-1] + 1):
        if isinstance(optimizers[0], torch.optim.LBFGS):
            optimizers[0].step(closure)
        else:
            closure()
            for optimizer in optimizers:
                optimizer.step()
        if step in STEPS:
            seen.append(np.concatenate([p.detach().numpy().ravel() for p in parameters]))
    return seen


def by_optax(optimizer, shown=lambda state, parameters: parameters):
    parameters = [jax.numpy.asarray(p) for p in START]
    state, seen = optimizer.init(parameters), []
    slope = jax.grad(lambda p: loss(jax.numpy.tanh, ROWS, TARGETS, *p))
    for step in range(1, STEPS[-1] + 1):
        updates, state = optimizer.update(slope(parameters), state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        if step in STEPS:
            seen.append(np.concatenate([np.ravel(p) for p in shown(state, parameters)]))
    return seen


def muon(p):
    matrices, others = [q for q in p if q.ndim == 2], [q for q in p if q.ndim != 2]
    return [
        torch.optim.Muon(matrices, lr=0.01, weight_decay=0.1, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(others, lr=0.01, weight_decay=0.1),
    ]


# Calls in Lepton, and the same of the oracle.
CASES = {
    "sgd(0.1)": lambda p: torch.optim.SGD(p, lr=0.1),
    "heavy_ball(0.05)": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov(0.05, 0.8)": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    # ε stands where Keras has it, so it is made too small to matter.
    "adam(0.02, epsilon=1e-12)": lambda p: torch.optim.Adam(p, lr=0.02, eps=1e-12),
    "adam(0.02, beta1=0.8, beta2=0.95, epsilon=1e-12, amsgrad=true)": lambda p: torch.optim.Adam(
        p, lr=0.02, betas=(0.8, 0.95), eps=1e-12, amsgrad=True
    ),
    "adamw(0.02, weight_decay=0.1, epsilon=1e-12)": lambda p: torch.optim.AdamW(
        p, lr=0.02, weight_decay=0.1, eps=1e-12
    ),
    "rmsprop(0.01)": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7),
    "rmsprop(0.01, momentum=0.5)": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-7, momentum=0.5),
    "rmsprop(0.01, 0.95, epsilon=1e-3, momentum=0.5, centered=true)": lambda p: torch.optim.RMSprop(
        p, lr=0.01, alpha=0.95, eps=1e-3, momentum=0.5, centered=True
    ),
    "adagrad(0.1)": lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-7),
    "adadelta()": lambda p: torch.optim.Adadelta(p, lr=1.0, rho=0.9, eps=1e-6),
    "adamax(0.02)": lambda p: torch.optim.Adamax(p, lr=0.02, eps=1e-7),
    "nadam(0.02)": lambda p: torch.optim.NAdam(p, lr=0.02, eps=1e-7),
    "muon(0.01, weight_decay=0.1)": muon,
    "lion(0.003, weight_decay=0.1)": optax.lion(0.003, b1=0.9, b2=0.99, weight_decay=0.1),
    "lamb(0.02, weight_decay=0.1)": optax.lamb(0.02, weight_decay=0.1),
    "schedule_free(0.05, weight_decay=0.1)": optax.contrib.schedule_free_adamw(0.05, weight_decay=0.1),
}


def lbfgs(**numbers):
    return lambda p: torch.optim.LBFGS(p, line_search_fn="strong_wolfe", **numbers)


# Few steps, because a search multiplies what rounding leaves.
FULL_BATCH = {
    "lbfgs(iterations=4)": lbfgs(lr=1, max_iter=4, history_size=10),
    "lbfgs(0.5, iterations=3, history=2)": lbfgs(lr=0.5, max_iter=3, history_size=2),
}


def parameters(case):
    if callable(case) and not isinstance(case, tuple):
        return by_torch(case)
    if case is CASES["schedule_free(0.05, weight_decay=0.1)"]:
        return by_optax(case, optax.contrib.schedule_free_eval_params)
    return by_optax(case)


COUNTS = 1 + 0.5 * waves((16,), 1.9, 0.4)


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.1)


def run(
    steps, make=sgd, penalty=None, clip=None, constraint=None, weights=None, frozen=(), scheduler=None
):
    """The parameters after each of some steps, with what is done beside them."""
    parameters = [torch.tensor(p, requires_grad=i not in frozen) for i, p in enumerate(START)]
    kernels = [parameters[0], parameters[2]]
    x, y = torch.tensor(ROWS), torch.tensor(TARGETS)
    optimizer = make(parameters)
    plan = scheduler(optimizer, steps) if scheduler else None
    seen = []
    for _ in range(steps):
        optimizer.zero_grad()
        w1, b1, w2, b2 = parameters
        misses = ((torch.tanh(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean(1)
        value = (misses if weights is None else misses * torch.tensor(weights)).mean()
        if penalty:
            value = value + sum(penalty(w) for w in kernels)
        value.backward()
        if clip:
            clip(parameters)
        optimizer.step()
        if constraint:
            with torch.no_grad():
                for w in kernels:
                    w.copy_(constraint(w))
        if plan:
            plan.step()
        seen.append(np.concatenate([p.detach().numpy().ravel() for p in parameters]))
    return seen


def ends(**how):
    return [run(steps, **how)[-1] for steps in STEPS]


def averages(average, **how):
    return [average(run(steps, **how)) for steps in STEPS]


def exponential_mean(seen):
    mean = optax.ema(0.9)
    state = mean.init(jax.numpy.asarray(seen[0]))
    for parameters in seen:
        result, state = mean.update(jax.numpy.asarray(parameters), state)
    return np.asarray(result)


def last_half(seen):
    return np.mean(seen[max(1, -(-len(seen) // 2)) - 1 :], axis=0)


def groups(p):
    return torch.optim.AdamW(
        [{"params": p[:2], "lr": 0.002, "weight_decay": 0.3}, {"params": p[2:]}], lr=0.02, eps=1e-12, weight_decay=0.1
    )


class HeavyBall(torch.optim.Optimizer):
    """Momentum as in Keras, which differs from PyTorch's where the rate changes: a velocity holds steps, not slopes."""

    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                v = self.state[p].get("v", torch.zeros_like(p))
                self.state[p]["v"] = 0.9 * v - group["lr"] * p.grad
                p.add_(self.state[p]["v"])


N = torch.nn.utils
# What is asked of `train`, and the same of the oracle.
SETTINGS = {
    "optimizer=sgd(0.1), clip_norm=0.1": lambda: ends(clip=lambda p: N.clip_grad_norm_(p, 0.1)),
    "optimizer=sgd(0.1), clip_value=0.02": lambda: ends(clip=lambda p: N.clip_grad_value_(p, 0.02)),
    "optimizer=sgd(0.1), penalty=l2(0.02)": lambda: ends(penalty=lambda w: 0.02 * (w**2).sum()),
    "optimizer=sgd(0.1), penalty=l1(0.01)": lambda: ends(penalty=lambda w: 0.01 * w.abs().sum()),
    "optimizer=adam(0.02, epsilon=1e-12), penalty=elastic(0.01, 0.02)": lambda: ends(
        make=lambda p: torch.optim.Adam(p, lr=0.02, eps=1e-12),
        penalty=lambda w: 0.01 * w.abs().sum() + 0.02 * (w**2).sum(),
    ),
    "optimizer=sgd(0.1), constraint=max_norm(0.8)": lambda: ends(constraint=lambda w: torch.renorm(w, 2, 1, 0.8)),
    "optimizer=sgd(0.1), constraint=unit_norm()": lambda: ends(
        constraint=lambda w: torch.nn.functional.normalize(w, dim=0)
    ),
    "optimizer=sgd(0.1), constraint=non_negative()": lambda: ends(constraint=torch.relu),
    "optimizer=sgd(0.1), average=ema(0.9)": lambda: averages(exponential_mean),
    "optimizer=sgd(0.1), average=swa(0.5)": lambda: averages(last_half),
    'optimizer=sgd(0.1), groups=parameter_group("0", frozen=true)': lambda: ends(frozen=(0, 1)),
    'optimizer=adamw(0.02, weight_decay=0.1, epsilon=1e-12), groups=parameter_group("0", rate_factor=0.1, '
    "weight_decay=0.3)": lambda: ends(make=groups),
    "optimizer=sgd(0.1), groups=layerwise(0.5)": lambda: ends(
        make=lambda p: torch.optim.SGD([{"params": p[:2], "lr": 0.05}, {"params": p[2:]}], lr=0.1)
    ),
    "optimizer=adam(0.02, epsilon=1e-12), schedule=cosine_decay()": lambda: ends(
        make=lambda p: torch.optim.Adam(p, lr=0.02, eps=1e-12),
        scheduler=lambda o, steps: S.CosineAnnealingLR(o, steps),
    ),
    "optimizer=heavy_ball(0.05), schedule=step_decay(7, 0.5)": lambda: ends(
        make=lambda p: HeavyBall(p, 0.05), scheduler=lambda o, _: S.StepLR(o, 7, 0.5)
    ),
}


def settings():
    for how, make in SETTINGS.items():
        yield f"course(n -> train(net, data, epochs=n, batch=16, shuffle=false, {how}))", make()
    rest = "shuffle=false, optimizer=sgd(0.1)"
    yield f"course(n -> train(net, data, epochs=n, batch=8, accumulate=2, {rest}))", ends()
    # The last batch is short.
    yield f"course(n -> train(net, data, epochs=n, batch=6, accumulate=3, {rest}))", ends()
    weighed = "dataset(inputs, data.targets, weights=example_weights)"
    yield f"course(n -> train(net, {weighed}, epochs=n, batch=16, {rest}))", ends(weights=COUNTS)
    frozen = 'freeze(untrained(net, input=[3]), "1.dense.kernel")'
    yield f"course(n -> train({frozen}, data, epochs=n, batch=16, {rest}))", ends(frozen=(2,))


def by_scheduler(make, steps):
    """The learning rates of some steps under one of PyTorch's schedulers, from a rate of 1."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler, seen = make(optimizer), []
    for _ in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return seen


def by_losses(make, losses):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler, seen = make(optimizer), [1.0]
    for loss in losses:
        scheduler.step(loss)
        seen.append(optimizer.param_groups[0]["lr"])
    return seen


S = torch.optim.lr_scheduler
LOSSES = [3.0, 2.5, 2.5, 2.6, 2.5, 2.4999, 2.0, 2.0, 2.1, 2.2, 2.3, 1.0, 1.0, 1.0, 1.0, 1.0]
SCHEDULES = {
    "step_decay(3, 0.5)": lambda o: S.StepLR(o, 3, 0.5),
    "multi_step_decay([4, 9, 10], 0.3)": lambda o: S.MultiStepLR(o, [4, 9, 10], 0.3),
    "exponential_decay(0.9)": lambda o: S.ExponentialLR(o, 0.9),
    "cosine_decay(0.1)": lambda o: S.CosineAnnealingLR(o, 21, 0.1),
    "polynomial_decay(2.5)": lambda o: S.PolynomialLR(o, 21, 2.5),
    "one_cycle(0.3, 0.04, 4e-6)": lambda o: S.OneCycleLR(o, 1.0, total_steps=22, pct_start=0.3),
    "cosine_restarts(3, growth=2)": lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2),
    "cosine_restarts(3, 0.2)": lambda o: S.CosineAnnealingWarmRestarts(o, 7, 1, 0.2),
    "warm_up(5)": lambda o: S.LinearLR(o, 0.2, 1.0, 4),
    "warm_up(5, exponential_decay(0.9))": lambda o: S.ChainedScheduler(
        [S.LinearLR(o, 0.2, 1.0, 4), S.ExponentialLR(o, 0.9)]
    ),
    "join_schedules([exponential_decay(0.9), cosine_decay()], [6])": lambda o: S.SequentialLR(
        o, [S.ExponentialLR(o, 0.9), S.CosineAnnealingLR(o, 15)], [6]
    ),
    "schedule(t -> 1 / (1 + t), by=\"step\")": lambda o: S.LambdaLR(o, lambda t: 1 / (1 + t)),
}


def schedules():
    for call, make in SCHEDULES.items():
        steps = 22 if "OneCycle" in str(make.__code__.co_names) else 21
        yield f"learning_rates({call}, epochs={steps}).rate", by_scheduler(make, steps)
    losses = ", ".join(map(str, LOSSES))
    for call, make in {
        "on_plateau(0.5, 1)": lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=1),
        "on_plateau(0.3, 0, threshold=0.01, cooldown=2, least=0.05)": lambda o: S.ReduceLROnPlateau(
            o, factor=0.3, patience=0, threshold=0.01, cooldown=2, min_lr=0.05
        ),
    }.items():
        yield f"learning_rates({call}, epochs={len(LOSSES) + 1}, losses=[{losses}]).rate", by_losses(make, LOSSES)


def lepton(seen):
    return "[" + ", ".join(f"tensor([{', '.join(f'{x:.8e}' for x in row)}])" for row in seen) + "]"


def write(name, tolerance, lines):
    path = pathlib.Path(__file__).parent / f"{name}.gz"
    text = "\n".join([f"= {name} {tolerance:g} {tolerance:g}", *lines]) + "\n"
    with open(path, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as gz:
        gz.write(text.encode())
    print(f"{name}: {len(lines)} cases, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    lines = [f"trajectory({call})\t{lepton(parameters(case))}" for call, case in CASES.items()]
    for call, case in FULL_BATCH.items():
        lines.append(f"[after(1, {call}), after(2, {call})]\t{lepton(parameters(case)[:2])}")
    write("trajectories", 1e-5, lines)
    write("settings", 1e-5, [f"{call}\t{lepton(seen)}" for call, seen in settings()])
    rates = [f"{call}\t[{', '.join(f'{x:.12e}' for x in seen)}]" for call, seen in schedules()]
    write("schedules", 1e-9, rates)
