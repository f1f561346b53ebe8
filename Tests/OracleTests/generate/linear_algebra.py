"""Linear algebra. Factors that are not unique are compared by what they multiply to, and by orthogonality."""

import numpy as np

from oracle import FLOATS, NUMBERS, Family, call, fraction, lep, promoted

family = Family()
TYPES = FLOATS + FLOATS + ["int64", "int32"]
SINGLE, DOUBLE = 1e-3, 1e-9


def lead(draw):
    return draw.choice([[], [], [], [2], [1], [0], [2, 1]])


def matrices(draw, m=None, n=None, types=TYPES, type=None):
    """Matrices of any shape, or of the one given."""
    m = draw.choice([0, 1, 1, 2, 2, 3, 4]) if m is None else m
    n = draw.choice([0, 1, 2, 2, 3, 3, 5]) if n is None else n
    return draw.tensor(types, lead(draw) + [m, n], special=0.0, type=type)


def regular(draw, types=TYPES, wrong=0.04, singular=0.06):
    """Square matrices that are far from singular; now and then ones that are not square or singular."""
    if draw.maybe(wrong):
        return draw.tensor(types, draw.choice([[], [3], [2, 3], [1, 0], [2, 2, 1]]), special=0.0)
    n = draw.choice([0, 1, 2, 2, 3, 3, 4])
    x = matrices(draw, n, n, types)
    if x.dtype == "float64" or draw.maybe():
        x = (x + np.eye(n) * draw.choice([-30, 40])).astype(x.dtype)
    else:
        x = (x * 0 + draw.numbers(1, x.dtype, 1, 5)[0] * np.eye(n) + np.tri(n, k=-1)).astype(x.dtype)
    if n > 1 and draw.maybe(singular):
        x[..., 1, :] = 0
    return x


def definite(draw):
    """Symmetric positive definite matrices; now and then others."""
    x = regular(draw, singular=0)
    if x.ndim < 2 or x.shape[-1] != x.shape[-2]:
        return x
    x = (x + np.swapaxes(x, -1, -2)) * (1 if draw.maybe(0.95) else -1)
    return (x * np.sign(np.trace(x, axis1=-2, axis2=-1))[..., None, None]).astype(x.dtype) if draw.maybe(0.9) else x


def smooth(x, answer):
    """An answer computed in float64, in the type that Lepton gives."""
    found = answer(x.astype("float64"))
    return np.asarray(found).astype(fraction(x.dtype))


def unary(name, answer, inputs, single=SINGLE, double=DOUBLE):
    @family.word(name, single, double)
    def _(draw):
        x = inputs(draw)
        return call(name, x), lambda: smooth(x, answer)


unary("inv", np.linalg.inv, regular)
unary("det", np.linalg.det, regular)
unary("cholesky", np.linalg.cholesky, definite)
unary("eigvalsh", np.linalg.eigvalsh, definite)
unary("svdvals", lambda x: np.linalg.svd(x, compute_uv=False), matrices)


@family.word("slogdet", SINGLE, DOUBLE)
def _(draw):
    x = regular(draw)

    def answer():
        sign, size = np.linalg.slogdet(x.astype("float64"))
        type = fraction(x.dtype)
        return {"sign": np.asarray(sign).astype(type), "logabsdet": np.asarray(size).astype(type)}

    return call("slogdet", x), answer


@family.word("solve", SINGLE, DOUBLE)
def _(draw):
    columns = draw.choice([0, 1, 2, 3])
    a = regular(draw, singular=0.06 if columns else 0)
    rows = a.shape[-1] if a.ndim else 1
    rows += draw.maybe(0.04)
    shape = [rows] if columns and draw.maybe(0.4) else lead(draw) + [rows, columns]
    b = draw.tensor(TYPES, shape, special=0.0)
    type = fraction(promoted(a.dtype, b.dtype))
    return call("solve", a, b), lambda: np.linalg.solve(a.astype("float64"), b.astype("float64")).astype(type)


@family.word("eigh", SINGLE, DOUBLE)
def _(draw):
    x = definite(draw)
    if draw.maybe(0.5) and x.ndim >= 2:
        x = np.tril(x)
    shown = f"(d -> [d.eigenvalues, (d.eigenvectors * expand(d.eigenvalues, -2)) @ d.eigenvectors.T, d.eigenvectors.T @ d.eigenvectors])(eigh({lep(x)}))"

    def answer():
        values, vectors = np.linalg.eigh(x.astype("float64"))
        turned = np.swapaxes(vectors, -1, -2)
        found = [values, (vectors * values[..., None, :]) @ turned, turned @ vectors]
        return [part.astype(fraction(x.dtype)) for part in found]

    return shown, answer


