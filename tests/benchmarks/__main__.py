"""Run benchmarks (all, or those named) and print one JSON object.

A benchmark is a module of this package with a function `measure`.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

from tests import benchmarks


def names() -> list[str]:
    """Return the modules that measure something."""
    parts = ("__main__", "bare_settings", "bare_urls", "empty_task", "live_items", "texts")
    return [one.name for one in pkgutil.iter_modules(benchmarks.__path__) if one.name not in parts]


def main(wanted: list[str]) -> int:
    """Measure and print."""
    if unknown := [name for name in wanted if name not in names()]:
        sys.stderr.write(f"Unknown: {', '.join(unknown)}. There are: {', '.join(names())}.\n")
        return 2
    found = {}
    for name in wanted or names():
        sys.stderr.write(f"{name} …\n")
        found[name] = importlib.import_module(f"tests.benchmarks.{name}").measure()
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
