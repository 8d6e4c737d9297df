"""The fidelity report: what of a page is not as the live site would show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["stubbed", "from_live", "missing_link", "left_out", "generic"]


@dataclass(frozen=True)
class Remark:
    """One line: its kind, a sentence for editors, and where in the item it comes from."""

    kind: Kind
    what: str
    pointer: str | None = None


@dataclass
class Remarks:
    """Gathers the lines of one page, each once, in order."""

    lines: dict[Remark, None] = field(default_factory=dict)

    def add(self, kind: Kind, what: str, pointer: str | None = None) -> None:
        """Add a line."""
        self.lines[Remark(kind, what, pointer)] = None
