import time


def numbers(count):
    values, x = [], 1
    for i in range(count):
        x = (x * 1103515245 + 12345) % 2147483648
        values.append(x)
    return values


values = numbers(1_000_000)
start = time.perf_counter()
ordered = sorted(values, key=lambda x: x % 65536 * 65536 + x // 65536)
print("seconds", time.perf_counter() - start)
print("result", ordered[0], ordered[500_000], ordered[-1])
