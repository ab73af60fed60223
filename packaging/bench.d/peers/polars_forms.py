"""Ways to say each check in Polars. Which is the fastest is measured, not guessed: see polars_choose.py."""

import re

import polars as pl
from spec import needed

TEXT = pl.col("response")
# Computed once for all checks that ignore case.
LOWER = pl.col("response").str.to_lowercase()


def number(condition):
    return condition.cast(pl.Float64)


def with_need(criterion, count):
    """The value for a number of different phrases found."""
    need, many = needed(criterion)
    total = len(criterion["phrases"])
    if need == "Fraction":
        return count / total
    if need == "Saturate":
        return (count / many).clip(upper_bound=1.0)
    return number(count >= {"All": total, "Any": 1, "AtLeast": many}[need])


def counted(found):
    """How many conditions hold."""
    return pl.sum_horizontal([condition.cast(pl.UInt32) for condition in found])


def literals(criterion):
    """One search for a literal after the other, in lower case where case is ignored."""
    if not criterion["ignore_case"]:
        return [TEXT.str.contains(phrase, literal=True) for phrase in criterion["phrases"]]
    return [LOWER.str.contains(phrase.lower(), literal=True) for phrase in criterion["phrases"]]


def regexes(criterion):
    """One regular expression a phrase."""
    flag = "(?i)" if criterion["ignore_case"] else ""
    return [TEXT.str.contains(flag + re.escape(phrase)) for phrase in criterion["phrases"]]


def alternation(criterion):
    """One regular expression for all phrases."""
    flag = "(?i)" if criterion["ignore_case"] else ""
    return TEXT.str.contains(flag + "|".join(map(re.escape, criterion["phrases"])))


def automaton(criterion):
    """One Aho-Corasick search for any of the phrases."""
    return TEXT.str.contains_any(criterion["phrases"], ascii_case_insensitive=criterion["ignore_case"])


def extracted(criterion):
    """One Aho-Corasick search that lists all occurrences, of which the different ones are counted."""
    insensitive = criterion["ignore_case"]
    found = TEXT.str.extract_many(criterion["phrases"], ascii_case_insensitive=insensitive, overlapping=True)
    if insensitive:
        found = found.list.eval(pl.element().str.to_lowercase())
    return found.list.n_unique().fill_null(0)


def phrase_forms(criterion):
    need, _ = needed(criterion)
    forms = {
        "literals": lambda: with_need(criterion, counted(literals(criterion))),
        "regexes": lambda: with_need(criterion, counted(regexes(criterion))),
        "extract_many": lambda: with_need(criterion, extracted(criterion)),
    }
    if need == "Any":
        forms |= any_forms(criterion)
    if need == "All":
        forms["all literals"] = lambda: number(pl.all_horizontal(literals(criterion)))
    return forms


def any_forms(criterion):
    return {
        "any literal": lambda: number(pl.any_horizontal(literals(criterion))),
        "alternation": lambda: number(alternation(criterion)),
        "contains_any": lambda: number(automaton(criterion)),
    }


def pattern_forms(criterion):
    flags = "(?im)" if criterion["ignore_case"] else "(?m)"
    pattern, least = flags + criterion["pattern"], criterion["at_least"]
    if least > 1:
        return {"count_matches": lambda: number(TEXT.str.count_matches(pattern) >= least)}
    return {"contains": lambda: number(TEXT.str.contains(pattern))}


def forms(criterion):
    """Name → function that makes the expression of a check's value, all with the same result."""
    if criterion["kind"] == "pattern":
        return pattern_forms(criterion)
    if criterion["kind"] == "forbidden":
        return {name: (lambda form=form: 1.0 - form()) for name, form in any_forms(criterion).items()}
    return phrase_forms(criterion)
