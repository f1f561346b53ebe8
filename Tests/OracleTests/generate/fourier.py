"""Fourier transforms; complex numbers have their parts in a last axis of 2."""

import numpy as np

from oracle import FLOATS, Family, call, fraction

family = Family()
TYPES = FLOATS + FLOATS + ["int64"]
SINGLE, DOUBLE = 2e-6, 1e-13


def pairs(z, type):
    return np.stack([z.real, z.imag], axis=-1).astype(fraction(type))


def complexes(x):
    return x[..., 0].astype("float64") + 1j * x[..., 1].astype("float64")


def shape(draw):
    sizes = [draw.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 17, 19])]
    if draw.maybe(0.4):
        sizes.insert(draw.randint(0, 1), draw.choice([0, 1, 2, 3]))
    return sizes if draw.maybe(0.98) else []


def drawn(draw, isComplex):
    x = draw.tensor(TYPES, shape(draw) + ([2] if isComplex else []), special=0.0)
    axis = draw.axis(x[..., 0] if isComplex else x) if draw.maybe() else ...
    points = draw.choice([..., ..., ..., 1, 4, 6, 10, 0])
    return x, axis, points


def plain(axis, points):
    return None if points is ... else points, -1 if axis is ... else axis


@family.word("fft", SINGLE, DOUBLE)
def _(draw):
    isComplex = draw.maybe(0.4)
    x, axis, points = drawn(draw, isComplex)
    given = complexes(x) if isComplex else x.astype("float64")
    return (
        call("fft", x, n=points, axis=axis, complex=True if isComplex else ...),
        lambda: pairs(np.fft.fft(given, *plain(axis, points)), x.dtype),
    )


@family.word("ifft", SINGLE, DOUBLE)
def _(draw):
    isComplex = draw.maybe(0.8)
    x, axis, points = drawn(draw, isComplex)
    given = complexes(x) if isComplex else x.astype("float64")
    return (
        call("ifft", x, n=points, axis=axis, complex=... if isComplex else False),
        lambda: pairs(np.fft.ifft(given, *plain(axis, points)), x.dtype),
    )


@family.word("rfft", SINGLE, DOUBLE)
def _(draw):
    x, axis, points = drawn(draw, False)
    return (
        call("rfft", x, n=points, axis=axis),
        lambda: pairs(np.fft.rfft(x.astype("float64"), *plain(axis, points)), x.dtype),
    )


@family.word("irfft", SINGLE, DOUBLE)
def _(draw):
    x, axis, points = drawn(draw, True)
    return (
        call("irfft", x, n=points, axis=axis),
        lambda: np.fft.irfft(complexes(x), *plain(axis, points)).astype(fraction(x.dtype)),
    )


def twofold(name, answer, usual):
    @family.word(name, SINGLE, DOUBLE)
    def _(draw):
        isComplex = draw.maybe()
        sizes = [draw.choice([1, 2, 3, 4, 5]), draw.choice([1, 2, 3, 5])]
        sizes = sizes if draw.maybe(0.95) else sizes[:1]
        sizes = [2] + sizes if draw.maybe(0.1) else sizes
        x = draw.tensor(TYPES, sizes + ([2] if isComplex else []), special=0.0)
        given = complexes(x) if isComplex else x.astype("float64")
        return (
            call(name, x, complex=... if isComplex == usual else isComplex),
            lambda: pairs(answer(given), x.dtype),
        )


twofold("fft2", np.fft.fft2, False)
twofold("ifft2", np.fft.ifft2, True)


def parts(name, answer):
    @family.word(name, SINGLE, DOUBLE)
    def _(draw):
        x = draw.tensor(TYPES, draw.shape(high=2) + [2], special=0.0)
        return call(name, x), lambda: answer(complexes(x)).astype(fraction(x.dtype))


parts("magnitude", np.abs)
parts("phase", np.angle)
