"""Numbers before headings: 1., 1.1, 1.1.1."""

from __future__ import annotations

from preview.govspeak.options import Options


class Numbering:
    """Counts headings of the chosen levels."""

    def __init__(self, options: Options) -> None:
        levels = set(options.auto_numbered_header_levels) & {2, 3, 4, 5, 6}
        self.levels = sorted(levels) if options.auto_numbered_headers else []
        self.counts = dict.fromkeys(range(1, 7), 0)

    def before(self, level: int) -> str:
        """Return what stands before the next heading of this level; "" for no number."""
        if level not in self.levels:
            return ""
        self.counts[level] += 1
        for deeper in range(level + 1, 7):
            self.counts[deeper] = 0
        first = self.levels[0]
        numbers = ".".join(str(self.counts[one]) for one in range(first, level + 1))
        return f"{numbers}. " if level == first else f"{numbers} "
