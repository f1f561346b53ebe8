"""Steps that prepare data, learned from some rows and applied to others, beside scikit-learn."""

import unicodedata

import numpy as np
import sklearn.model_selection as s
import sklearn.preprocessing as p
from sklearn.datasets import load_wine
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer

from oracle import Family, call, lep

family = Family()
WINE = load_wine().data


def rows(draw, count, width):
    """Rows of a real table, or of drawn numbers, of which some are skewed."""
    if draw.maybe(0.3):
        columns = draw.sample(range(WINE.shape[1]), width)
        return WINE[draw.sample(range(len(WINE)), count)][:, columns]
    skewed = draw.maybe()
    number = lambda: round(draw.lognormvariate(0, 1) if skewed else draw.gauss(3, 2), 3)
    return np.array([[number() for _ in range(width)] for _ in range(count)])


def holed(draw, x, share=0.2):
    """The rows with some numbers missing, though none of a column or a row is missing altogether."""
    x = x.copy()
    for i in range(len(x)):
        for j in range(x.shape[1]):
            if draw.maybe(share) and i % x.shape[1] != j:
                x[i, j] = np.nan
    return x


def fitted(step, x, new):
    return f"fitted({step},{lep(x)})({lep(new)})"


@family.word("scaling", double=1e-6)
def _(draw):
    width = draw.randint(1, 3)
    x, new = rows(draw, draw.randint(4, 12), width), None
    new = x[:3] + draw.choice([0, 0.25])
    if draw.maybe(0.05):
        x[:, 0] = 5.0
    low, high = draw.choice([(0.25, 0.75), (0.1, 0.9)])
    count = draw.choice([5, 1000])
    steps = {
        "standardize()": p.StandardScaler(),
        "minmax_scale()": p.MinMaxScaler(),
        "minmax_scale(low=-1,high=2)": p.MinMaxScaler((-1, 2)),
        "maxabs_scale()": p.MaxAbsScaler(),
        f"robust_scale(low={low},high={high})": p.RobustScaler(quantile_range=(100 * low, 100 * high)),
        f"quantile_transform(quantiles={count})": p.QuantileTransformer(n_quantiles=min(count, len(x))),
        'quantile_transform(output="normal")': p.QuantileTransformer(
            n_quantiles=len(x), output_distribution="normal"
        ),
    }
    step = draw.choice(sorted(steps))
    # scikit-learn takes as many quantiles as there are rows, Lepton as there are numbers.
    if draw.maybe(0.2) and "quantile" not in step:
        x = holed(draw, x, 0.1)
    return fitted(step, x, new), lambda: steps[step].fit(x).transform(new)


@family.word("power_transform", double=1e-6)
def _(draw):
    x = np.abs(rows(draw, draw.randint(15, 25), 1)) + 0.1
    new = x[:4]
    method = draw.choice(["yeo-johnson", "box-cox"])
    scaled = draw.maybe(0.7)
    step = f'power_transform(method="{method}",standardize={lep(scaled)})'
    answer = lambda: p.PowerTransformer(method=method, standardize=scaled).fit(x).transform(new)
    # A power far from 1 makes numbers so alike that the likelihood has no clear top.
    if abs(p.PowerTransformer(method=method).fit(x).lambdas_[0]) > 3:
        return fitted("standardize()", x, new), lambda: p.StandardScaler().fit(x).transform(new)
    return fitted(step, x, new), answer


@family.word("imputing", double=1e-6)
def _(draw):
    width = draw.randint(2, 4)
    x = holed(draw, rows(draw, draw.randint(2 * width + 2, 14), width))
    new = holed(draw, rows(draw, 4, width), 0.4)
    neighbours = draw.randint(1, 4)
    steps = {
        'impute(by="mean")': SimpleImputer(),
        "impute()": SimpleImputer(strategy="median"),
        'impute(by="most_frequent")': SimpleImputer(strategy="most_frequent"),
        "impute(value=7)": SimpleImputer(strategy="constant", fill_value=7),
        f'impute(by="nearest",neighbours={neighbours})': KNNImputer(n_neighbors=neighbours),
        'impute(by="iterative")': IterativeImputer(),
    }
    step = draw.choice(sorted(steps) + ['impute(by="iterative")'])
    return fitted(step, x, new), lambda: steps[step].fit(x).transform(new)


