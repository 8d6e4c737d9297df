"""Comments of guests, on the preview host: under the same access decision, asked every time."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from preview.access import Act
from preview.review.comments.models import Thread
from preview.web.comment_pages import Setting, list_page, new_page, thread_in, thread_page
from preview.web.guest_reviews import Visit, visit
from preview.web.guests import audiences_of


def setting_of(visited: Visit, link_id: uuid.UUID, page: str) -> Setting:
    """Return what a link shows as its guest comments on it: threads of this draft in this pack."""
    version = visited.version
    audiences = audiences_of(visited.found)
    threads = Thread.objects.for_guests(audiences).filter(
        draft=version.draft_id, pack=visited.found.pack_id, path=visited.path
    )
    return Setting(
        reviewer=visited.reviewer,
        draft=version.draft,
        version=version,
        pack=visited.grant.link.pack,
        path=visited.path,
        sha256=visited.found.sha256 or "",
        threads=threads,
        back=reverse("shared_page", args=[link_id, page]),
        here=reverse("shared_comments", args=[link_id, page]),
        new=reverse("shared_comment_new", args=[link_id, page]),
        thread=lambda thread_id: reverse("shared_thread", args=[link_id, thread_id, page]),
        audiences=audiences,
        layout="web/_layout.html",
        wants_name=not visited.grant.guest_name,
        named=visited.named,
        extra={"recipient": visited.found.recipient if visited.found.watermark else ""},
    )


@require_safe
def index(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Show the comments on a shared page beside its text."""
    visited = visit(request, link_id, page, Act.COMMENT)
    if isinstance(visited, HttpResponse):
        return visited
    return list_page(request, setting_of(visited, link_id, page))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Comment on a passage of a shared page, or on all of it."""
    visited = visit(request, link_id, page, Act.COMMENT)
    if isinstance(visited, HttpResponse):
        return visited
    return new_page(request, setting_of(visited, link_id, page))


@require_http_methods(["GET", "HEAD", "POST"])
def thread(
    request: HttpRequest, link_id: uuid.UUID, thread_id: uuid.UUID, page: str
) -> HttpResponse:
    """Show a thread; on POST add a reply."""
    visited = visit(request, link_id, page, Act.COMMENT)
    if isinstance(visited, HttpResponse):
        return visited
    setting = setting_of(visited, link_id, page)
    return thread_page(request, setting, thread_in(setting, thread_id))
