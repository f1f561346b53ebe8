"""Filters that take noise away, beside SciPy, librosa and PyWavelets."""

import librosa
import numpy as np
import pywt
import scipy.ndimage
import scipy.signal

from oracle import FLOATS, Family, call

family = Family()
SINGLE, DOUBLE = 1e-6, 1e-9


def field(draw, low=1, high=9):
    rank = draw.choice([1, 1, 2])
    return draw.tensor(FLOATS, [draw.randint(low, high) for _ in range(rank)], special=0.0)


@family.word("median_filter", SINGLE, DOUBLE)
def _(draw):
    x, size = field(draw), draw.choice([1, 3, 5])
    return call("median_filter", x, size), lambda: scipy.ndimage.median_filter(x, size)


@family.word("gaussian_filter", SINGLE, DOUBLE)
def _(draw):
    x = field(draw)
    sigma = draw.choice([0.5, 1, 1.5]) if draw.maybe() else [draw.choice([0, 0.5, 1]) for _ in x.shape]
    truncate = draw.choice([..., 2, 3])
    return (
        call("gaussian_filter", x, sigma, truncate=truncate),
        lambda: scipy.ndimage.gaussian_filter(
            x.astype("float64"), sigma, truncate=4 if truncate is ... else truncate
        ).astype(x.dtype),
    )


@family.word("savgol_filter", SINGLE, DOUBLE)
def _(draw):
    sizes = [draw.randint(3, 14)]
    x = draw.tensor(FLOATS, [2] + sizes if draw.maybe(0.2) else sizes, special=0.0)
    size, degree = draw.choice([3, 3, 5, 5, 7]), draw.randint(0, 3)
    derivative = draw.choice([..., ..., 1, 2])
    return (
        call("savgol_filter", x, size, degree, derivative=derivative),
        lambda: scipy.signal.savgol_filter(
            x.astype("float64"), size, degree, deriv=0 if derivative is ... else derivative
        ).astype(x.dtype),
    )


def signal(draw):
    levels = draw.randint(1, 3)
    x = draw.tensor(FLOATS, [2**levels * draw.randint(1, 3)], special=0.0)
    return x, levels, draw.choice(["haar", "db2", "db3", "db4"])


def parts(x, levels, name):
    return [
        part.astype(x.dtype)
        for part in pywt.wavedec(x.astype("float64"), name, mode="periodization", level=levels)
    ]


@family.word("wavelet", SINGLE, DOUBLE)
def _(draw):
    x, levels, name = signal(draw)
    return call("wavelet", x, levels, name), lambda: parts(x, levels, name)


@family.word("unwavelet", SINGLE, DOUBLE)
def _(draw):
    x, levels, name = signal(draw)
    given = [np.round(part, 3) for part in parts(x, levels, name)]
    return (
        call("unwavelet", given, name),
        lambda: pywt.waverec(
            [part.astype("float64") for part in given], name, mode="periodization"
        ).astype(x.dtype),
    )


@family.word("wavelet_shrinkage", SINGLE, DOUBLE)
def _(draw):
    x, levels, name = signal(draw)
    limit = draw.choice([..., 0, 0.5, 2])

    def answer():
        smooth, *details = parts(x.astype("float64"), levels, name)
        noise = np.median(np.abs(details[-1])) / 0.6744897501960817
        most = noise * np.sqrt(2 * np.log(len(x))) if limit is ... else limit
        kept = [np.sign(part) * np.maximum(np.abs(part) - most, 0) for part in details]
        return pywt.waverec([smooth, *kept], name, mode="periodization").astype(x.dtype)

    return call("wavelet_shrinkage", x, levels, name, limit=limit), answer


@family.word("spectral_subtraction", SINGLE, DOUBLE)
def _(draw):
    size = draw.choice([8, 16])
    step = draw.choice([..., size // 2])
    x = draw.tensor(FLOATS, [draw.randint(size, 40)], special=0.0)
    noise = draw.tensor(FLOATS, [draw.randint(size, 24)], special=0.0, type=str(x.dtype))
    factor, floor = draw.choice([..., 0, 0.5, 2]), draw.choice([..., 0, 0.1])

    def spectrum(x):
        hop = size // 4 if step is ... else step
        return librosa.stft(x.astype("float64"), n_fft=size, hop_length=hop)

    def answer():
        z = spectrum(x)
        loud, steady = np.abs(z), np.abs(spectrum(noise)).mean(axis=1, keepdims=True)
        least = (0.02 if floor is ... else floor) * loud
        kept = np.maximum(loud - (1 if factor is ... else factor) * steady, least)
        # Its phase stays; what is silent has none.
        y = kept * np.exp(1j * np.angle(z))
        hop = size // 4 if step is ... else step
        return librosa.istft(y, n_fft=size, hop_length=hop, length=len(x)).astype(x.dtype)

    return call("spectral_subtraction", x, noise, size, step=step, factor=factor, floor=floor), answer
