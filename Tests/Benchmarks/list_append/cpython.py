import time


def work(count):
    values = []
    for i in range(count):
        values.append(i)
    total = 0
    for i in range(count):
        total = total + values[i]
    return total


start = time.perf_counter()
result = work(1_000_000)
print("seconds", time.perf_counter() - start)
print("result", result)
