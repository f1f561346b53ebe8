import time


def work(count):
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = ""
    for i in range(count):
        text = text + letters[i % 26]
    found = 0
    for i in range(count):
        if text[i] == "e":
            found = found + 1
    return found


start = time.perf_counter()
result = work(1_000_000)
print("seconds", time.perf_counter() - start)
print("result", result)
