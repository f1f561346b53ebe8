"""The small network whose second convolution is taken in two steps, by PyTorch. Prints the seconds of an
epoch."""

import pathlib
import sys

from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cnn"))
import with_torch

with_torch.measure([nn.Conv2d(16, 16, 3, padding=1, groups=16, bias=False), nn.Conv2d(16, 32, 1)])