CITIES = ["Wien", "Bern", "Graz", "Köln", "北京", "x"]


def texts(draw, count, kinds):
    return [draw.choice(CITIES[:kinds]) for _ in range(count)]


def table(**columns):
    return "table({" + ",".join(f"{name}:{lep(values)}" for name, values in columns.items()) + "})"


@family.word("encoding", double=1e-6)
def _(draw):
    x, new = texts(draw, draw.randint(4, 9), draw.randint(2, 5)), texts(draw, 3, 6)
    column, other = np.array(x, object)[:, None], np.array(new, object)[:, None]
    kind = draw.choice(["one", "first", "ordinal", "hash", "target", "bins", "bins1"])
    if kind in ("one", "first"):
        drop = {"one": None, "first": "first"}[kind]
        new = new if drop is None else x[:3]
        other = np.array(new, object)[:, None]
        encoder = p.OneHotEncoder(handle_unknown="ignore", sparse_output=False, drop=drop)
        step = "one_hot_encode()" if drop is None else "one_hot_encode(drop_first=true)"
        if drop and len(set(x)) < 2:
            return f"len({lep(x)})", lambda: len(x)
        call = f"tensor(fitted({step},{table(c=x)})({table(c=new)}))"
        return call, lambda: encoder.fit(column).transform(other).astype("int64")
    if kind == "ordinal":
        encoder = p.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        call = f"fitted(ordinal_encode(),{table(c=x)})({table(c=new)}).c"
        return call, lambda: encoder.fit(column).transform(other)[:, 0].astype("int64")
    if kind == "hash":
        size = draw.choice([4, 8, 16])
        call = f"tensor(hash_encode({table(c=new)},size={size}))"
        hasher = FeatureHasher(n_features=size)
        return call, lambda: hasher.transform([{"c": c} for c in new]).toarray().astype("int64")
    if kind == "target":
        y = [round(draw.gauss(2, 1), 2) + 0.003 for _ in x]
        smooth = draw.choice(["auto", 0.0, 2.0, 10.0])
        option = "" if smooth == "auto" else f"smoothing={smooth}"
        data = f"dataset({table(c=x)},{lep(y)})"
        call = f"fitted(target_encode({option}),{data})({table(c=new)}).c"
        encoder = p.TargetEncoder(target_type="continuous", smooth=smooth)
        return call, lambda: encoder.fit(column, y).transform(other)[:, 0]
    x = rows(draw, draw.randint(6, 12), 1)
    new, count = x[:4] + draw.choice([-1, 0, 1]), draw.randint(2, 4)
    by, strategy = draw.choice([("quantile", "quantile"), ("width", "uniform")])
    encode = {"bins": "ordinal", "bins1": "onehot-dense"}[kind]
    option = {"bins": "ordinal", "bins1": "one_hot"}[kind]
    bins = p.KBinsDiscretizer(
        count, encode=encode, strategy=strategy, **({"quantile_method": "linear"} if by == "quantile" else {})
    )
    step = f'discretize(bins={count},by="{by}",encode="{option}")'
    return fitted(step, x, new), lambda: bins.fit(x).transform(new)


