"""Spectra and features of sounds, beside SciPy, librosa and python_speech_features."""

import librosa
import numpy as np
import python_speech_features
import scipy.fft
import scipy.signal

from oracle import FLOATS, Family, call

family = Family()
SINGLE, DOUBLE = 1e-6, 1e-9


def sound(draw, low=16, high=30, type=None):
    """A short sound, or two of them."""
    sizes = [draw.randint(low, high)]
    return draw.tensor(FLOATS, [2] + sizes if draw.maybe(0.2) else sizes, type=type, special=0.0)


def pairs(z, type):
    """Complex numbers `[frequencies, frames]` as frames of two parts."""
    z = np.swapaxes(z, -1, -2)
    return np.stack([z.real, z.imag], axis=-1).astype(type)


def cut(draw):
    size = draw.choice([4, 8, 16])
    return size, draw.choice([size // 4, size // 2])


@family.word("stft", SINGLE, DOUBLE)
def _(draw):
    x, (size, step), center = sound(draw), cut(draw), draw.maybe()
    return (
        call("stft", x, size, step, center=... if center else False),
        lambda: pairs(
            librosa.stft(x.astype("float64"), n_fft=size, hop_length=step, center=center), x.dtype
        ),
    )


@family.word("istft", SINGLE, DOUBLE)
def _(draw):
    x, (size, step) = sound(draw, 10, 24), cut(draw)
    z = librosa.stft(np.round(x.astype("float64")), n_fft=size, hop_length=step)
    given = pairs(np.round(z, 3), x.dtype)
    known = draw.maybe()
    length = x.shape[-1]

    def answer():
        z = np.swapaxes(given[..., 0].astype("float64") + 1j * given[..., 1], -1, -2)
        return librosa.istft(
            z, n_fft=size, hop_length=step, length=length if known else None
        ).astype(x.dtype)

    return call("istft", given, step=step, length=length if known else ...), answer


@family.word("mel_filters", SINGLE, DOUBLE)
def _(draw):
    rate, size = draw.choice([8000, 11025, 16000, 22050]), draw.choice([8, 16, 32])
    bands, htk = draw.randint(2, 6), draw.maybe()
    low, high = draw.choice([..., 0, 50, 300]), draw.choice([..., 3000, 3999.5])
    return (
        call("mel_filters", rate, size, bands, low=low, high=high, htk=True if htk else ...),
        lambda: librosa.filters.mel(
            sr=rate, n_fft=size, n_mels=bands, fmin=0 if low is ... else low,
            fmax=None if high is ... else high, htk=htk, dtype=np.float64,
        ),
    )


def features(name, answer):
    @family.word(name, SINGLE, DOUBLE)
    def _(draw):
        x, (size, step) = sound(draw), cut(draw)
        bands, htk = draw.randint(3, 8), draw.maybe()
        chosen = dict(n_fft=size, hop_length=step, n_mels=bands, htk=htk)
        return (
            call(
                name, x, 8000, size=size, step=step, bands=bands, htk=True if htk else ...,
                **({"count": 3} if name == "mfcc" else {}),
            ),
            lambda: np.stack(
                [answer(row.astype("float64"), chosen).T for row in np.atleast_2d(x)]
            ).reshape(x.shape[:-1] + (-1, 3 if name == "mfcc" else bands)).astype(x.dtype),
        )


features("mel_spectrogram", lambda x, chosen: librosa.feature.melspectrogram(y=x, sr=8000, dtype="float64", **chosen))
features("mfcc", lambda x, chosen: librosa.feature.mfcc(y=x, sr=8000, n_mfcc=3, dtype="float64", **chosen))


@family.word("decibels", SINGLE, DOUBLE)
def _(draw):
    x = draw.tensor(FLOATS, [draw.randint(1, 5), draw.randint(1, 5)], low=0, special=0.0)
    range = draw.choice([..., 10, 20, None])
    return (
        call("decibels", x, range=range),
        lambda: librosa.power_to_db(
            x.astype("float64"), top_db=80 if range is ... else range
        ).astype(x.dtype),
    )


def transform(name, answer):
    @family.word(name, SINGLE, DOUBLE)
    def _(draw):
        x = sound(draw, 1, 14)
        return call(name, x), lambda: answer(x.astype("float64"), norm="ortho").astype(x.dtype)


transform("dct", scipy.fft.dct)
transform("idct", scipy.fft.idct)


@family.word("pre_emphasis", SINGLE, DOUBLE)
def _(draw):
    x, share = sound(draw, 1, 20), draw.choice([0.5, 0.95, 0.97])
    return (
        call("pre_emphasis", x, share=... if share == 0.97 else share),
        lambda: scipy.signal.lfilter([1, -share], [1], x.astype("float64")).astype(x.dtype),
    )


@family.word("deltas", SINGLE, DOUBLE)
def _(draw):
    x = draw.tensor(FLOATS, [draw.randint(1, 9), draw.randint(1, 3)], special=0.0)
    reach = draw.randint(1, 3)
    return (
        call("deltas", x, reach=reach),
        lambda: python_speech_features.delta(x.astype("float64"), reach).astype(x.dtype),
    )


@family.word("resample", SINGLE, DOUBLE)
def _(draw):
    x = sound(draw, 2, 30)
    rate, to = draw.sample([1, 2, 3, 4, 5, 7, 8, 160, 147], 2)
    if max(rate, to) > 8:
        rate, to = min(rate, to) + 8, 11
    return (
        call("resample", x, rate, to),
        lambda: scipy.signal.resample_poly(x.astype("float64"), to, rate, axis=-1).astype(x.dtype),
    )
