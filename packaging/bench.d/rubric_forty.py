"""Writes forty.ron and forty.json: a rubric of 40 criteria with 200 phrases and 10 regular expressions.

forty.ron is for rubrica; forty.json says the same for the peers. Both are kept beside this script; run it again after a
change:

    python3 packaging/bench.d/rubric_forty.py
"""

import json
import os

from prose import COMMON, CONTENT, STOCK, rng_of

FOLDER = os.path.dirname(os.path.abspath(__file__))

# Ten regular expressions of the kinds people write: openings, lists, numbers with units, links, hedges.
PATTERNS = [
    ("numbered", r"^\s*\d+\. \S", 3, False),
    ("bullets", r"^\s*[-*] \S", 2, False),
    ("headings", r"^#{1,3} \w+", 1, False),
    ("committed", r"^\s*(?:Final )?Answer:\s*\S", 1, True),
    ("units", r"\b\d+(?:\.\d+)? (?:ms|km|mg|litres|percent|EUR)\b", 1, False),
    ("link", r"https?://[\w./-]+", 1, False),
    ("self-reference", r"\bas an? (?:AI|artificial intelligence|language model)\b", 1, True),
    ("hedge", r"\b(?:may|might|could) (?:vary|differ|depend)\b", 1, True),
    ("year", r"\b(?:19|20)\d\d\b", 1, False),
    ("code", r"^```[a-z]+$", 1, False),
]


def phrases(rng):
    """200 different phrases: parts of stock phrases that do occur, single words, and pairs that hardly ever do."""
    stock = [" ".join(words[at : at + 4]) for text in STOCK if len(words := text.split()) > 5 for at in (0, 2)]
    words = [word for word in CONTENT if len(word) > 4]
    chosen = list(dict.fromkeys(stock))[:40] + rng.sample(words, 60)
    while len(chosen) < 200:
        parts = rng.sample(words, 2) + rng.sample(COMMON, 1)
        phrase = rng.choice((f"{parts[0]} {parts[1]}", f"{parts[0]} {parts[2]} {parts[1]}", parts[0].capitalize()))
        if phrase not in chosen:
            chosen.append(phrase)
    rng.shuffle(chosen)
    return chosen


def criteria():
    """The criteria, ten a dimension."""
    rng = rng_of("forty")
    left = phrases(rng)
    # 20 criteria look for phrases, 10 forbid some: 30 lists of 200 phrases in all.
    sizes = [(6, 7, 7)[at % 3] for at in range(30)]
    needs = ["Fraction", "Any", ("Saturate", 3), "All", ("AtLeast", 2)]
    found = []
    for at, size in enumerate(sizes):
        own, left = left[:size], left[size:]
        kind = "forbidden" if at % 3 == 2 else "phrases"
        need = needs[at % len(needs)] if kind == "phrases" else None
        found.append({"id": f"{kind}-{at + 1}", "kind": kind, "phrases": own, "need": need, "ignore_case": at % 4 == 1})
    for name, pattern, at_least, ignore_case in PATTERNS:
        entry = {"id": name, "kind": "pattern", "pattern": pattern, "at_least": at_least, "ignore_case": ignore_case}
        found.append(entry)
    rng.shuffle(found)
    for at, criterion in enumerate(found):
        criterion["weight"] = (1.0, 2.0, 0.5, 1.5)[at % 4]
    return found


def spec():
    """The rubric as the peers read it. The weights of dimensions and criteria are relative to their siblings."""
    listed = criteria()
    weights = (0.4, 0.3, 0.2, 0.1)
    return [
        {"id": f"part-{at + 1}", "weight": weight, "criteria": listed[at * 10 : at * 10 + 10]}
        for at, weight in enumerate(weights)
    ]


def ron_text(text):
    """A text as RON writes it."""
    return json.dumps(text, ensure_ascii=False)


def check(criterion):
    """A criterion's check in RON."""
    ignore = ", ignore_case: true" if criterion["ignore_case"] else ""
    if criterion["kind"] == "pattern":
        least = f", at_least: {criterion['at_least']}" if criterion["at_least"] > 1 else ""
        return f'Pattern(pattern: r"{criterion["pattern"]}"{ignore}{least})'
    listed = ", ".join(map(ron_text, criterion["phrases"]))
    if criterion["kind"] == "forbidden":
        return f"Forbidden(phrases: [{listed}]{ignore})"
    need = criterion["need"]
    need = need if isinstance(need, str) else f"{need[0]}({need[1]})"
    return f"Phrases(phrases: [{listed}], need: {need}{ignore})"


def ron(dimensions):
    """The rubric file."""
    lines = [
        "// Forty criteria with 200 phrases and 10 regular expressions, to measure speed with.",
        "// Written by rubric_forty.py.",
        "Rubric(",
        "    format: 1,",
        '    name: "Forty criteria",',
        "    dimensions: [",
    ]
    for dimension in dimensions:
        name = dimension["id"]
        lines += ["        Dimension(", f'            id: "{name}",', f'            name: "{name}",']
        lines += [f"            weight: {dimension['weight']},", "            criteria: ["]
        for criterion in dimension["criteria"]:
            name = criterion["id"]
            lines.append(
                f'                Criterion(id: "{name}", name: "{name}", weight: {criterion["weight"]}, '
                f"check: {check(criterion)}),"
            )
        lines += ["            ],", "        ),"]
    return "\n".join([*lines, "    ],", ")", ""])


if __name__ == "__main__":
    dimensions = spec()
    with open(os.path.join(FOLDER, "forty.ron"), "w", encoding="utf-8") as file:
        file.write(ron(dimensions))
    with open(os.path.join(FOLDER, "forty.json"), "w", encoding="utf-8") as file:
        json.dump(dimensions, file, indent=1, ensure_ascii=False)
        file.write("\n")
