"""The preview's side of a command: drafts are made, changed and ended as editions are.

Everything here happens in the transaction of the command.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from preview import schemas
from preview.drafts.actions import Saved, Submission, discard_draft, publish_draft, save_draft
from preview.drafts.models import Draft
from preview.errors import OwnedByAnotherApp, VersionConflict
from preview.schemas import registry
from preview.schemas.content import content_of
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError, refuse_stale

ACTOR = "bridge:publishing-api"
OF_THE_SENDING = ("previous_version", "bulk_publishing")


def submission_of(content_id: uuid.UUID, payload: Mapping[str, Any]) -> Submission:
    """Return what was sent as a submission; it has been checked already."""
    content = {name: value for name, value in payload.items() if name not in OF_THE_SENDING}
    body = schemas.canonical(content)
    return Submission(
        content_id,
        content_of(content),
        body,
        schemas.fingerprint(body),
        known_schema=registry.find(str(content.get("schema_name"))) is not None,
    )


def save(caller: Caller, submission: Submission, expected_version: int | None = None) -> Saved:
    """Save a submission as the calling app's draft.

    Raises:
        CommandError: the draft is another app's, or not at `expected_version`.

    """
    try:
        return save_draft(
            app=caller.app,
            submission=submission,
            expected_version=expected_version,
            submitted_by=caller.user_uid[:64],
            request_id=caller.request_id,
        )
    except OwnedByAnotherApp as error:
        fields = {"content_id": ["belongs to another publishing app"]}
        raise CommandError(422, str(error), fields=fields) from error
    except VersionConflict as error:
        refuse_stale(error.expected, error.current)


def content_saved(caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]) -> Saved:
    """Make or change the preview's draft of a content item."""
    return save(caller, submission_of(content_id, payload))


def open_drafts(content_id: uuid.UUID, locale: str, kind: Draft.Kind) -> list[Draft]:
    """Return the open drafts of an identity: one or none."""
    found = Draft.objects.open().filter(content_id=content_id, locale=locale, kind=kind)
    return list(found.select_related("app"))


def content_published(content_id: uuid.UUID, locale: str, actor: str = ACTOR) -> None:
    """End the content draft: it is live."""
    for draft in open_drafts(content_id, locale, Draft.Kind.CONTENT):
        publish_draft(draft_id=draft.id, actor=actor)


def content_discarded(content_id: uuid.UUID, locale: str, actor: str = ACTOR) -> None:
    """End the content draft: nobody wants it."""
    for draft in open_drafts(content_id, locale, Draft.Kind.CONTENT):
        discard_draft(app=draft.app, draft_id=draft.id, actor=actor)


def unpublished(content_id: uuid.UUID, locale: str, actor: str = ACTOR) -> None:
    """End the proposal to unpublish, which is live, and the content draft, which is over."""
    for draft in open_drafts(content_id, locale, Draft.Kind.UNPUBLISHING):
        publish_draft(draft_id=draft.id, actor=actor)
    content_discarded(content_id, locale, actor)


def links_changed(content_id: uuid.UUID, links: Mapping[str, Any], actor: str = ACTOR) -> None:
    """End the proposal of links where the live links now are what it proposes."""
    for draft in open_drafts(content_id, "", Draft.Kind.LINKS):
        newest = draft.versions.get(number=draft.version_number)
        proposed = newest.content().get("links", {})
        if all(list(links.get(name, [])) == list(ids) for name, ids in proposed.items()):
            publish_draft(draft_id=draft.id, actor=actor)
