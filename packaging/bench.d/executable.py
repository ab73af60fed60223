"""Prints where cargo put an executable, from what it says with --message-format json on standard input.

    cargo bench --no-run --bench NAME --message-format json-render-diagnostics | executable.py NAME
"""

import json
import sys


def main(name):
    messages = map(json.loads, sys.stdin)
    found = [one["executable"] for one in messages if one.get("executable") and one["target"]["name"] == name]
    if not found:
        sys.exit(f"{name} was not built.")
    print(found[-1])


if __name__ == "__main__":
    main(*sys.argv[1:])
