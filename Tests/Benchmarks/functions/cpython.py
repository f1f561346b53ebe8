import functools
import time


def adder(k):
    return lambda x: x + k


def work(count):
    doubled = list(map(lambda x: x * 2, range(count)))
    kept = list(filter(lambda x: x % 3 == 0, doubled))
    total = functools.reduce(lambda a, b: a + b, kept, 0)
    for i in range(count):
        add = adder(i)
        total = total + add(1)
    return total


start = time.perf_counter()
result = work(1_000_000)
print("seconds", time.perf_counter() - start)
print("result", result)
