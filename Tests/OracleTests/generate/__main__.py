"""Writes the golden files: `python generate [FAMILY…]`. Each file beside this one is a family.

Families that stand on more than NumPy are left as they are where that is not installed.
"""

import importlib
import pathlib
import sys

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here))
names = sys.argv[1:] or sorted(p.stem for p in here.glob("*.py") if p.stem not in ("__main__", "oracle"))
for name in names:
    path = here.parent / "golden" / f"{name}.gz"
    try:
        family = importlib.import_module(name).family
    except ModuleNotFoundError as error:
        print(f"{name}: left as it is, since there is no {error.name}")
        continue
    count = family.write(path)
    print(f"{name}: {count} inputs, {path.stat().st_size // 1000} kB")