@family.word("clustered_bins", double=1e-6)
def _(draw):
    x = rows(draw, draw.randint(8, 40), 1)
    if draw.maybe(0.3):
        x = np.round(x**3, 2)
    count = draw.randint(2, 6)
    bins = p.KBinsDiscretizer(count, encode="ordinal", strategy="kmeans").fit(x)
    step = f'discretize(bins={count},by="kmeans",encode="ordinal")'
    # A number that lies on an edge up to rounding may fall to either side.
    new = np.array([v for v in np.vstack([x, x + 0.13]) if np.abs(bins.bin_edges_[0] - v).min() > 1e-9])
    return fitted(step, x, new), lambda: bins.transform(new)


# Characters with several ways to write them, beside plain ones: marks, Hangul, full width, ligatures, circles.
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x345), (0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2), (0x1E00, 0x1FFE),
    (0x2070, 0x208E), (0x2100, 0x214F), (0x2460, 0x24EA), (0x3131, 0x318E), (0x3200, 0x33FF), (0xAC00, 0xD7A3), (0xF900, 0xFA6D),
    (0xFB00, 0xFB4F), (0xFE30, 0xFE6B), (0xFF01, 0xFFEE), (0x1D400, 0x1D7FF), (0x1F100, 0x1F16C),
]


@family.word("normal_form")
def _(draw):
    known = [chr(c) for low, high in [draw.choice(RANGES) for _ in range(8)] for c in [draw.randint(low, high)]]
    # Quotes and what begins an escape would have to be written otherwise.
    plain = lambda c: not {'"', chr(92)} & set(unicodedata.normalize("NFKD", c))
    text = "".join(c for c in known if unicodedata.category(c) != "Cn" and plain(c))
    form = draw.choice(["NFC", "NFD", "NFKC", "NFKD"])
    return call("normal_form", text, form), lambda: unicodedata.normalize(form, text)


WORDS = ["the", "cat", "sat", "on", "a", "mat", "Dog", "2024", "naïve", "rain-fall"]


@family.word("words", single=1e-6, double=1e-6)
def _(draw):
    sentence = lambda: " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 6)))
    x, new = [sentence() for _ in range(draw.randint(2, 5))], [sentence() for _ in range(2)]
    ngrams, least = draw.randint(1, 2), draw.choice([1, 1, 2])
    isWeighted = draw.maybe()
    make = TfidfVectorizer if isWeighted else CountVectorizer
    made = make(
        token_pattern=r"(?u)\b\w+\b", ngram_range=(1, ngrams), min_df=least, lowercase=True
    )
    word = "tf_idf" if isWeighted else "count_words"
    step = f"{word}(ngrams={ngrams},least={least})"
    x = x + [x[0]]
    call = f"tensor(fitted({step},{table(t=x)})({table(t=new)}))"
    type = "float32" if isWeighted else "int64"
    return call, lambda: made.fit(x).transform(new).toarray().astype(type)


def places(splits):
    return [{"train": [int(i) for i in a], "test": [int(i) for i in b]} for a, b in splits]


@family.word("folds")
def _(draw):
    count, folds = draw.randint(6, 16), draw.randint(2, 4)
    kind = draw.choice(["order", "classes", "groups", "time"])
    x = np.zeros(count)
    if kind == "order":
        return call("order_folds", count, folds), lambda: places(s.KFold(folds).split(x))
    if kind == "classes":
        y = [draw.choice("cab") for _ in range(count)]
        y = y + [c for c in sorted(set(y)) for _ in range(folds)]
        split = s.StratifiedKFold(folds).split(np.zeros(len(y)), y)
        return call("stratified_folds", y, folds), lambda: places(split)
    if kind == "groups":
        groups = ["a", "b", "c", "d"] + [draw.choice("abcdef") for _ in range(count)]
        split = s.GroupKFold(folds).split(np.zeros(len(groups)), groups=groups)
        return call("group_folds", groups, folds), lambda: places(split)
    gap, longest = draw.randint(0, 1), draw.choice([None, 3])
    made = s.TimeSeriesSplit(folds, gap=gap, max_train_size=longest)
    return call("time_folds", count, folds, gap=gap, longest=longest), lambda: places(made.split(x))
