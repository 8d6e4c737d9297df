"""The parts of `docs/fidelity.md` that a run writes: scores of each schema, and what is stubbed.

A part stands between `<!-- name -->` and `<!-- end of name -->`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from preview.pages.registry import REGISTRY
from tests import gallery
from tests.factories.gallery import items

RECORD = Path(__file__).resolve().parents[1] / "docs" / "fidelity.md"
PRINTED = re.compile(r"^(?P<schema>[a-z_]+) +(?P<pages>\d+) +(?P<scores>\d[\d. ]*)$")
WRITTEN = re.compile(r"^\| `(?P<schema>[a-z_]+)` \| (?P<pages>\d+) \| (?P<scores>\d[\d.| ]*) \|$")
KINDS = (
    *("status", "title", "words", "headings", "links"),
    *("breadcrumbs", "images", "meta", "language"),
)


@dataclass(frozen=True)
class Row:
    """The scores of a schema's pages, in per cent, in the order of `KINDS`."""

    schema: str
    pages: int
    scores: tuple[float, ...]

    def __str__(self) -> str:
        values = " | ".join(f"{score:g}" for score in self.scores)
        return f"| `{self.schema}` | {self.pages} | {values} |"


def rows(lines: list[str], form: re.Pattern[str] = PRINTED) -> list[Row]:
    """Return the rows of a table: as a scoring script prints it, or as the document holds it."""
    found = [match for line in lines if (match := form.match(line))]
    made = [
        Row(
            match["schema"],
            int(match["pages"]),
            tuple(float(score) for score in re.findall(r"[\d.]+", match["scores"])),
        )
        for match in found
    ]
    return sorted(
        (row for row in made if len(row.scores) == len(KINDS)), key=lambda row: row.schema
    )


def recorded_rows() -> list[Row]:
    """Return the rows that the document holds."""
    return rows(RECORD.read_text("utf-8").splitlines(), WRITTEN)


def dropped(before: list[Row], now: list[Row]) -> list[str]:
    """Return a sentence for each score of a schema that is below the recorded one."""
    current = {row.schema: row for row in now}
    return [
        f"{row.schema} {kind}: {new} is below {old}"
        for row in before
        for kind, old, new in zip(
            KINDS,
            row.scores,
            getattr(current.get(row.schema), "scores", [-1.0] * len(KINDS)),
            strict=True,
        )
        if new < old
    ]


def table(found: list[Row]) -> str:
    """Return the scores of each schema as a table."""
    head = f"| schema | pages | {' | '.join(KINDS)} |\n|{'---|' * (len(KINDS) + 2)}\n"
    return head + "\n".join(map(str, found))


def stubbed() -> str:
    """Return what stands in for live content, by schema, as the pages' own reports say it."""
    said: dict[str, dict[str, None]] = {}
    for name, page in gallery.rendered():
        schema = items()[re.split(r"[.@]", name)[0]]["schema_name"]
        for remark in page.remarks:
            if remark.kind in ("stubbed", "generic"):
                said.setdefault(schema, {})[remark.what] = None
    lines = [f"- `{schema}`: {' '.join(said[schema])}" for schema in sorted(said)]
    return f"{len(REGISTRY)} schemas have a page design.\n\n" + "\n".join(lines)


def part(text: str, name: str, content: str) -> str:
    """Return the document with one of its parts written anew."""
    marks = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end of {name} -->)", re.DOTALL)
    return marks.sub(lambda _: f"\n{content}\n\n", text)


def record(text: str, found: list[Row]) -> None:
    """Write the document: `text` with its parts written anew."""
    text = part(text, "scores by schema", table(found))
    RECORD.write_text(part(text, "what is stubbed", stubbed()), "utf-8")
