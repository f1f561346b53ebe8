"""Writes python.safetensors with the safetensors package, for SafetensorsTests to read."""

import os

import numpy as np
from safetensors.numpy import save_file

tensors = {
    "0.dense.kernel": np.arange(6, dtype=np.float32).reshape(2, 3) / 4 - 0.5,
    "0.dense.bias": np.array([0.0, -0.0, np.inf], np.float32),
    "half": np.array([1.5, -0.25, 65504.0], np.float16),
    "double": np.array([[0.1]], np.float64),
    "count": np.array(-(2**40), np.int64),
    "pixels": np.arange(8, dtype=np.uint8).reshape(2, 2, 2),
    "mask": np.array([True, False, True]),
    "empty": np.zeros((0, 4), np.float32),
}
folder = os.path.dirname(os.path.abspath(__file__))
save_file(tensors, os.path.join(folder, "python.safetensors"), {"format": "np", "by": "café"})
