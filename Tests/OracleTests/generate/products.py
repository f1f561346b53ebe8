"""Products of tensors."""

import numpy as np

from oracle import ALL, FLOATS, INTEGERS, NUMBERS, Family, call, lep, promoted

family = Family()
LETTERS = "ijkl"


def agreed(*tensors):
    type = promoted(*[x.dtype for x in tensors])
    return [x.astype(type) for x in tensors]


def factors(draw, types=NUMBERS, low=0):
    """Two tensors with a matrix product, sometimes without one."""
    rows, inner, columns = draw.size(), draw.size(), draw.size()
    lead = draw.shape(0, 1)
    a, b = [rows, inner], [inner + (1 if draw.maybe(0.04) else 0), columns]
    a = a[1:] if draw.maybe(0.15) else draw.matching(lead) + a
    b = b[:1] if draw.maybe(0.15) else lead + b
    return (draw.tensor(types, shape=shape, low=-4, high=4, special=0) for shape in (a, b))


@family.word("matmul", single=1e-6, double=1e-15)
def _(draw):
    a, b = factors(draw)
    word = draw.maybe()
    return call("matmul", a, b) if word else f"{lep(a)} @ {lep(b)}", lambda: np.asarray(
        np.matmul(*agreed(a, b))
    )


@family.word("dot", single=1e-6, double=1e-15)
def _(draw):
    size = draw.size()
    a = draw.tensor(NUMBERS, shape=[size], low=-4, high=4, special=0)
    b = draw.tensor(NUMBERS, shape=[size + draw.maybe(0.05)], low=-4, high=4, special=0)
    return call("dot", a, b), lambda: np.asarray(np.dot(*agreed(a, b)))


@family.word("outer")
def _(draw):
    a, b = draw.tensor(shape=draw.shape(0, 2)), draw.tensor(shape=draw.shape(0, 2))
    return call("outer", a, b), lambda: np.outer(*agreed(a, b))


def einsum(name, operands, ellipsis):
    @family.word(name, single=2e-6, double=1e-14)
    def _(draw):
        sizes = {letter: draw.size(0.03) for letter in LETTERS}
        rest = draw.shape(0, 2) if ellipsis else []
        terms, tensors, types = [], [], draw.choice([FLOATS, INTEGERS, NUMBERS, ALL])
        for _ in range(draw.randint(*operands)):
            letters = [draw.choice(LETTERS) for _ in range(draw.randint(0, 3))]
            shape = [sizes[letter] for letter in letters]
            if draw.maybe(0.03) and shape:
                shape[0] += 1
            term = "".join(letters)
            if ellipsis and draw.maybe(0.8):
                place = draw.randint(0, len(letters))
                own = rest[draw.randint(0, len(rest)) :] if draw.maybe(0.3) else rest
                term = term[:place] + "..." + term[place:]
                shape[place:place] = [1 if draw.maybe(0.2) else size for size in own]
            terms.append(term)
            tensors.append(draw.tensor(types, shape=shape, low=-3, high=3, special=0))
        text = ",".join(terms)
        if draw.maybe(0.7):
            letters = sorted(set(text) - set(",."))
            kept = draw.sample(letters, draw.randint(0, len(letters)))
            out = "".join(kept) + (draw.choice(LETTERS + "z") if draw.maybe(0.05) else "")
            if "..." in text and draw.maybe(0.95):
                place = draw.randint(0, len(kept))
                out = out[:place] + "..." + out[place:]
            text += "->" + out
        if draw.maybe(0.03):
            text = draw.choice([text + "->", text + ",", text.replace("i", "?"), text + "...."])
        return call("einsum", text, *tensors), lambda: np.asarray(
            np.einsum(text, *agreed(*tensors))
        )


einsum("einsum", (1, 2), False)
einsum("einsum_ellipsis", (1, 2), True)
einsum("einsum_many", (3, 4), True)
