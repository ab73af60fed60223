"""DuckDB at the work: reads, scores, and prints the seconds of each and the means as JSON.

    duckdb_peer.py DATA.jsonl SPEC.json RUNS [PLAN]

Without a plan all are tried once, and the fastest is used and named.
"""

import json
import sys
import time

import duckdb
from duckdb_forms import PLANS, expression, quoted
from spec import load

COLUMNS = "{model: 'VARCHAR', response: 'VARCHAR'}"


def rows_of(path):
    """What reads a file. A line may have up to 64 MiB."""
    return (
        f"(SELECT model, response FROM read_json({quoted(path)}, format = 'newline_delimited', "
        f"columns = {COLUMNS}, maximum_object_size = 67108864))"
    )


def query(table, dimensions, plan):
    """Mean and number of responses of each model."""
    scored = expression(dimensions, plan)
    lower = ", lower(response) AS lower" if "(lower," in scored else ""
    return f"SELECT model, avg({scored}), count(*) FROM (SELECT model, response{lower} FROM {table}) GROUP BY model"


def timed(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def main(data, spec, runs, plan=None):
    dimensions = load(spec)
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET preserve_insertion_order = false")
    # Threads share a table by its row groups. At the usual size a small table would be left to one of them.
    connection.execute("ATTACH ':memory:' AS small (ROW_GROUP_SIZE 4096)")
    connection.execute("USE small")
    read, _ = timed(lambda: connection.execute(f"CREATE TABLE responses AS FROM {rows_of(data)}"))

    def score(plan):
        return timed(lambda: connection.execute(query("responses", dimensions, plan)).fetchall())

    tried = {name: score(name)[0] for name in PLANS} if plan is None else {}
    plan = plan or min(tried, key=tried.get)
    scores = []
    for _ in range(int(runs)):
        seconds, models = score(plan)
        scores.append(seconds)
    connection.execute("DROP TABLE responses")
    fused, _ = timed(lambda: connection.execute(query(rows_of(data), dimensions, plan)).fetchall())
    count = sum(count for _, _, count in models)
    json.dump(
        {
            "read": read,
            "score": scores,
            "fused": fused,
            "plan": plan,
            "tried": tried,
            "mean": sum(mean * count for _, mean, count in models) / count,
            "models": {model: mean for model, mean, _ in models},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
