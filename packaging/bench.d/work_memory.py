"""Memory: the most that is held while scoring a file, a pipe, and in the window."""

import subprocess

from rows import Row
from runs import Times, run, warm

OF_TEXT = "the most memory held ÷ bytes of the responses' texts"
HELD = "the most memory held, in units of 200 MB"


def scoring(bench):
    """`score FILE --format none`, beside Polars and DuckDB."""
    for name in ("founding", "short", "huge", "unicode"):
        data = bench.data(name)
        if not data:
            continue
        warm(data.path)
        bench.say(f"Memory of scoring {data.about}")
        rubric = bench.rubric("founding")
        own = run([bench.rubrica, "score", rubric.ron, data.path, "--format", "none", "--threads", "2"])
        peers = {"Polars": bench.polars(data, rubric, 1)[1], "DuckDB": bench.duckdb(data, rubric, 1, "contains")[1]}
        peak = Times([own.peak])
        note = ", ".join(f"{peer} {ran.peak / data.text_bytes:.2f} × the text" for peer, ran in peers.items())
        polars = Times([peers["Polars"].peak])
        ratio = own.peak / data.text_bytes
        yield Row("Memory, scoring a file", data.about, peak, "B", "Polars", polars, OF_TEXT, ratio, "≤ 1.3", note)


def streaming(bench):
    """`score - --format jsonl` on a pipe that is longer and longer."""
    data = bench.data("million")
    rubric = bench.rubric("founding")
    for share in (5, 10, 20) if data else ():
        rows = data.rows * share // 28
        size = data.bytes * rows / data.rows
        bench.say(f"Memory of scoring {size / 1e6:,.0f} MB from a pipe")
        head = subprocess.Popen(["head", "-n", str(rows), data.path], stdout=subprocess.PIPE)
        ran = run([bench.rubrica, "score", rubric.ron, "-", "--format", "jsonl"], stdin=head.stdout, keep=False)
        head.stdout.close()
        head.wait()
        what = f"{rows:,} responses, {size / 1e6:,.0f} MB"
        note = f"{size / ran.seconds / 1e9:.2f} GB/s"
        peak = Times([ran.peak])
        yield Row("Memory, scoring a pipe", what, peak, "B", "", None, HELD, ran.peak / 200e6, "≤ 1", note)
