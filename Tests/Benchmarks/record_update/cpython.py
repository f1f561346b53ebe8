"""Objects with slots, which are Python's fastest records."""

import time


class Inner:
    __slots__ = ("hits",)

    def __init__(self):
        self.hits = 0


class State:
    __slots__ = ("count", "total", "last", "inner")

    def __init__(self):
        self.count, self.total, self.last, self.inner = 0, 0.0, 0.0, Inner()


def work(turns):
    state = State()
    for i in range(turns):
        state.count = state.count + 1
        state.last = state.count * 0.5
        state.total = state.total + state.last
        state.inner.hits = state.inner.hits + 2
    return state.total + state.inner.hits


start = time.perf_counter()
result = work(1_000_000)
print("seconds", time.perf_counter() - start)
print("result", repr(result))
