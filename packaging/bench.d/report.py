"""The results as Markdown and as JSON."""

import json
import os

HEADER = "| work | data | Rubrica | peer | | ratio | target | reached |\n|---|---|---:|---|---:|---:|---:|---|\n"


def amount(value, unit):
    """A number with its unit, three digits long."""
    if unit == "s":
        return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"
    if unit == "B":
        return f"{value / 1e6:,.0f} MB"
    return f"{value:.3g} {unit}"


def times(measured, unit):
    """Median, and least to most below it."""
    if measured is None:
        return ""
    text = amount(measured.median, unit)
    if len(measured.samples) > 1:
        text += f" ({amount(measured.least, unit)} – {amount(measured.most, unit)})"
    return text


def line(row):
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    cells = [row.work, row.data, times(row.rubrica, row.unit), row.peer_name, times(row.peer, row.unit), ratio]
    return "| " + " | ".join([*cells, row.target or "", reached]) + " |\n"


def markdown(facts, rows):
    """The whole page. Ratios are explained below the table they stand in."""
    parts = ["# Measured\n\n", "| | |\n|---|---|\n"]
    parts += [f"| {name} | {fact} |\n" for name, fact in facts.items()]
    parts.append("\nMedian (least – most) of several runs that took turns with the peer's, files in the cache.\n")
    for work in dict.fromkeys(row.work for row in rows):
        own = [row for row in rows if row.work == work]
        parts += [f"\n## {work}\n\n", HEADER, *map(line, own)]
        explanations = dict.fromkeys(row.ratio_of for row in own if row.ratio_of)
        parts += [f"\nRatio: {explained}.\n" for explained in explanations]
        parts += [f"\n- {row.data}: {row.note}\n" for row in own if row.note]
    return "".join(parts)


def write(folder, facts, rows):
    """Writes results.md and results.json."""
    with open(os.path.join(folder, "results.md"), "w", encoding="utf-8") as file:
        file.write(markdown(facts, rows))
    with open(os.path.join(folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": facts, "rows": [row.to_json() for row in rows]}, file, indent=1, ensure_ascii=False)
        file.write("\n")
