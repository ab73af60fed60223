"""A rubric as an SQL expression, in each of the ways that are tried."""

import re

from spec import needed, score

# Name → whether one regular expression stands for all phrases of an “any”, and for each single phrase.
PLANS = {"contains": (False, False), "alternation": (True, False), "regexes": (True, True)}


class Sql(str):
    """SQL that can be added to and multiplied, so that the arithmetic of a score is written once for all peers."""

    def __add__(self, other):
        return Sql(f"({self} + {literal(other)})")

    def __mul__(self, other):
        return Sql(f"({self} * {literal(other)})")

    def __truediv__(self, other):
        return Sql(f"({self} / {literal(other)})")


def literal(value):
    """A number as a DOUBLE; SQL as it is."""
    return value if isinstance(value, Sql) else f"{float(value)!r}::DOUBLE"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def matches(pattern, ignore_case):
    """Whether a regular expression matches; ^ and $ do so at every line."""
    return f"regexp_matches(response, {quoted(('(?im)' if ignore_case else '(?m)') + pattern)})"


def has(criterion, phrase, as_regex):
    """Whether one phrase occurs."""
    ignore_case = criterion["ignore_case"]
    if as_regex:
        return matches(re.escape(phrase), ignore_case)
    return f"contains(lower, {quoted(phrase.lower())})" if ignore_case else f"contains(response, {quoted(phrase)})"


def any_of(criterion, plan):
    """Whether any phrase occurs."""
    together, as_regex = PLANS[plan]
    if together:
        return matches("|".join(map(re.escape, criterion["phrases"])), criterion["ignore_case"])
    return "(" + " OR ".join(has(criterion, phrase, as_regex) for phrase in criterion["phrases"]) + ")"


def number(condition):
    return Sql(f"({condition})::INT::DOUBLE")


def check(criterion, plan):
    """The value of one check."""
    if criterion["kind"] == "pattern":
        # RE2's \s is ASCII; what it leaves out does not occur where it could tell.
        pattern = criterion["pattern"]
        if criterion["at_least"] > 1:
            flags = "(?im)" if criterion["ignore_case"] else "(?m)"
            return number(f"len(regexp_extract_all(response, {quoted(flags + pattern)})) >= {criterion['at_least']}")
        return number(matches(pattern, criterion["ignore_case"]))
    if criterion["kind"] == "forbidden":
        return number(f"NOT {any_of(criterion, plan)}")
    need, many = needed(criterion)
    if need == "Any":
        return number(any_of(criterion, plan))
    total = len(criterion["phrases"])
    count = " + ".join(f"{has(criterion, phrase, PLANS[plan][1])}::INT" for phrase in criterion["phrases"])
    if need == "Fraction":
        return Sql(f"({count})::DOUBLE") / total
    if need == "Saturate":
        return Sql(f"least(1.0::DOUBLE, ({count})::DOUBLE / {many})")
    return number(f"({count}) >= {({'All': total, 'AtLeast': many})[need]}")


def expression(dimensions, plan):
    """The score as SQL over the columns `response` and `lower`."""
    return score(
        dimensions,
        lambda _, criterion: check(criterion, plan),
        lambda a, b: Sql(f"least({a}, {b})"),
        lambda x: Sql(f"greatest(0.0, least(1.0, {x}))"),
    )
