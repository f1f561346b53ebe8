"""The network 784-128-64-10 in JAX: an epoch is one compiled scan over shuffled batches. Prints the median
seconds of an epoch after the first, which compiles, for batches of three sizes."""

import gzip
import os
import pathlib
import statistics
import time

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
import optax

DATA = pathlib.Path(__file__).resolve().parents[3] / "notebooks/data/mnist"
BATCHES, EPOCHS = (32, 128, 512), 4


def idx(name, header):
    return np.frombuffer(gzip.open(DATA / name).read(), np.uint8)[header:]


images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / np.float32(255)
images = jnp.asarray(images)
labels = jnp.asarray(idx("train-labels-idx1-ubyte.gz", 8).astype(np.int32))
optimizer = optax.adam(1e-3)


def loss(w, x, y):
    h = jax.nn.relu(x @ w[0] + w[1])
    h = jax.nn.relu(h @ w[2] + w[3])
    return optax.softmax_cross_entropy_with_integer_labels(h @ w[4] + w[5], y).mean()


def epoch_of(batch):
    steps = len(labels) // batch

    # The data are arguments: closed over, they would be a constant of 188 MB to compile.
    @jax.jit
    def epoch(parameters, state, key, images, labels):
        order = jax.random.permutation(key, len(labels))[: steps * batch].reshape(steps, batch)

        def step(carried, places):
            parameters, state = carried
            slopes = jax.grad(loss)(parameters, images[places], labels[places])
            updates, state = optimizer.update(slopes, state, parameters)
            return (optax.apply_updates(parameters, updates), state), None

        return jax.lax.scan(step, (parameters, state), order)[0]

    return epoch


for batch in BATCHES:
    key = jax.random.PRNGKey(1)
    parameters = []
    for i, o in ((784, 128), (128, 64), (64, 10)):
        key, part = jax.random.split(key)
        limit = (6 / (i + o)) ** 0.5
        parameters += [jax.random.uniform(part, (i, o), jnp.float32, -limit, limit), jnp.zeros(o)]
    state, epoch, times = optimizer.init(parameters), epoch_of(batch), []
    for _ in range(EPOCHS + 1):
        key, part = jax.random.split(key)
        start = time.perf_counter()
        parameters, state = epoch(parameters, state, part, images, labels)
        jax.block_until_ready(parameters)
        times.append(time.perf_counter() - start)
    print("seconds", statistics.median(times[1:]), f"batch {batch}")
