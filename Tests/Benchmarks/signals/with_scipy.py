import time

import numpy as np
from scipy import ndimage, signal

x = (np.arange(960_000) * 7919 % 20011).astype("f4") / np.float32(20011) - np.float32(0.5)


def seconds(function):
    function()
    start = time.perf_counter()
    for _ in range(5):
        function()
    return time.perf_counter() - start


features = {
    "stft": lambda: signal.stft(x, nperseg=512, noverlap=384),
    "resample": lambda: signal.resample_poly(x, 1, 2),
    "gaussian": lambda: ndimage.gaussian_filter1d(x, 3),
    "savgol": lambda: signal.savgol_filter(x, 31, 3),
    "median of 9": lambda: ndimage.median_filter(x, 9),
    "median of 101": lambda: ndimage.median_filter(x, 101),
}
for name, function in features.items():
    print("seconds", seconds(function), name)
