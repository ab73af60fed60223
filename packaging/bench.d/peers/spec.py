"""A rubric as the peers read it: founding.json restates rubrics/reasoning.ron, forty.json restates forty.ron."""

import json


def load(path):
    """The dimensions, each with its criteria."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def leaves(dimensions):
    """The checks, those inside an `all` one by one, each with a name of its own."""
    for criterion in (criterion for dimension in dimensions for criterion in dimension["criteria"]):
        if criterion["kind"] == "all":
            for at, part in enumerate(criterion["of"]):
                yield f"{criterion['id']}.{at}", part
        else:
            yield criterion["id"], criterion


def needed(criterion):
    """The kind of need, and its number where it has one."""
    need = criterion["need"]
    return (need, None) if isinstance(need, str) else tuple(need)


def score(dimensions, check, minimum, clip):
    """The score of the whole rubric: weighted means of weighted means, clipped to 0 to 1.

    `check(name, criterion)` is the value of one check, `minimum(a, b)` and `clip(x)` are those of the engine.
    """

    def value(criterion):
        if criterion["kind"] != "all":
            raw = check(criterion["id"], criterion)
        else:
            parts = [check(f"{criterion['id']}.{at}", part) for at, part in enumerate(criterion["of"])]
            raw = parts[0]
            for part in parts[1:]:
                raw = minimum(raw, part)
        unmet = criterion.get("when_unmet", 0.0)
        return raw if unmet == 0.0 else raw * (1.0 - unmet) + unmet

    def mean(nodes, of):
        weights = sum(node["weight"] for node in nodes)
        total = None
        for node in nodes:
            part = of(node) * node["weight"]
            total = part if total is None else total + part
        return total / weights

    return clip(mean(dimensions, lambda dimension: mean(dimension["criteria"], value)))
