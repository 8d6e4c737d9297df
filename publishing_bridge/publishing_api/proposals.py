"""Requests with the header `Preview-Pack`: what would change goes into a pack, and nowhere else.

Source: `docs/publishing-bridge.md`; the answers have the form that the command's own have.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from preview.drafts.actions import Saved
from preview.drafts.actions import discard_draft as discard
from preview.drafts.models import Draft
from preview.drafts.submissions import links_submission, unpublishing_submission
from preview.errors import PackFull, PackNotFound
from preview.packs.members import add_to_pack
from publishing_bridge.publishing_api import previews
from publishing_bridge.publishing_api.commanding import as_number, locale_of
from publishing_bridge.publishing_api.commands.patch_link_set import checked_links
from publishing_bridge.publishing_api.commands.unpublish import check_unpublishing
from publishing_bridge.publishing_api.models import LinkSet
from publishing_bridge.publishing_api.presentation import grouped, moment
from publishing_bridge.publishing_api.schema_errors import check_schema
from publishing_bridge.publishing_api.validity import check_app, check_record
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError
from publishing_bridge.wire.govspeak_details import with_html

OWN = "own"
UNPUBLISHING = ("type", "explanation", "alternative_path", "redirects", "unpublished_at")
Command = Callable[..., dict[str, Any]]
DEFAULTS: dict[str, Any] = {
    "auth_bypass_ids": [],
    "details": {},
    "links": {},
    "phase": "live",
    "redirects": [],
    "routes": [],
}
NEVER_SHOWN = ("access_limited", "bulk_publishing", "previous_version", "content_id_alias")


def into(pack: str, command: Command) -> Command:
    """Return the command as one whose draft also joins the pack that the header names.

    Raises:
        CommandError: 422, the header is neither `own` nor an id; 404, there is no such pack.

    """
    pack_id = None if pack == OWN else pack_id_of(pack)

    def run(**arguments: Any) -> dict[str, Any]:
        with transaction.atomic():
            return command(pack_id=pack_id, **arguments)

    return run


def pack_id_of(pack: str) -> uuid.UUID:
    """Read the header."""
    try:
        return uuid.UUID(pack)
    except ValueError as error:
        sentence = "Preview-Pack is the id of a pack, or the word own."
        raise CommandError(422, sentence, error_code="parameter_missing_or_invalid") from error


def join(caller: Caller, saved: Saved, pack_id: uuid.UUID | None) -> None:
    """Put the draft into the pack; its own pack it has already."""
    if pack_id is None:
        return
    try:
        add_to_pack(pack_id=pack_id, draft=saved.version.draft, actor=f"app:{caller.app.name}")
    except PackNotFound as error:
        raise CommandError(404, f"Could not find pack: {pack_id}") from error
    except PackFull as error:
        raise CommandError(422, str(error), fields={"pack": ["is full"]}) from error


def expected(payload: Mapping[str, Any]) -> int | None:
    """Return the version that the sender had seen; None where it does not say."""
    sent = payload.get("previous_version")
    return None if sent is None else as_number(sent)


def put_content(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Propose content."""
    check_schema(payload, settings.CONTENT_SCHEMAS_PATH)
    check_app(payload)
    check_record(payload)
    submission = previews.submission_of(content_id, payload)
    saved = previews.save(caller, submission, expected(payload))
    join(caller, saved, pack_id)
    return present(saved.version.draft)


