"""The pages of comments, the same for staff and guests: the page as text, a form, a thread.

Whoever looks, in which pack and where the addresses lead is in a `Setting`, which the modules of
either host make once they have asked the access policy.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from preview.anchors import Passages
from preview.drafts.models import Draft, Version
from preview.errors import InvalidReview, ThreadDecided
from preview.packs.models import Audience, Pack
from preview.review.comments.actions import (
    Place,
    Said,
    begin_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from preview.review.comments.models import Thread
from preview.review.comments.passages import anchor_of, passages_of
from preview.review.comments.queries import shelved, since_comment
from preview.review.reviewers import Reviewer

DECISIONS = {"resolve": resolve_thread, "reopen": reopen_thread}


@dataclass(frozen=True)
class Setting:
    """Who comments on which page of which version, and where the pages of comments are.

    `sha256` is the snapshot that is shown, "" while there is none. `wants_name` says that the
    guest has not said yet what to call them; `named` keeps what they say.
    """

    reviewer: Reviewer
    draft: Draft
    version: Version
    pack: Pack
    path: str
    sha256: str
    threads: QuerySet[Thread]
    back: str
    here: str
    new: str
    thread: Callable[[uuid.UUID], str]
    audiences: list[Audience]
    layout: str
    pages: Mapping[str, str] = field(default_factory=dict)
    wants_name: bool = False
    named: Callable[[str], Reviewer] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def passages(self) -> Passages:
        """Return what can be commented on."""
        return passages_of(self.sha256) if self.sha256 else Passages(())

    def values(self, **more: Any) -> dict[str, Any]:
        """Return what every template of comments needs."""
        return {
            "setting": self,
            "draft": self.draft,
            "layout": self.layout,
            "key": uuid.uuid4(),
            "error": None,
            "sent": {},
            **self.extra,
            **more,
        }


def list_page(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Show the page as text, each passage with its comments and a link to comment on it."""
    passages = setting.passages()
    shelves = shelved(setting.threads, (block.path for block in passages.blocks))
    values = setting.values(blocks=passages.blocks, shelves=shelves, done=request.GET.get("done"))
    return render(request, "web/comments/list.html", values, using="jinja2")


def new_page(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Show the form for a comment on a passage, or on the whole page; on POST store it."""
    sent = request.POST if request.method == "POST" else request.GET
    block, passages = sent.get("block", ""), setting.passages()
    number = passages.by_path.get(block)
    values = setting.values(
        block=block, passage=passages.blocks[number].text if number is not None else "", sent=sent
    )
    if request.method == "POST":
        try:
            thread = begin_thread(
                place=place_of(setting, sent),
                reviewer=speaker(request, setting),
                said=said_in(request),
                internal="internal" in sent,
            )
        except InvalidReview as error:
            values["error"] = error
        else:
            return done(setting.here, "added", thread)
    status = 422 if values["error"] else 200
    return render(request, "web/comments/new.html", values, status=status, using="jinja2")


def place_of(setting: Setting, sent: Mapping[str, str]) -> Place:
    """Return what a form is about: a passage, words in it, or the whole page."""
    anchor, at = None, sent.get("at", "")
    if sent.get("block"):
        near = int(at) if at.isdecimal() and len(at) < 9 else 0
        anchor = anchor_of(setting.passages(), sent["block"], sent.get("quote", ""), near)
    return Place(setting.pack, setting.version, setting.path, anchor, setting.sha256)


def speaker(request: HttpRequest, setting: Setting) -> Reviewer:
    """Return who speaks; a guest without a name says it with the first thing they send."""
    if setting.wants_name and setting.named is not None:
        return setting.named(request.POST.get("name", ""))
    return setting.reviewer


def said_in(request: HttpRequest) -> Said:
    """Return what a form says."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    return Said(request.POST.get("body", ""), key)


def done(place: str, what: str, thread: Thread) -> HttpResponse:
    """Lead to a page that says that something was done."""
    mark = "&" if "?" in place else "?"
    response = redirect(f"{place}{mark}{urlencode({'done': what})}#thread-{thread.id}")
    response.status_code = 303
    return response


def thread_in(setting: Setting, thread_id: uuid.UUID) -> Thread:
    """Return a thread that may be seen here; for all others there is nothing here."""
    thread = setting.threads.filter(id=thread_id).prefetch_related("comments").first()
    if thread is None:
        raise Http404
    return thread


def thread_page(
    request: HttpRequest,
    setting: Setting,
    thread: Thread,
    *,
    error: InvalidReview | ThreadDecided | None = None,
) -> HttpResponse:
    """Show a thread, and what changed since the viewer last spoke in it; on POST add a reply."""
    if request.method == "POST" and error is None:
        try:
            reviewer = speaker(request, setting)
            reply(thread=thread, version=setting.version, reviewer=reviewer, said=said_in(request))
        except InvalidReview as refused:
            error = refused
        else:
            return done(setting.thread(thread.id), "replied", thread)
    since = None
    if setting.sha256:
        since = since_comment(
            thread,
            setting.reviewer,
            setting.sha256,
            pack_id=setting.pack.id,
            audiences=setting.audiences,
        )
    values = setting.values(
        thread=thread,
        since=since,
        error=error,
        sent=request.POST,
        done=request.GET.get("done"),
    )
    status = 409 if isinstance(error, ThreadDecided) else 422 if error else 200
    return render(request, "web/comments/thread.html", values, status=status, using="jinja2")


def decide(request: HttpRequest, setting: Setting, thread: Thread, what: str) -> HttpResponse:
    """Resolve a thread or open it again; whoever comes second is told who was first."""
    try:
        DECISIONS[what](thread=thread, reviewer=setting.reviewer)
    except ThreadDecided as error:
        thread.refresh_from_db()
        return thread_page(request, setting, thread, error=error)
    return done(setting.here, what, thread)
