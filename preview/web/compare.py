"""The page that compares a draft with the live page, or two of its versions."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from preview.desk.actions import note_look
from preview.diffs import inline, side_by_side
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_seen
from preview.rendering.comparing import LIVE, Comparison, compare
from preview.web.drafts import MOST_VERSIONS, visible_draft
from preview.web.starting_points import points
from preview.web.viewer import person_of, signed_in, viewer

VIEWS = {"inline": ("In one column", inline), "sides": ("Side by side", side_by_side)}


@require_safe
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show what changed: where no sides are named, between the live page and the newest version."""
    person = person_of(request)
    draft = visible_draft(viewer(request), draft_id)
    versions = list(draft.versions.defer("payload").order_by("-number")[:MOST_VERSIONS])
    starts = points(draft, person, versions)
    by_name = {one.name: one for one in starts}
    before = by_name.get(request.GET.get("from", ""), by_name["live"])
    after = by_name.get(request.GET.get("to", ""), by_name[str(draft.version_number)])
    same = before.number == after.number
    seen = audiences_seen(viewer(request), own_pack(draft))
    comparison = None if same else compare(draft, before.number, after.number, seen)
    if comparison is not None and after.number != LIVE:
        note_look(person=person, draft=draft, number=after.number)
    layout = layout_of(request)
    values: dict[str, Any] = {
        "draft": draft,
        "person": person,
        "starts": starts,
        "before": before,
        "after": after,
        "same": same,
        "comparison": comparison,
        "shown": shown(comparison, layout),
        "layout": layout,
        "views": {name: text for name, (text, _) in VIEWS.items()},
    }
    return render(request, "web/compare/show.html", values, using="jinja2")


def layout_of(request: HttpRequest) -> str:
    """Return how the comparison is laid out."""
    name = request.GET.get("view", "inline")
    return name if name in VIEWS else "inline"


def shown(comparison: Comparison | None, layout: str) -> Markup:
    """Return a comparison as HTML; nothing where there is none."""
    return VIEWS[layout][1](comparison.diff, level=2) if comparison else Markup()
