import time

import torch

torch.set_grad_enabled(False)
torch.set_num_threads(2)
x = torch.tensor([(i * 7919 % 20011) / 5000.0 - 2 for i in range(1000000)])
rows = x.reshape(1000, 1000)
y = x * 1


def seconds(function):
    function()
    start = time.perf_counter()
    for _ in range(100):
        function()
    return time.perf_counter() - start


words = {
    "relu": lambda: torch.relu(x),
    "exp": lambda: torch.exp(x),
    "tanh": lambda: torch.tanh(x),
    "sum": lambda: x.sum(),
    "softmax": lambda: torch.softmax(rows, 1),
    "add": lambda: x + y,
}
for name, function in words.items():
    print("seconds", seconds(function), name)
print(f"result {torch.relu(x).sum().item() / 1000000:.3f} {torch.softmax(rows, 1)[3, 4].item() * 1000:.3f}")
