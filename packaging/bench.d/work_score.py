"""Scoring: from a file on disk to the summary, and the pass over loaded texts alone."""

import json

from bench import agree
from rows import Row
from runs import Times, paired, run, warm

SPEED = "the peer's time ÷ Rubrica's, pair by pair"
SETS = ("founding", "short", "huge", "escapes", "unicode", "real")


def rate(data, times):
    """GB of the file a second."""
    return f"{data.bytes / times.least / 1e9:.2f} GB/s"


def whole(bench):
    """JSON Lines on disk → every response scored, summary printed."""
    for name, rubric in [(name, "founding") for name in SETS] + [("founding", "forty")]:
        if data := bench.data(name):
            yield from whole_of(bench, data, bench.rubric(rubric))


def whole_of(bench, data, rubric):
    warm(data.path)
    bench.say(f"File to summary: {rubric.name} on {data.about}")
    own, polars, duckdb, plan = [], [], [], None
    ours = means(bench, data, rubric)
    for _ in range(bench.runs):
        own.append(run([bench.rubrica, "score", rubric.ron, data.path, "--format", "none", "--threads", "2"]))
        polars.append(bench.polars(data, rubric, 2)[0])
        duckdb.append(bench.duckdb(data, rubric, 1, plan)[0])
        plan = duckdb[0]["plan"]
        agree(f"{rubric.name} on {data.name}", ours, {"Polars": polars[-1], "DuckDB": duckdb[-1]})
    rubrica = Times([ran.seconds for ran in own])

    def row(peer, ran, seconds, target=None):
        """One peer's row. Rubrica's time is that of the whole program; the peer's start-up is not counted."""
        times = Times([seconds(one) for one in ran])
        ratio = paired(times, rubrica) if len(ran) > 1 else times.median / rubrica.median
        read, score = Times([one["read"] for one in ran]), Times([min(one["score"]) for one in ran])
        rates = f"{peer} reads at {rate(data, read)} and scores at {rate(data, score)}"
        note = f"{rates}; Rubrica does both at {rate(data, rubrica)}" if target or peer == "DuckDB" else ""
        details = {"runs": ran, "rubrica_cpu": [one.cpu for one in own]}
        return Row("File to summary", what, rubrica, "s", peer, times, SPEED, ratio, target, note, details)

    what = f"{rubric.name} rubric, {data.about}"
    # The target is held against the fastest way there is in Polars.
    yield row("Polars", polars, fastest, "≥ 2")
    yield row("Polars, every column loaded", polars, lambda one: one["read_all"] + min(one["score"]))
    yield row("DuckDB", duckdb, fastest)
    if rubric.name == "founding":
        python = bench.python(data, rubric, 1)[0]
        agree(f"{rubric.name} on {data.name}", ours, {"Python": python})
        yield row("Python", [python], fastest)


def fastest(one):
    """Reading only the columns that scoring needs and then scoring, or doing both in one query that keeps no text."""
    return min(one["read"] + min(one["score"]), one.get("fused", float("inf")))


def throughput(bench, data, rubric, runs, shares="1", threads="2"):
    """What the benchmark `throughput` says, one entry for each share and number of threads."""
    ran = run([bench.throughput, data.path, rubric.ron, "--runs", str(runs), "--shares", shares, "--threads", threads])
    return [json.loads(line) for line in ran.said.splitlines()]


def means(bench, data, rubric):
    """Rubrica's means, exactly."""
    return throughput(bench, data, rubric, 1)[0]


def score_pass(bench):
    """Texts that are loaded already → the mean of all and of each model."""
    for rubric in ("founding", "forty"):
        for name in SETS:
            if data := bench.data(name):
                yield pass_of(bench, data, bench.rubric(rubric))


def pass_of(bench, data, rubric):
    warm(data.path)
    bench.say(f"Score pass: {rubric.name} on {data.about}")
    own, polars = [], []
    for _ in range(bench.runs):
        ours = throughput(bench, data, rubric, 3)[0]
        theirs, _ = bench.polars(data, rubric, 3)
        agree(f"{rubric.name} on {data.name}", ours, {"Polars": theirs})
        own.append(min(ours["seconds"]))
        polars.append(min(theirs["score"]))
    rubrica, peer = Times(own), Times(polars)
    texts = data.text_bytes / 1e9
    note = f"{texts / rubrica.least:.2f} GB of text a second; Polars {texts / peer.least:.2f}"
    target = "≥ 1.5" if rubric.name == "founding" else "≥ 2"
    what = f"{rubric.name} rubric, {data.about}"
    return Row("Score pass alone", what, rubrica, "s", "Polars", peer, SPEED, paired(peer, rubrica), target, note)


def growth(bench):
    """One thread and two; a quarter of the data, half and all."""
    data = bench.data("founding")
    for rubric in map(bench.rubric, ("founding", "forty") if data else ()):
        warm(data.path)
        bench.say(f"Growth: {rubric.name} on {data.about}")
        took = throughput(bench, data, rubric, max(3, bench.runs), "4,2,1", "1,2")
        by = {(one["share"], one["threads"]): one for one in took}
        times = {key: Times(one["seconds"]) for key, one in by.items()}
        what = f"{rubric.name} rubric, {data.about}"
        one, two = times[1, 1], times[1, 2]
        faster = "one thread's time ÷ that of two"
        yield Row("Growth", f"{what}, 1 → 2 threads", two, "s", "one thread", one, faster, paired(one, two), "≥ 1.8")
        for share in (4, 2):
            # The part's time scaled up to the whole.
            scale = by[1, 2]["text_bytes"] / by[share, 2]["text_bytes"]
            part = Times([seconds * scale for seconds in by[share, 2]["seconds"]])
            linear = "the time of all ÷ that of a part, scaled up to all; 1 is linear"
            grown = f"{what}, 1/{share} → all"
            yield Row("Growth", grown, two, "s", f"1/{share} scaled up", part, linear, two.least / part.least, "≤ 1.15")
