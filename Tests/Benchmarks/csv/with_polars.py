import pathlib
import time

import polars

start = time.perf_counter()
t = polars.read_csv(pathlib.Path(__file__).with_name("numbers.csv"))
print("seconds", time.perf_counter() - start)
print(f"result {len(t)} {t['c0'].sum():.4f} {t['c9'].sum():.4f}")
