"""Writes the data sets, once, and says what is in them."""

import json
import os
import time
from dataclasses import dataclass

from shapes import SHAPES

# Raised when what is written changes, so that old files are not taken for new ones.
VERSION = 1


@dataclass
class Data:
    """A file of JSON Lines."""

    name: str
    path: str
    rows: int
    bytes: int
    # Of the responses alone, as UTF-8.
    text_bytes: int

    @property
    def about(self):
        return f"{self.name}: {self.rows:,} responses, {self.bytes / 1e6:,.0f} MB"


def rows_at(name, share):
    """The rows of a data set at a share of its full size."""
    return max(1, round(SHAPES[name][1] * share))


def missing(name):
    """Why a data set cannot be had; None where it can."""
    if name == "real" and not os.environ.get("RUBRICA_REALDATA"):
        return "the variable RUBRICA_REALDATA names no folder with alpaca_eval in it"
    return None


def need(name, share, folder, say):
    """The data set, written first where it is not there yet."""
    rows = rows_at(name, share)
    path = os.path.join(folder, f"{name}-{rows}.jsonl")
    about = f"{path}.json"
    if os.path.exists(about):
        with open(about, encoding="utf-8") as file:
            known = json.load(file)
        if known.pop("version") == VERSION:
            return Data(name, path, **known)
    say(f"Writing {rows:,} rows of {name}")
    start = time.perf_counter()
    text_bytes = write(name, rows, path)
    data = Data(name, path, rows, os.path.getsize(path), text_bytes)
    facts = {"version": VERSION, "rows": rows, "bytes": data.bytes, "text_bytes": text_bytes}
    with open(about, "w", encoding="utf-8") as file:
        json.dump(facts, file)
    say(f"Writing {data.about} took {time.perf_counter() - start:.0f} s")
    return data


def write(name, rows, path):
    """Writes the rows and returns the bytes of the responses."""
    text_bytes = 0
    with open(f"{path}.part", "w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        for line in SHAPES[name][0](rows):
            file.write(line)
            text_bytes += unescaped(line[line.index('"response": "') + 13 : -3])
    os.replace(f"{path}.part", path)
    return text_bytes


def unescaped(text):
    """Bytes of UTF-8 of what stands inside a JSON string."""
    if "\\" not in text:
        return len(text.encode())
    return len(json.loads(f'"{text}"').encode("utf-8", "surrogatepass"))


def paths(folder):
    """All files that this wrote into a folder."""
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if ".jsonl" in name]
