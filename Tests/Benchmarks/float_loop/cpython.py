import time


def work(turns):
    s, x = 0.0, 1.0
    for i in range(turns):
        s = s + x * 0.5
        x = x + 0.001
    return s


start = time.perf_counter()
result = work(10_000_000)
print("seconds", time.perf_counter() - start)
print("result", repr(result))
