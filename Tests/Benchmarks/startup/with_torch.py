"""The whole process counts: one step of Adam on 32 rows of chance."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.rand(32, 784), torch.arange(32) % 10
model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(model.parameters())
nn.functional.cross_entropy(model(x), y).backward()
optimizer.step()
