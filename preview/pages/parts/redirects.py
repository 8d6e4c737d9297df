"""Where an address leads that has no page any more.

Source: alphagov/router `handlers/redirect_handler.go`, alphagov/publishing-api
`content_schemas/formats/redirect.jsonnet`.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.pages.fields import Fields

REST = "…"


@dataclass(frozen=True)
class Redirect:
    """A rule: for one address, or also for those below it (`prefix`).

    preserves: whether what follows the path (the rest of the address, the query) is kept.
    """

    path: str
    prefix: bool
    preserves: bool
    destination: str

    def matches(self, path: str) -> bool:
        """Return whether the rule is about an address."""
        return path == self.path or (self.prefix and path.startswith(f"{self.path}/"))

    def target(self, path: str, query: str = "") -> str:
        """Return where an address leads that the rule is about."""
        if not self.preserves:
            return self.destination
        rest = path.removeprefix(self.path)
        return f"{self.destination}{rest}" + (f"?{query}" if query else "")

    @property
    def examples(self) -> list[tuple[str, str]]:
        """Addresses, and where they lead: the path, those below it, those with a query."""
        below = [f"{self.path}/{REST}"] if self.prefix else []
        rows = [(path, self.target(path)) for path in [self.path, *below]]
        return [*rows, (f"{self.path}?{REST}", self.target(self.path, REST))]


def redirects(rows: list[Fields]) -> list[Redirect]:
    """Return the rules; one that does not say keeps the rest where it is about a prefix."""
    found = []
    for row in rows:
        prefix = row.text("type") == "prefix"
        mode = row.text("segments_mode") or ("preserve" if prefix else "ignore")
        path, destination = row.text("path"), row.text("destination")
        if path and destination:
            found.append(Redirect(path, prefix, mode == "preserve", destination))
    return found


def rule_for(rules: list[Redirect], path: str) -> Redirect | None:
    """Return the rule that an address follows: the one for the longest path."""
    about = [rule for rule in rules if rule.matches(path)]
    return max(about, key=lambda rule: (len(rule.path), not rule.prefix), default=None)
