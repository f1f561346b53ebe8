"""The network 784-128-64-10 by NumPy, as a careful person would write it: float32, one flat array for
all parameters, Adam in place. Prints the seconds of an epoch for batches of three sizes."""

import gzip
import pathlib
import time

import numpy as np

DATA = pathlib.Path(__file__).resolve().parents[3] / "notebooks/data/mnist"
BATCHES, EPOCHS = (32, 128, 512), 4
SHAPES = [(784, 128), (128,), (128, 64), (64,), (64, 10), (10,)]


def idx(name, header):
    return np.frombuffer(gzip.open(DATA / name).read(), np.uint8)[header:]


images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / np.float32(255)
labels = idx("train-labels-idx1-ubyte.gz", 8).astype(np.int64)
rng = np.random.default_rng(1)
count = sum(int(np.prod(shape)) for shape in SHAPES)
w, g, m, v, t1, t2 = (np.zeros(count, np.float32) for _ in range(6))


def views(flat):
    parts, start = [], 0
    for shape in SHAPES:
        size = int(np.prod(shape))
        parts.append(flat[start : start + size].reshape(shape))
        start += size
    return parts


W, G = views(w), views(g)
for i in (0, 2, 4):
    limit = (6 / sum(SHAPES[i])) ** 0.5
    W[i][...] = rng.uniform(-limit, limit, SHAPES[i])
steps = 0


def step(x, y):
    global steps
    n = len(y)
    h1 = x @ W[0]
    h1 += W[1]
    np.maximum(h1, 0, out=h1)
    h2 = h1 @ W[2]
    h2 += W[3]
    np.maximum(h2, 0, out=h2)
    z = h2 @ W[4]
    z += W[5]
    z -= z.max(1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(1, keepdims=True)
    z[np.arange(n), y] -= 1
    z *= np.float32(1 / n)
    np.dot(h2.T, z, out=G[4])
    z.sum(0, out=G[5])
    d = z @ W[4].T
    d *= h2 > 0
    np.dot(h1.T, d, out=G[2])
    d.sum(0, out=G[3])
    d = d @ W[2].T
    d *= h1 > 0
    np.dot(x.T, d, out=G[0])
    d.sum(0, out=G[1])
    steps += 1
    rate = np.float32(1e-3 * (1 - 0.999**steps) ** 0.5 / (1 - 0.9**steps))
    np.multiply(g, np.float32(0.1), out=t1)
    np.multiply(m, np.float32(0.9), out=m)
    np.add(m, t1, out=m)
    np.multiply(g, g, out=t1)
    np.multiply(t1, np.float32(0.001), out=t1)
    np.multiply(v, np.float32(0.999), out=v)
    np.add(v, t1, out=v)
    np.sqrt(v, out=t1)
    np.add(t1, np.float32(1e-7), out=t1)
    np.divide(m, t1, out=t2)
    np.multiply(t2, rate, out=t2)
    np.subtract(w, t2, out=w)


def epoch(batch):
    order = rng.permutation(len(labels))
    for start in range(0, len(labels), batch):
        places = order[start : start + batch]
        step(images[places], labels[places])


for batch in BATCHES:
    epoch(batch)
    start = time.perf_counter()
    for _ in range(EPOCHS):
        epoch(batch)
    print("seconds", (time.perf_counter() - start) / EPOCHS, f"batch {batch}")
