"""A list for each body, which is how Python is fastest here."""

import math
import time

SOLAR, DAYS = 39.47841760435743, 365.24


def bodies():
    rows = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        [4.841431442464721, -1.1603200440274284, -0.10362204447112311,
         0.001660076642744037, 0.007699011184197404, -0.0000690460016972063, 0.0009547919384243266],
        [8.34336671824458, 4.124798564124305, -0.4035234171143214,
         -0.002767425107268624, 0.004998528012349172, 0.00002304172975737639, 0.0002858859806661308],
        [12.894369562139131, -15.111151401698631, -0.22330757889265573,
         0.002964601375647616, 0.0023784717395948095, -0.000029658956854023756, 0.00004366244043351563],
        [15.379697114850917, -25.919314609987964, 0.17925877295037118,
         0.0026806777249038932, 0.001628241700382423, -0.00009515922545197159, 0.00005151389020466115],
    ]
    for row in rows:
        row[3:] = [row[3] * DAYS, row[4] * DAYS, row[5] * DAYS, row[6] * SOLAR]
    for axis in (3, 4, 5):
        for row in rows[1:]:
            rows[0][axis] -= row[axis] * row[6] / SOLAR
    return rows


def energy(rows):
    total = 0.0
    for i, p in enumerate(rows):
        total += 0.5 * p[6] * (p[3] ** 2 + p[4] ** 2 + p[5] ** 2)
        for q in rows[i + 1 :]:
            total -= p[6] * q[6] / math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2)
    return total


def work(steps):
    rows, dt, sqrt = bodies(), 0.01, math.sqrt
    for _ in range(steps):
        for i in range(5):
            p = rows[i]
            for j in range(i + 1, 5):
                q = rows[j]
                dx, dy, dz = p[0] - q[0], p[1] - q[1], p[2] - q[2]
                square = dx * dx + dy * dy + dz * dz
                pull = dt / (square * sqrt(square))
                a, b = q[6] * pull, p[6] * pull
                p[3] -= dx * a
                p[4] -= dy * a
                p[5] -= dz * a
                q[3] += dx * b
                q[4] += dy * b
                q[5] += dz * b
        for p in rows:
            p[0] += dt * p[3]
            p[1] += dt * p[4]
            p[2] += dt * p[5]
    return energy(rows)


start = time.perf_counter()
result = work(100_000)
print("seconds", time.perf_counter() - start)
print("result", repr(result))
