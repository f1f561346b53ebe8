import time


def work(count):
    lines = [f"{i}: {i * i}, {i / 8:.3f}" for i in range(count)]
    text = "\n".join(lines).replace(", ", ";")
    total = 0
    for line in text.split("\n"):
        total = total + len(line)
    return total


start = time.perf_counter()
result = work(300_000)
print("seconds", time.perf_counter() - start)
print("result", result)
