"""The whole process counts: one step of Adam on 32 rows of chance."""

import numpy as np

rng = np.random.default_rng(0)
x, y = rng.random((32, 784), dtype=np.float32), np.arange(32) % 10
W = []
for i, o in ((784, 128), (128, 64), (64, 10)):
    W += [rng.standard_normal((i, o), dtype=np.float32) * np.float32(0.05), np.zeros(o, np.float32)]
h1 = np.maximum(x @ W[0] + W[1], 0)
h2 = np.maximum(h1 @ W[2] + W[3], 0)
z = h2 @ W[4] + W[5]
z = np.exp(z - z.max(1, keepdims=True))
z /= z.sum(1, keepdims=True)
z[np.arange(32), y] -= 1
z /= 32
d2 = (z @ W[4].T) * (h2 > 0)
d1 = (d2 @ W[2].T) * (h1 > 0)
slopes = [x.T @ d1, d1.sum(0), h1.T @ d2, d2.sum(0), h2.T @ z, z.sum(0)]
for w, g in zip(W, slopes):
    m, v = 0.1 * g, 0.001 * g * g
    w -= np.float32(1e-3) * (m / 0.1) / (np.sqrt(v / 0.001) + np.float32(1e-7))
