import pathlib
import time


def work(path):
    text = path.read_text()
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    best, most = "", 0
    for name, count in counts.items():
        if count > most:
            best, most = name, count
    return len(counts), best, most


start = time.perf_counter()
result = work(pathlib.Path(__file__).with_name("words.txt"))
print("seconds", time.perf_counter() - start)
print("result", *result)
