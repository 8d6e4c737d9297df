"""What a run of a rendering made."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from preview.rendering.models import RenderedPage


@dataclass(frozen=True)
class Outcome:
    """Pages, remarks and what they were made of, or the sentence that says why there are none.

    `files` are the paths of files that the pages use: draft files, and such as may become it.
    `reaches` says that the item changes something that live pages may show.
    """

    pages: tuple[RenderedPage, ...] = ()
    remarks: tuple[dict[str, Any], ...] = ()
    timings: dict[str, float] | None = None
    used: Mapping[str, list[str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    failure: str = ""
    trace_id: str = ""
    reaches: bool = False


def failed(sentence: str) -> Outcome:
    """Return the outcome of a run without pages, with a trace id to find its log lines by."""
    return Outcome(failure=sentence, trace_id=str(uuid.uuid4()))
