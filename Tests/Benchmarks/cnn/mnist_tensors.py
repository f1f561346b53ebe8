"""The pictures of MNIST as tensors of PyTorch."""

import gzip
import pathlib

import numpy as np
import torch

DATA = pathlib.Path(__file__).resolve().parents[3] / "notebooks/data/mnist"


def idx(name, header):
    return np.frombuffer(gzip.open(DATA / name).read(), np.uint8)[header:]


def training():
    images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).astype(np.float32) / 255
    labels = idx("train-labels-idx1-ubyte.gz", 8).astype(np.int64)
    return torch.from_numpy(images), torch.from_numpy(labels)
