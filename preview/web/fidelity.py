"""The fidelity label: what of a preview is real, stubbed, or live content that others wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from preview.rendering.models import Rendering

GROUPS = {
    "stubbed": "Stands in for something that only the live site has",
    "generic": "Shown without the design of its page type",
    "left_out": "Left out",
    "missing_link": "Links to content that is not live or in this draft",
    "from_live": "Taken from live pages",
}


@dataclass(frozen=True)
class Label:
    """A sentence, and under headings what it stands for; each remark has `what` and `pointer`."""

    sentence: str
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def label(rendering: Rendering | None) -> Label | None:
    """Return the label of a rendering; None while there is nothing to label."""
    if rendering is None or rendering.state != Rendering.State.READY:
        return None
    groups: dict[str, list[dict[str, Any]]] = {}
    for kind, heading in GROUPS.items():
        rows = [one for one in rendering.remarks if one.get("kind") == kind]
        if rows:
            groups[heading] = rows
    unreal = sum(one.get("kind") != "from_live" for one in rendering.remarks)
    if unreal == 0:
        return Label("Everything that you see is as it will be on the live page.", groups)
    things = "1 thing differs" if unreal == 1 else f"{unreal} things differ"
    return Label(f"{things} from the live page. The rest is as it will be.", groups)
