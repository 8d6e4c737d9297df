"""Comments of staff, on the service host."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from preview.access import Act
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_seen
from preview.rendering.models import Rendering
from preview.review.comments.models import Thread
from preview.review.reviewers import Reviewer
from preview.web.comment_pages import (
    Setting,
    decide,
    list_page,
    new_page,
    thread_in,
    thread_page,
)
from preview.web.viewer import person_of, signed_in, viewer


def reviewer_of(request: HttpRequest) -> Reviewer:
    """Return the signed-in person as a reviewer."""
    person = person_of(request)
    return Reviewer(f"person:{person.uid}", person.name, staff=True)


def setting_of(request: HttpRequest, draft: Draft, path: str | None = None) -> Setting:
    """Return the newest preview of a draft as staff comment on it; `path` names one of its pages.

    While there is none, what is said is about the whole of the newest version.
    """
    pack = own_pack(draft)
    audiences = audiences_seen(viewer(request), pack)
    shown = Rendering.objects.ready().in_own_pack().filter(version__draft=draft)
    shown = shown.filter(audience__in=audiences)
    rendering = shown.select_related("version").newest_first().first()
    pages = {one.path: one for one in rendering.pages.all()} if rendering else {}
    wanted = request.GET.get("page", "") if path is None else path
    page = pages.get(wanted) or next(iter(pages.values()), None)
    version = rendering.version if rendering else None
    query = f"?{urlencode({'page': page.path})}" if page and len(pages) > 1 else ""
    return Setting(
        reviewer=reviewer_of(request),
        draft=draft,
        version=version or draft.versions.get(number=draft.version_number),
        pack=pack,
        path=page.path if page else draft.base_path,
        sha256=page.sha256 if page else "",
        threads=Thread.objects.visible_to(viewer(request)).filter(draft=draft),
        back=reverse("draft", args=[draft.id]),
        here=reverse("draft_comments", args=[draft.id]) + query,
        new=reverse("draft_comment_new", args=[draft.id]) + query,
        thread=lambda thread_id: reverse("comment_thread", args=[thread_id]),
        audiences=audiences,
        layout="web/_staff.html",
        pages={path: one.title for path, one in pages.items()} if len(pages) > 1 else {},
        extra={"person": request.user},
    )


def draft_to_review(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """Return a draft that this person may comment on; for others there is none."""
    open_drafts = Draft.objects.open().select_related("app", "own_pack").prefetch_related("limits")
    draft = open_drafts.filter(id=draft_id).first()
    if draft is None or not draft.decide(viewer(request), Act.COMMENT).allowed:
        raise Http404
    return draft


def thread_of(request: HttpRequest, thread_id: uuid.UUID) -> tuple[Setting, Thread]:
    """Return a thread of a draft that this person may comment on, with its setting."""
    found = Thread.objects.filter(id=thread_id).values_list("draft_id", "path").first()
    if found is None:
        raise Http404
    setting = setting_of(request, draft_to_review(request, found[0]), path=found[1])
    return setting, thread_in(setting, thread_id)


@require_safe
@signed_in
def index(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show a draft's comments beside its text."""
    return list_page(request, setting_of(request, draft_to_review(request, draft_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Comment on a passage, or on the whole page."""
    return new_page(request, setting_of(request, draft_to_review(request, draft_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def thread(request: HttpRequest, thread_id: uuid.UUID) -> HttpResponse:
    """Show a thread; on POST add a reply."""
    return thread_page(request, *thread_of(request, thread_id))


@require_POST
@signed_in
def resolve(request: HttpRequest, thread_id: uuid.UUID) -> HttpResponse:
    """Mark a thread as dealt with."""
    return decide(request, *thread_of(request, thread_id), "resolve")


@require_POST
@signed_in
def reopen(request: HttpRequest, thread_id: uuid.UUID) -> HttpResponse:
    """Open a thread again."""
    return decide(request, *thread_of(request, thread_id), "reopen")