def patch_link_set(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Propose links: each type that is given replaces the one that is live or proposed already."""
    proposed = {**proposed_links(caller, content_id), **checked_links(payload)}
    submission = links_submission(content_id, {"links": proposed})
    saved = previews.save(caller, submission, expected(payload))
    join(caller, saved, pack_id)
    return get_links(caller, content_id)


def unpublish(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Propose that a page is taken away."""
    check_unpublishing(payload)
    wanted = {name: payload[name] for name in UNPUBLISHING if payload.get(name) is not None}
    submission = unpublishing_submission(content_id, locale_of(payload), wanted)
    saved = previews.save(caller, submission)
    join(caller, saved, pack_id)
    return {"content_id": str(content_id)}


def publish(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Answer as if the proposal had been published: inside a pack that changes nothing.

    Apps that publish as they save need no other code to show their changes first.
    """
    del pack_id
    locale = locale_of(payload)
    if not own_drafts(caller, content_id, locale, Draft.Kind.CONTENT):
        sentence = f"Item with content_id {content_id} and locale {locale} does not exist"
        raise CommandError(404, sentence, fields={})
    return {"content_id": str(content_id)}


def republish(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Take a proposal to unpublish back."""
    del pack_id
    end(caller, content_id, locale_of(payload), (Draft.Kind.UNPUBLISHING,))
    return {"content_id": str(content_id)}


def discard_draft(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any], pack_id: uuid.UUID | None
) -> dict[str, Any]:
    """Take every proposal for this content back."""
    del pack_id
    locale = locale_of(payload)
    if not end(caller, content_id, locale, tuple(Draft.Kind)):
        raise CommandError(
            404,
            "There is not a draft edition of this document to discard",
            error_code="no_draft_to_discard",
        )
    return {"content_id": str(content_id)}


def end(caller: Caller, content_id: uuid.UUID, locale: str, kinds: tuple[Draft.Kind, ...]) -> int:
    """Discard the app's own open proposals of these kinds; return how many."""
    count = 0
    for kind in kinds:
        language = "" if kind == Draft.Kind.LINKS else locale
        for draft in own_drafts(caller, content_id, language, kind):
            discard(app=caller.app, draft_id=draft.id)
            count += 1
    return count


def own_drafts(caller: Caller, content_id: uuid.UUID, locale: str, kind: Draft.Kind) -> list[Draft]:
    """Return the calling app's own open proposal of an identity: one or none."""
    found = previews.open_drafts(content_id, locale, kind)
    return [draft for draft in found if draft.app_id == caller.app.pk]


def get_content(caller: Caller, content_id: uuid.UUID, locale: str) -> dict[str, Any]:
    """Return the app's own proposal of a document, as the document would be presented.

    Raises:
        CommandError: 404, nothing is proposed.

    """
    for draft in own_drafts(caller, content_id, locale, Draft.Kind.CONTENT):
        return present(draft)
    raise CommandError(404, f"Could not find document with content_id: {content_id}")


def present(draft: Draft) -> dict[str, Any]:
    """Return a proposal in the form of an edition."""
    sent = draft.versions.get(number=draft.version_number).content()
    shown = {**DEFAULTS, **sent}
    for name in NEVER_SHOWN:
        shown.pop(name, None)
    shown["details"] = with_html(shown["details"], draft.locale)
    return {name: value for name, value in shown.items() if value is not None} | {
        "content_id": str(draft.content_id),
        "content_store": "draft",
        "locale": draft.locale,
        "lock_version": draft.version_number,
        "publication_state": "draft",
        "state_history": {"1": "draft"},
        "updated_at": moment(draft.updated_at),
        "user_facing_version": 1,
        "warnings": {},
    }


def proposed_links(caller: Caller, content_id: uuid.UUID) -> dict[str, list[str]]:
    """Return the links that the app proposes already."""
    for draft in own_drafts(caller, content_id, "", Draft.Kind.LINKS):
        content = draft.versions.get(number=draft.version_number).content()
        links: dict[str, list[str]] = content["links"]
        return links
    return {}


def get_links(caller: Caller, content_id: uuid.UUID) -> dict[str, Any]:
    """Return the link set as the proposal would leave it."""
    found = LinkSet.objects.filter(content_id=content_id).first()
    links = grouped(found.links.all()) if found else {}
    drafts = own_drafts(caller, content_id, "", Draft.Kind.LINKS)
    links |= proposed_links(caller, content_id)
    return {
        "content_id": str(content_id),
        "links": {name: ids for name, ids in sorted(links.items()) if ids},
        "version": drafts[0].version_number if drafts else 0,
    }
