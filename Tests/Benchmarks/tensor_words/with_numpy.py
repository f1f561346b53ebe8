import time

import numpy as np

x = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], np.float32)
y = x * np.float32(2)
turns = 200_000


def empty():
    for i in range(turns):
        z = x


def add():
    for i in range(turns):
        z = x + y


def scale():
    for i in range(turns):
        z = x * 2.0


def relu():
    for i in range(turns):
        z = np.maximum(x, 0)


def exp():
    for i in range(turns):
        z = np.exp(x)


def total():
    for i in range(turns):
        z = x.sum()


def matmul():
    for i in range(turns):
        z = x @ y


def seconds(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


nothing = seconds(empty)
for name, function in [
    ("add", add), ("scale", scale), ("relu", relu), ("exp", exp), ("sum", total), ("matmul", matmul),
]:
    print("seconds", seconds(function) - nothing, name)
print(f"result {x @ y:.4f}")
