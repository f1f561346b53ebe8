"""The whole process counts: one compiled step of Adam on 32 rows of chance."""

import os

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(0)
x, y = rng.random((32, 784), dtype=np.float32), np.arange(32) % 10
parameters = []
for i, o in ((784, 128), (128, 64), (64, 10)):
    parameters += [jnp.asarray(rng.standard_normal((i, o), dtype=np.float32) * 0.05), jnp.zeros(o)]
optimizer = optax.adam(1e-3)
state = optimizer.init(parameters)


@jax.jit
def step(parameters, state, x, y):
    def loss(w):
        h = jax.nn.relu(x @ w[0] + w[1])
        h = jax.nn.relu(h @ w[2] + w[3])
        return optax.softmax_cross_entropy_with_integer_labels(h @ w[4] + w[5], y).mean()

    value, slopes = jax.value_and_grad(loss)(parameters)
    updates, state = optimizer.update(slopes, state, parameters)
    return optax.apply_updates(parameters, updates), state, value


step(parameters, state, x, y)[2].block_until_ready()
