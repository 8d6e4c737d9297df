"""What changed on a shared page beside the live one, for guests: under the same access decision."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preview.rendering.companions import RenderedItem
from preview.rendering.comparing import compare_with_live, english_first
from preview.sharing.queries import ShownPage
from preview.sharing.seeing import record_view
from preview.web.compare import VIEWS, layout_of, shown
from preview.web.endings import over
from preview.web.frames import path_of
from preview.web.guests import audiences_of, let_in, waiting


@require_safe
def compare(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Compare the item of a shared page with the live one; guests compare no two versions.

    An earlier version is not what the link shows.
    """
    found = let_in(request, link_id, path_of(page))
    if isinstance(found, HttpResponse):
        return found
    if found.sha256 is None or found.version is None:
        return waiting(request) if not found.rendered else over(request, "no_such_page")
    item = item_of(found, found.version, path_of(page))
    if item is None:
        return waiting(request)
    record_view(link_id, found)
    comparison, layout = compare_with_live(item), layout_of(request)
    values = {
        "link_id": link_id,
        "page": page,
        "version": found.version,
        "comparison": comparison,
        "shown": shown(comparison, layout),
        "layout": layout,
        "views": {name: text for name, (text, _) in VIEWS.items()},
        "recipient": found.recipient if found.watermark else "",
    }
    return render(request, "web/guests/compare.html", values, using="jinja2")


def item_of(found: ShownPage, version: int, path: str) -> RenderedItem | None:
    """Return the item that a shown page is made of; None while it is not kept yet.

    Two audiences may have the same page of items that differ: a guest gets the one of their own.
    """
    items = RenderedItem.objects.filter(
        rendering__audience__in=audiences_of(found),
        rendering__pack=found.pack_id,
        rendering__version__draft=found.draft_id,
        rendering__version__number=version,
        rendering__pages__path=path,
        rendering__pages__sha256=found.sha256,
    )
    return english_first(list(items.order_by("-rendering__generation")))