@family.word("svd", SINGLE, DOUBLE)
def _(draw):
    x = matrices(draw)
    full = draw.choice([..., True, False])
    k = min(x.shape[-2:])
    given = "" if full is ... else f",full_matrices={lep(full)}"
    shown = f"(d -> [d.s, (d.u[..., :{k}] * expand(d.s, -2)) @ d.vh[..., :{k}, :], d.u.T @ d.u, d.vh @ d.vh.T])(svd({lep(x)}{given}))"

    def answer():
        u, s, vh = np.linalg.svd(x.astype("float64"), full_matrices=full is not False)
        product = (u[..., :k] * s[..., None, :]) @ vh[..., :k, :]
        found = [s, product, np.swapaxes(u, -1, -2) @ u, vh @ np.swapaxes(vh, -1, -2)]
        return [part.astype(fraction(x.dtype)) for part in found]

    return shown, answer


@family.word("qr", SINGLE, DOUBLE)
def _(draw):
    x = matrices(draw)
    if np.linalg.matrix_rank(x.astype("float64")).min(initial=9) < min(x.shape[-2:]):
        x = regular(draw, wrong=0, singular=0)  # R is unique only for independent columns, up to signs
    mode = draw.choice([..., "reduced", "complete"])
    given = "" if mode is ... else f',"{mode}"'
    shown = f"(d -> [d.q @ d.r, d.q.T @ d.q, abs(d.r)])(qr({lep(x)}{given}))"

    def answer():
        q, r = np.linalg.qr(x.astype("float64"), mode="reduced" if mode is ... else mode)
        found = [x.astype("float64"), np.swapaxes(q, -1, -2) @ q, np.abs(r)]
        return [part.astype(fraction(x.dtype)) for part in found]

    return shown, answer


@family.word("lstsq", SINGLE, DOUBLE)
def _(draw):
    a = draw.tensor(TYPES, [draw.choice([1, 2, 3, 4]), draw.choice([1, 2, 3])], special=0.0)
    if draw.maybe(0.2) and len(a) > 1:
        a[1] = a[0]
    rows = len(a) + draw.maybe(0.04)
    b = draw.tensor(TYPES, [rows] if draw.maybe() else [rows, draw.choice([0, 1, 2])], special=0.0)
    if 0 < abs(np.linalg.svd(a.astype("float64"), compute_uv=False)).min() < 0.3:
        a = (a * 0 + 1).astype(a.dtype)
    shown = f"(d -> [d.solution, d.rank, d.singular_values])(lstsq({lep(a)},{lep(b)},1e-5))"

    def answer():
        x, _, rank, values = np.linalg.lstsq(a.astype("float64"), b.astype("float64"), rcond=1e-5)
        type = fraction(promoted(a.dtype, b.dtype))
        return [x.astype(type), np.int64(rank), values.astype(fraction(a.dtype))]

    return shown, answer


@family.word("pinv", SINGLE, DOUBLE)
def _(draw):
    x = matrices(draw)
    if draw.maybe(0.2) and x.shape[-2] > 1:
        x[..., 1, :] = x[..., 0, :]
    values = np.linalg.svd(x.astype("float64"), compute_uv=False)
    if np.any((values > 1e-9) & (values < 0.3)):
        x = (x * 0 + 2).astype(x.dtype)
    return call("pinv", x, rcond=1e-5), lambda: smooth(x, lambda x: np.linalg.pinv(x, rcond=1e-5))


@family.word("matrix_rank")
def _(draw):
    x = matrices(draw)
    if draw.maybe(0.4) and x.shape[-2] > 1:
        x[..., 1, :] = 2 * x[..., 0, :]
    tolerance = draw.choice([..., ..., 0.5, 3.0])
    given = None if tolerance is ... else tolerance
    values = np.linalg.svd(x.astype("float64"), compute_uv=False)
    if np.any((values > 1e-9) & (values < 1e-3)) or (given and np.any(abs(values - given) < 1e-3)):
        x = (x * 0).astype(x.dtype)
    return call("matrix_rank", x, tol=tolerance), lambda: np.asarray(np.linalg.matrix_rank(x.astype("float64"), given))


@family.word("matrix_power", SINGLE, DOUBLE)
def _(draw):
    x = regular(draw)
    n = draw.choice([0, 1, 2, 3, 5, -1, -2])

    def answer():
        found = np.linalg.matrix_power(x if n >= 0 and x.dtype.kind == "i" else x.astype("float64"), n)
        return found.astype(x.dtype if n >= 0 else fraction(x.dtype))

    return call("matrix_power", x, n), answer


@family.word("kron")
def _(draw):
    a, b = draw.tensor(NUMBERS, special=0.0), draw.tensor(NUMBERS, special=0.0, high=3)
    type = promoted(a.dtype, b.dtype)
    return call("kron", a, b), lambda: np.kron(a.astype(type), b.astype(type))


@family.word("norm", SINGLE, DOUBLE)
def _(draw):
    x = draw.tensor(TYPES, special=0.0)
    orders = [..., 0, 1, -1, 2, -2, 3, 0.5, np.inf, -np.inf, "fro", "nuc"]
    order, axis = draw.choice(orders), draw.choice([..., ..., draw.axes(x)])
    keep = draw.choice([..., True])
    plain = lambda value, other: other if value is ... else value

    def answer():
        return smooth(x, lambda x: np.linalg.norm(x, plain(order, None), plain(axis, None), plain(keep, False)))

    return call("norm", x, order if order is not ... else None, axis=axis, keepdims=keep), answer
