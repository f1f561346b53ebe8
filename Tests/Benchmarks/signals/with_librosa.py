import time

import librosa
import numpy as np

x = (np.arange(960_000) * 7919 % 20011).astype("f4") / np.float32(20011) - np.float32(0.5)


def seconds(function):
    function()
    start = time.perf_counter()
    for _ in range(5):
        function()
    return time.perf_counter() - start


features = {
    "stft": lambda: librosa.stft(x, n_fft=512, hop_length=128),
    "mfcc": lambda: librosa.feature.mfcc(
        y=x, sr=16_000, n_mfcc=13, n_fft=512, hop_length=128, n_mels=40
    ),
}
for name, function in features.items():
    print("seconds", seconds(function), name)
