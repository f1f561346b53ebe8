"""Scores of classifications, rankings, probabilities and predicted numbers, beside scikit-learn."""

import warnings

import numpy as np
import sklearn.metrics as m
from sklearn.calibration import calibration_curve

from oracle import Family, lep

family = Family()


def classes(draw, count, kinds):
    return np.array([draw.randrange(kinds) for _ in range(count)])


def averaged(function):
    def make(draw, p, t):
        average = draw.choice(["macro", "micro", "weighted"])
        return f'average="{average}"', lambda: function(t, p, average=average, zero_division=0)

    return make


CLASSIFICATION = {
    "accuracy_score": lambda draw, p, t: ("", lambda: m.accuracy_score(t, p)),
    "precision_score": averaged(m.precision_score),
    "recall_score": averaged(m.recall_score),
    "f_score": averaged(m.f1_score),
    "iou_score": averaged(m.jaccard_score),
    "balanced_accuracy": lambda draw, p, t: ("", lambda: m.balanced_accuracy_score(t, p)),
    "matthews": lambda draw, p, t: ("", lambda: m.matthews_corrcoef(t, p)),
}


def kappa(draw, p, t):
    weights = draw.choice(["linear", "quadratic", None])
    labels = range(1 + max(p.max(), t.max()))
    return f"weights={lep(weights)}", lambda: m.cohen_kappa_score(t, p, weights=weights, labels=list(labels))


def f_beta(draw, p, t):
    beta = draw.choice([0.5, 2.0])
    return f"beta={beta}", lambda: m.fbeta_score(t, p, beta=beta, average="macro", zero_division=0)


CLASSIFICATION |= {"cohen_kappa": kappa, "f_score ": f_beta}


@family.word("classification", double=1e-12)
def _(draw):
    count, kinds = draw.randint(2, 12), draw.randint(2, 4)
    p, t = classes(draw, count, kinds), classes(draw, count, kinds)
    if len(set(t) | set(p)) < 2:
        p[0], t[0], p[1], t[1] = 0, 0, 1, 1
    name = draw.choice(sorted(CLASSIFICATION))
    arguments, answer = CLASSIFICATION[name](draw, p, t)
    call = f"{name.strip()}({lep(p)},{lep(t)}{',' if arguments else ''}{arguments})"
    return call, lambda: np.float64(answer())


def ranking(draw):
    count = draw.randint(4, 12)
    scores = np.array([draw.randint(0, 12) / 8 for _ in range(count)])
    y = classes(draw, count, 2)
    y[:2] = [0, 1]
    return scores, y


def many_classes(draw):
    count, kinds = draw.randint(6, 12), 3
    p = np.array([[draw.randint(1, 9) for _ in range(kinds)] for _ in range(count)], float)
    y = classes(draw, count, kinds)
    y[:3] = [0, 1, 2]
    return p / p.sum(1, keepdims=True), y


def expected_calibration_error(p, y, bins):
    sure, right = p.max(1), p.argmax(1) == y
    places = np.minimum((sure * bins).astype(int), bins - 1)
    return sum(abs(right[places == b].sum() - sure[places == b].sum()) for b in range(bins)) / len(y)


def recall_at(precision, y, s):
    reached, recalls, _ = m.precision_recall_curve(y, s)
    # Its last point stands for no threshold.
    return max(recalls[:-1][reached[:-1] >= precision], default=0.0)


@family.word("probabilities", double=1e-12)
def _(draw):
    kind = draw.choice(["auc", "ap", "recall", "auc3", "log", "log3", "brier", "ece", "curve", "top"])
    s, y = ranking(draw)
    p, t = many_classes(draw)
    sure = np.clip(s / 2, 0.05, 0.95)
    bins = draw.choice([5, 10])
    k = draw.randint(1, 2)
    precision = draw.choice([0.3, 0.55, 0.85])
    made = {
        "auc": (f"roc_auc({lep(s)},{lep(y)})", lambda: m.roc_auc_score(y, s)),
        "ap": (f"pr_auc({lep(s)},{lep(y)})", lambda: m.average_precision_score(y, s)),
        "recall": (
            f"recall_at_precision({lep(s)},{lep(y)},{precision})",
            lambda: recall_at(precision, y, s),
        ),
        "auc3": (f"roc_auc({lep(p)},{lep(t)})", lambda: m.roc_auc_score(t, p, multi_class="ovr")),
        "log": (f"log_loss({lep(sure)},{lep(y)})", lambda: m.log_loss(y, sure)),
        "log3": (f"log_loss({lep(p)},{lep(t)})", lambda: m.log_loss(t, p)),
        "brier": (f"brier_score({lep(sure)},{lep(y)})", lambda: m.brier_score_loss(y, sure)),
        "ece": (
            f"calibration_error({lep(p)},{lep(t)},{bins})",
            lambda: expected_calibration_error(p, t, bins),
        ),
        "curve": (
            f"reliability({lep(sure + 0.003)},{lep(y)},5).observed",
            lambda: calibration_curve(y, sure + 0.003, n_bins=5)[0],
        ),
        "top": (
            f"top_k_accuracy({lep(p + 0.001 * np.arange(3))},{lep(t)},{k})",
            lambda: m.top_k_accuracy_score(t, p + 0.001 * np.arange(3), k=k, labels=[0, 1, 2]),
        ),
    }
    call, answer = made[kind]
    return call, lambda: np.asarray(answer(), "float64")


def concordance(y, z):
    return 2 * np.cov(y, z, ddof=0)[0, 1] / (y.var() + z.var() + (y.mean() - z.mean()) ** 2)


@family.word("regression", double=1e-12)
def _(draw):
    count = draw.randint(2, 8)
    shape = [count] if draw.maybe() else [count, 2]
    size = int(np.prod(shape))
    y = np.array([draw.randint(-40, 40) / 8 for _ in range(size)]).reshape(shape)
    y[0] += 7
    z = y + np.array([draw.randint(-9, 9) / 8 for _ in range(size)]).reshape(shape)
    made = {
        "r2_score": lambda: m.r2_score(y, z),
        "percentage_error": lambda: m.mean_absolute_percentage_error(y, z),
        "mean_absolute_error": lambda: m.mean_absolute_error(y, z),
        "mean_squared_error": lambda: m.mean_squared_error(y, z),
        "root_mean_squared_error": lambda: np.sqrt(m.mean_squared_error(y, z)),
        "concordance": lambda: concordance(y.ravel(), z.ravel()),
        "pinball": lambda: m.mean_pinball_loss(y, z, alpha=0.5),
    }
    name = draw.choice(sorted(made))
    return f"{name}({lep(z)},{lep(y)})", lambda: np.float64(made[name]())
