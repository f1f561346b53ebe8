"""Recurrent cells and alignments beside PyTorch: states, losses, gradients by all operands."""

import numpy as np
import torch

from oracle import Family, call, lep

family = Family()

# The columns of PyTorch's gates in the order of Lepton's.
ORDER = {"rnn": [0], "gru": [1, 0, 2], "lstm": [0, 1, 2, 3]}
PARTS = {"rnn": 1, "gru": 1, "lstm": 2}


class Case:
    """A cell with numbers for a few sequences."""

    def __init__(self, draw, name):
        self.name, self.gates, self.parts = name, len(ORDER[name]), PARTS[name]
        self.batch, self.time, self.units = draw.choice([1, 2]), draw.choice([1, 2, 3]), draw.choice([1, 2])
        type = draw.choice(["float32", "float64"])
        numbers = lambda *shape: draw.tensor(type=type, shape=shape, low=-2, high=2, special=0) / 2
        self.x = numbers(self.batch, self.time, self.gates * self.units)
        self.recurrent = numbers(self.units, self.gates * self.units)
        self.bias = numbers(self.gates * self.units)
        self.initial = numbers(self.batch, self.parts * self.units)
        self.lengths = [draw.randint(1, self.time) for _ in range(self.batch)] if draw.maybe() else None
        self.reverse = draw.maybe()
        self.activation = draw.choice(["tanh", "relu"]) if name == "rnn" else None

    @property
    def mask(self):
        if self.lengths is None:
            return None
        return np.arange(self.time) < np.array(self.lengths)[:, None]

    @property
    def operands(self):
        return [self.x, self.recurrent, self.bias, self.initial]

    def call(self, *operands):
        named = {"mask": ... if self.mask is None else self.mask, "reverse": self.reverse or ...}
        text = call(f"{self.name}_states", *(operands or self.operands), **named)
        return text if self.activation in (None, "tanh") else text[:-1] + ",activation=relu)"

    def torch(self, operands):
        """The states by PyTorch's own layer, sequence by sequence, with the identity as input weights."""
        x, recurrent, bias, initial = operands
        units, width = self.units, self.gates * self.units
        own = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[self.name]
        more = {"nonlinearity": self.activation} if self.activation else {}
        layer = own(width, units, batch_first=True, dtype=x.dtype, **more)
        rows = np.concatenate([np.arange(units) + gate * units for gate in ORDER[self.name]])
        weights = {
            "weight_ih_l0": torch.eye(width, dtype=x.dtype)[rows],
            "weight_hh_l0": recurrent.T[rows],
            "bias_ih_l0": torch.zeros(width, dtype=x.dtype),
            "bias_hh_l0": bias[rows],
        }
        states = []
        for row in range(self.batch):
            length = self.lengths[row] if self.lengths else self.time
            sequence = x[row : row + 1, :length]
            sequence = torch.flip(sequence, [1]) if self.reverse else sequence
            start = initial[row][None, None]
            first = (start[..., :units], start[..., units:]) if self.parts == 2 else start
            if self.parts == 2:
                # Every step by itself, because only the last c is told.
                parts = []
                for step in range(length):
                    _, first = torch.func.functional_call(layer, weights, (sequence[:, step : step + 1], first))
                    parts.append(torch.cat(first, -1)[0])
                made = torch.stack(parts, 1)
            else:
                made, _ = torch.func.functional_call(layer, weights, (sequence, first))
            made = torch.flip(made, [1]) if self.reverse else made
            rest = self.time - length
            stays = (start[0] if self.reverse else made[:, -1])[:, None].expand(1, rest, -1)
            states.append(torch.cat([made, stays], 1))
        return torch.cat(states)


def tensors(case):
    return [torch.tensor(operand, requires_grad=True) for operand in case.operands]


def cell(name):
    @family.word(f"{name}_states", single=2e-6, double=1e-14)
    def _(draw):
        case = Case(draw, name)
        return case.call(), lambda: case.torch(tensors(case)).detach().numpy()

    @family.word(f"{name}_gradients", single=1e-5, double=1e-13)
    def _(draw):
        case = Case(draw, name)
        weights = draw.tensor(
            type="float32", shape=[case.batch, case.time, case.parts * case.units], low=-2, high=2, special=0
        ).astype(case.x.dtype)

        def answer():
            operands = tensors(case)
            (case.torch(operands) * operands[0].new_tensor(weights)).sum().backward()
            return [operand.grad.numpy() for operand in operands]

        inner = case.call().split("(", 1)[1]
        given = ",".join(map(lep, case.operands))
        rest = inner[len(given) :]
        body = f"{name}_states(x,u,b,h{rest}"
        return f"grad((x,u,b,h) -> sum({body} * {lep(weights)}), [0,1,2,3])({given})", answer


for name in ORDER:
    cell(name)


class Alignment:
    """Logits of a few frames, and labels, some of which do not fit into them."""

    def __init__(self, draw):
        self.batch, self.time, self.classes = draw.choice([1, 2]), draw.randint(1, 4), draw.randint(2, 3)
        self.blank = draw.choice([0, 0, self.classes - 1])
        most = draw.randint(0, 3)
        type = draw.choice(["float32", "float64"])
        self.logits = draw.tensor(type=type, shape=[self.batch, self.time, self.classes], low=-3, high=3, special=0)
        names = [name for name in range(self.classes) if name != self.blank]
        self.counts = [draw.randint(0, most) for _ in range(self.batch)]
        rows = [[draw.choice(names) for _ in range(count)] + [-1] * (most - count) for count in self.counts]
        self.labels = np.array(rows, "int64").reshape(self.batch, most)
        self.lengths = [draw.randint(1, self.time) for _ in range(self.batch)] if draw.maybe() else None

    @property
    def named(self):
        lengths = ... if self.lengths is None else self.lengths
        return {"lengths": lengths, "blank": self.blank or ...}

    def losses(self, logits):
        return torch.nn.functional.ctc_loss(
            torch.log_softmax(logits, -1).transpose(0, 1),
            torch.tensor(np.maximum(self.labels, 0)),
            torch.tensor(self.lengths or [self.time] * self.batch),
            torch.tensor(self.counts),
            blank=self.blank,
            reduction="none",
        )


@family.word("ctc_losses", single=1e-5, double=1e-12)
def _(draw):
    case = Alignment(draw)
    return call("ctc_losses", case.logits, case.labels, **case.named), lambda: case.losses(
        torch.tensor(case.logits)
    ).numpy()


@family.word("ctc_gradients", single=1e-5, double=1e-12)
def _(draw):
    case = Alignment(draw)

    def answer():
        logits = torch.tensor(case.logits, requires_grad=True)
        losses = case.losses(logits)
        # Infinite losses have no gradient; Lepton's is 0.
        torch.where(torch.isinf(losses), 0, losses).sum().backward()
        return torch.nan_to_num(logits.grad).numpy()

    text = call("ctc_losses", case.logits, case.labels, **case.named)
    body = text.replace(lep(case.logits), "z", 1)
    return f"grad(z -> sum(where(isinf({body}), 0.0, {body})))({lep(case.logits)})", answer
