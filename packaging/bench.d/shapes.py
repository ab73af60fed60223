"""The data sets: each a function that yields lines of JSON, quickly and always the same."""

import glob
import json
import math
import os

from prose import CAVEATS, dense_escapes, foreign, inside_json, paragraphs, rng_of, sentences

FAMILIES = ("aurora", "borealis", "cirrus", "dune", "ember")
MODELS = [f"{family}-{size}" for family in FAMILIES for size in ("mini", "base", "large", "xl")]

# Sections, answer line and what is left over, as they stand inside a JSON string.
ASSUMPTIONS = ["## Assumptions\\n", "**Assumptions**\\n", "Assumptions: ", "### 1. Assumptions\\n\\n"]
STEPS = ["## Steps\\n", "Steps:\\n", "**Steps**\\n\\n", "Steps to take:\\n1. "]
# Each with how often it comes; the last four are not what the pattern of an answer line looks for.
ANSWERS = {
    "Answer: ": 40,
    "  Answer: ": 8,
    "Answer:\\n": 6,
    "\\tAnswer: ": 2,
    "**Answer:** ": 16,
    "The Answer: ": 6,
    "Final answer: ": 12,
    "## Answer\\n": 10,
}
LEFT_OVER = ["TODO: choose the rate.\\n", "TODO\\n", "To do: ask.\\n", "# TODOs\\n"]


def line(prompt, model, text, question):
    """One row as json.dumps writes it; text and question stand inside JSON strings already."""
    return (
        f'{{"id": "p{prompt:06}.{model}", "prompt_id": "p{prompt:06}", "model": "{model}", '
        f'"prompt": "{question}", "response": "{text}"}}\n'
    )


def rows(count, questions, response):
    """`count` rows, each prompt answered by every model in turn."""
    for row in range(count):
        prompt, model = divmod(row, len(MODELS))
        yield line(prompt, MODELS[model], response(), questions[prompt % len(questions)])


def reasoned(rng, pool, median, spread):
    """A function that writes one reasoned answer: sections, an answer line, a TODO and caveats, each only sometimes.

    Its length is log-normal around `median` bytes.
    """
    caveats = [inside_json(caveat) for caveat in CAVEATS]
    answers, weights = list(ANSWERS), list(ANSWERS.values())
    mean = sum(map(len, pool)) / len(pool)
    chance, choice, choices, length = rng.random, rng.choice, rng.choices, rng.lognormvariate
    scale = math.log(median)

    def write():
        body = choices(pool, k=max(1, round(min(length(scale, spread), 60 * median) / mean)))
        parts = []
        if chance() < 0.62:
            parts.append(choice(ASSUMPTIONS))
        parts += body[: len(body) // 3]
        if chance() < 0.66:
            parts.append(choice(STEPS))
        parts += body[len(body) // 3 :]
        if chance() < 0.08:
            parts.append(choice(LEFT_OVER))
        if chance() < 0.72:
            parts.append(choices(answers, weights)[0])
            parts.append(choice(pool))
        for caveat in caveats:
            if chance() < 0.28:
                parts.append(caveat)
                parts.append(" ")
        return "".join(parts)

    return write


def founding(count):
    """Reasoned answers in English, about 2,850 bytes a row; lengths are log-normal."""
    rng = rng_of("founding")
    pool = [inside_json(text) for text in paragraphs(rng, 30_000)]
    questions = [inside_json(text) for text in sentences(rng, 5_000)]
    yield from rows(count, questions, reasoned(rng, pool, 2_040, 0.6))


def short(count):
    """One or two sentences, about 100 bytes."""
    rng = rng_of("short")
    pool = [inside_json(text) for text in sentences(rng, 50_000)]
    questions = [inside_json(" ".join(text.split()[:4]) + "?") for text in sentences(rng, 5_000)]

    def response():
        text = rng.choice(pool)
        chance = rng.random()
        if chance < 0.2:
            return f"Answer: {text}"
        return f"{text} {rng.choice(pool)}" if chance < 0.4 else text

    yield from rows(count, questions, response)


def huge(count):
    """Responses of ten million bytes."""
    rng = rng_of("huge")
    pool = [inside_json(text) for text in paragraphs(rng, 30_000)]
    yield from rows(count, ["Write a book."], reasoned(rng, pool, 10_000_000, 0.0))


def escapes(count):
    """As `founding`, with an escape in every few words and all that is not ASCII written as \\u."""
    rng = rng_of("escapes")
    pool = [inside_json(dense_escapes(rng, text)) for text in paragraphs(rng, 15_000)]
    questions = [inside_json(dense_escapes(rng, text)) for text in sentences(rng, 5_000)]
    yield from rows(count, questions, reasoned(rng, pool, 2_040, 0.6))


def unicode(count):
    """Cyrillic, Chinese, Japanese and emoji, written as UTF-8."""
    rng = rng_of("unicode")
    pool = [json.dumps(foreign(rng), ensure_ascii=False)[1:-1] for _ in range(15_000)]
    yield from rows(count, pool[:2_000], reasoned(rng, pool, 1_500, 0.6))


def real(count):
    """What models wrote for AlpacaEval, repeated under new ids."""
    written = []
    for file in sorted(glob.glob(os.path.join(os.environ["RUBRICA_REALDATA"], "alpaca_eval/results/*/*.json"))):
        with open(file, encoding="utf-8") as opened:
            outputs = json.load(opened)
        written += [[inside_json(row[field]) for field in ("generator", "instruction", "output")] for row in outputs]
    for row in range(count):
        generator, instruction, output = written[row % len(written)]
        yield line(row, generator, output, instruction)


# Name → generator and rows at full size.
SHAPES = {
    "founding": (founding, 200_000),
    "short": (short, 2_000_000),
    "huge": (huge, 60),
    "escapes": (escapes, 100_000),
    "unicode": (unicode, 60_000),
    "real": (real, 780_000),
    "million": (founding, 1_000_000),
}
