"""Dates read and taken apart, beside pandas."""

import datetime

import numpy as np
import pandas as pd

from oracle import Family, call, lep

family = Family()
EPOCH = pd.Timestamp(0)
# What Lepton reads without being told, and what it is told by a format.
STYLES = {
    "%Y-%m-%d": None,
    "%Y-%m-%dT%H:%M:%S": None,
    "%Y-%m-%d %H:%M:%S": None,
    "%Y/%m/%d": None,
    "%d.%m.%Y": None,
    "%d/%m/%Y": "%d/%m/%Y",
    "%m/%d/%y": "%m/%d/%y",
    "%d %b %Y": "%d %b %Y",
    "%H:%M %d.%m.%Y": "%H:%M %d.%m.%Y",
    "%Y day %j": "%Y day %j",
}


def dates(draw):
    """Some dates as texts, what they are, and the format that has to be named."""
    style = draw.choice(sorted(STYLES))
    # Two digits of a year mean one between 1969 and 2068.
    first, last = (1970, 2068) if "%y" in style else (1890, 2110)
    days = (datetime.date(last, 12, 31) - datetime.date(first, 1, 1)).days
    moments = [
        datetime.datetime(first, 1, 1)
        + datetime.timedelta(days=draw.randint(0, days), seconds=draw.randint(0, 86399))
        for _ in range(draw.randint(1, 5))
    ]
    texts = [moment.strftime(style) for moment in moments]
    return texts, pd.to_datetime(texts, format=style), STYLES[style] or ...


@family.word("parse_dates", double=0)
def _(draw):
    texts, found, format = dates(draw)
    return call("parse_dates", texts, format=format), lambda: np.array((found - EPOCH) / pd.Timedelta(seconds=1))


@family.word("date_parts", double=0)
def _(draw):
    texts, found, format = dates(draw)
    known = ["year", "month", "day", "hour", "minute", "second", "weekday", "day_of_year"]
    parts = draw.sample(known, draw.randint(1, len(known)))

    def answer():
        return np.stack([getattr(found, part).to_numpy() for part in parts], axis=1).astype("float64")

    rows = f"table({{at:{lep(texts)}}})"
    named = f",format={lep(format)}" if format is not ... else ""
    return f"float64(date_parts({rows},parts={lep(parts)}{named}))", answer
