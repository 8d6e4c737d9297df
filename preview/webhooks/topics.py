"""The topics of webhooks: which app hears of an event, and what it is told.

A topic is a function that registers itself with `topic`; it gets the event's payload. Nobody is
told a title, a comment's text or a person's address: whoever hears asks the API with its token.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from preview.accounts.models import AppToken
from preview.alarms.models import Alarm
from preview.drafts.models import Draft
from preview.packs.models import Pack
from preview.rendering.models import Rendering
from preview.review.comments.models import Comment
from preview.review.fact_checks.models import Checker, FactCheck
from preview.review.sign_offs.models import SignOff
from preview.sharing.models import ShareLink

Payload = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """Whom an event is for (ids of apps), what it says, and which draft or pack it is about."""

    apps: frozenset[int]
    data: dict[str, Any] = field(default_factory=dict)
    draft: UUID | None = None
    pack: UUID | None = None


NOBODY = Told(frozenset())
Teller = Callable[[Payload], Told]
# Topic as apps know it → event of the outbox, and what is told of it.
TOPICS: dict[str, Teller] = {}
EVENTS: dict[str, str] = {}


def topic(name: str, event: str = "") -> Callable[[Teller], Teller]:
    """Register a topic; `event` is the outbox's name for it, where that is another one."""

    def registered(teller: Teller) -> Teller:
        TOPICS[name] = teller
        EVENTS[event or name] = name
        return teller

    return registered


def of_draft(draft: Draft, **data: Any) -> Told:
    """Return what says which draft an event is about, for the app that owns it."""
    about = {"content_id": str(draft.content_id), "locale": draft.locale, "kind": draft.kind}
    return Told(frozenset({draft.app_id}), {**about, **data}, draft=draft.id)


def of_pack(pack: Pack, **data: Any) -> Told:
    """Return what says which pack an event is about, for the apps whose drafts are in it."""
    apps = frozenset(pack.counted().order_by().values_list("app_id", flat=True))
    return Told(apps, {"pack": str(pack.id), **data}, pack=pack.id)


@topic("version.rendered", event="rendering.ready")
def version_rendered(payload: Payload) -> Told:
    """Tell that a draft by itself can be looked at."""
    found = Rendering.objects.in_own_pack().select_related("version__draft")
    rendering = found.filter(id=payload["rendering_id"]).first()
    if rendering is None or rendering.version is None:
        return NOBODY
    version = rendering.version
    return of_draft(version.draft, version=version.number, rendering=str(rendering.id))


@topic("draft.published")
def draft_published(payload: Payload) -> Told:
    """Tell that a draft went live, and its preview ended."""
    return of_draft(Draft.objects.get(id=payload["draft_id"]))


@topic("draft.discarded")
def draft_discarded(payload: Payload) -> Told:
    """Tell that a draft was discarded."""
    return of_draft(Draft.objects.get(id=payload["draft_id"]))


@topic("share_link.ended")
def share_link_ended(payload: Payload) -> Told:
    """Tell that a share link was stopped."""
    link = ShareLink.objects.select_related("pack").get(id=payload["link_id"])
    return of_pack(link.pack, share_link=str(link.id), reason=link.ended_reason)


@topic("comment.added")
def comment_added(payload: Payload) -> Told:
    """Tell that somebody commented."""
    found = Comment.objects.select_related("thread__draft", "version")
    comment = found.get(id=payload["comment_id"])
    return of_draft(
        comment.thread.draft,
        comment=str(comment.id),
        thread=str(comment.thread_id),
        version=comment.version.number,
    )


@topic("sign_off.given")
def sign_off_given(payload: Payload) -> Told:
    """Tell that somebody signed a version off."""
    found = SignOff.objects.select_related("draft", "version").get(id=payload["sign_off_id"])
    return of_draft(
        found.draft,
        sign_off=str(found.id),
        version=found.version.number,
        content_sha256=found.content_sha256,
    )


@topic("fact_check.requested")
def fact_check_requested(payload: Payload) -> Told:
    """Tell that people were asked to check facts."""
    found = FactCheck.objects.select_related("draft", "version").get(id=payload["fact_check_id"])
    return of_draft(found.draft, fact_check=str(found.id), version=found.version.number)


@topic("fact_check.answered")
def fact_check_answered(payload: Payload) -> Told:
    """Tell that one of them answered."""
    found = Checker.objects.select_related("fact_check__draft").get(pk=payload["checker_id"])
    asked = found.fact_check
    return of_draft(
        asked.draft,
        fact_check=str(asked.id),
        answer=found.answer,
        source_app=asked.source_app,
        source_id=asked.source_id,
    )


@topic("alarm.raised")
def alarm_raised(payload: Payload) -> Told:
    """Tell of an alarm about a pack."""
    alarm = Alarm.objects.get(id=payload["alarm_id"])
    pack = Pack.objects.filter(id=alarm.pack).first() if alarm.pack else None
    return of_pack(pack, alarm=str(alarm.id), rule=alarm.rule) if pack else NOBODY


@topic("usage.alert_raised")
def usage_alert_raised(payload: Payload) -> Told:
    """Tell what stands out in the usage of integration, to apps that may read its figures."""
    tokens = AppToken.objects.living().values_list("app_id", "scopes")
    apps = frozenset(app for app, scopes in tokens if "usage:read" in scopes)
    return Told(apps, {"rule": payload["rule"], "sentence": payload["sentence"]})
