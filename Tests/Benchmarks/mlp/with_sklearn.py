"""The network 784-128-64-10 by scikit-learn. Prints the seconds of the second epoch for batches of three
sizes."""

import gzip
import pathlib
import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore", ConvergenceWarning)
DATA = pathlib.Path(__file__).resolve().parents[3] / "notebooks/data/mnist"


def idx(name, header):
    return np.frombuffer(gzip.open(DATA / name).read(), np.uint8)[header:]


images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(np.float32) / np.float32(255)
labels = idx("train-labels-idx1-ubyte.gz", 8).astype(np.int64)


class Timed(MLPClassifier):
    """Notes when each epoch ends."""

    def _update_no_improvement_count(self, *given, **named):
        self.ends.append(time.perf_counter())
        super()._update_no_improvement_count(*given, **named)


for batch in (32, 128, 512):
    model = Timed((128, 64), solver="adam", batch_size=batch, alpha=0.0, max_iter=2, random_state=1)
    model.ends = []
    model.fit(images, labels)
    print("seconds", model.ends[1] - model.ends[0], f"batch {batch}")
