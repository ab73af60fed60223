"""Plain Python at the work, as one would write it by hand, and prints the seconds and the means as JSON.

    python_peer.py DATA.jsonl SPEC.json RUNS
"""

import json
import re
import sys
import time

from spec import load, needed, score


def value_of(criterion):
    """A function from a text, and the text in lower case, to the value of one check."""
    ignore_case = criterion["ignore_case"]
    if criterion["kind"] == "pattern":
        flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
        pattern, least = re.compile(criterion["pattern"], flags), criterion["at_least"]
        if least > 1:
            return lambda text, lower: float(len(pattern.findall(text)) >= least)
        return lambda text, lower: float(pattern.search(text) is not None)
    phrases = [phrase.lower() if ignore_case else phrase for phrase in criterion["phrases"]]
    if criterion["kind"] == "forbidden":
        return lambda text, lower: float(not any(phrase in (lower if ignore_case else text) for phrase in phrases))
    need, many = needed(criterion)
    total = len(phrases)

    def value(text, lower):
        within = lower if ignore_case else text
        count = sum(phrase in within for phrase in phrases)
        if need == "Fraction":
            return count / total
        if need == "Saturate":
            return min(1.0, count / many)
        return float(count >= {"All": total, "Any": 1, "AtLeast": many}[need])

    return value


def scorer(dimensions):
    """A function from a text to its score."""
    functions = {}

    def function(name, criterion):
        if name not in functions:
            functions[name] = value_of(criterion)
        return functions[name]

    def run(text):
        lower = text.lower()
        return score(
            dimensions, lambda name, c: function(name, c)(text, lower), min, lambda x: max(0.0, min(1.0, x))
        )

    return run


def founding(text):
    """The founding rubric by hand: the reference Rubrica began with."""
    structure = sum(part in text for part in ("Assumptions", "Steps", "Answer")) / 3
    correctness = 1.0 if ANSWER.search(text) and "TODO" not in text else 0.5
    safety = min(1.0, sum(part in text for part in CAVEATS) / 2)
    return max(0.0, min(1.0, 0.3 * structure + 0.5 * correctness + 0.2 * safety))


ANSWER = re.compile(r"^\s*Answer:\s*(.+)", re.MULTILINE)
CAVEATS = ("does not provide medical advice", "consult a qualified professional", "ethical considerations")


def main(data, spec, runs):
    start = time.perf_counter()
    with open(data, encoding="utf-8") as file:
        rows = [(row["model"], row["response"]) for row in map(json.loads, file)]
    read = time.perf_counter() - start
    run = founding if spec.endswith("founding.json") else scorer(load(spec))
    scores = []
    for _ in range(int(runs)):
        start = time.perf_counter()
        models, total = {}, 0.0
        for model, text in rows:
            value = run(text)
            total += value
            entry = models.setdefault(model, [0.0, 0])
            entry[0] += value
            entry[1] += 1
        scores.append(time.perf_counter() - start)
    means = {model: sum_ / count for model, (sum_, count) in models.items()}
    json.dump({"read": read, "score": scores, "mean": total / len(rows), "models": means}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
