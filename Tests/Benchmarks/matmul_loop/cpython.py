import time


def work(n):
    a = [[i * 0.5 + j for j in range(n)] for i in range(n)]
    b = [[i - j * 0.25 for j in range(n)] for i in range(n)]
    c = [[0.0 for j in range(n)] for i in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0.0
            for k in range(n):
                s = s + a[i][k] * b[k][j]
            c[i][j] = s
    return c[n - 1][n - 1] + c[0][n // 2]


start = time.perf_counter()
result = work(120)
print("seconds", time.perf_counter() - start)
print("result", repr(result))
