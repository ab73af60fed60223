"""Reading and scoring with Polars, in each of the ways that are tried."""

import os

# Before Polars is loaded: its threads are started once.
os.environ.setdefault("POLARS_MAX_THREADS", "2")

import polars as pl  # noqa: E402
from polars_forms import forms  # noqa: E402
from spec import score  # noqa: E402

# Only what scoring needs is kept of a row.
SCHEMA = {"model": pl.String, "response": pl.String}


def from_memory(path):
    with open(path, "rb") as file:
        return pl.read_ndjson(file.read(), schema=SCHEMA)


READERS = {
    "read_ndjson": lambda path: pl.read_ndjson(path, schema=SCHEMA),
    "read_ndjson of bytes": from_memory,
    "scan_ndjson": lambda path: pl.scan_ndjson(path, schema=SCHEMA).collect(),
    "scan_ndjson, streaming": lambda path: pl.scan_ndjson(path, schema=SCHEMA).collect(engine="streaming"),
}


# Every column, as somebody loads a file to work with it: with the types found out, and with the types given.
ALL = {name: pl.String for name in ("id", "prompt_id", "model", "prompt", "response")}
WHOLE_READERS = [
    pl.read_ndjson,
    lambda path: pl.read_ndjson(path, schema=ALL),
    lambda path: pl.scan_ndjson(path, schema=ALL).collect(engine="streaming"),
]


def expression(dimensions, chosen):
    """The score as one expression; `chosen` names the form of each check."""
    return score(
        dimensions,
        lambda name, criterion: forms(criterion)[chosen[name]](),
        lambda a, b: pl.min_horizontal(a, b),
        lambda x: x.clip(0.0, 1.0),
    ).alias("score")


def eager(frame, scored):
    return frame.select("model", scored)


def lazy(frame, scored):
    return frame.lazy().select("model", scored).collect()


def streaming(frame, scored):
    return frame.lazy().select("model", scored).collect(engine="streaming")


def in_two(frame, scored):
    """Each half of the rows in a thread of its own, as somebody might who wants both cores busy."""
    from concurrent.futures import ThreadPoolExecutor

    half = frame.height // 2
    with ThreadPoolExecutor(2) as pool:
        return pl.concat(pool.map(lambda part: part.select("model", scored), (frame[:half], frame[half:])))


SCORERS = {"eager": eager, "lazy": lazy, "streaming": streaming, "eager, two halves": in_two}


def means(table):
    """The mean of all and of each model."""
    models = table.group_by("model", maintain_order=True).agg(pl.col("score").mean())
    return table["score"].mean(), dict(models.iter_rows())


def fused(path, dimensions, chosen):
    """Reads and scores in one query that keeps no text."""
    query = pl.scan_ndjson(path, schema=SCHEMA).select("model", expression(dimensions, chosen))
    return means(query.collect(engine="streaming"))
