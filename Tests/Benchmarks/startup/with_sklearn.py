"""The whole process counts: one step of Adam on 32 rows of chance."""

import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore")
x, y = np.random.default_rng(0).random((32, 784), dtype=np.float32), np.arange(32) % 10
MLPClassifier((128, 64), batch_size=32, max_iter=1).fit(x, y)
