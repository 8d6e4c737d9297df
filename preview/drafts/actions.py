"""What can be done with drafts: save a version, discard, end because it is live.

Source: alphagov/publishing-api `app/commands/v2/put_content.rb`, for what a draft is replaced by.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.audit.actions import record_entry
from preview.drafts.models import AccessLimit, BypassId, Draft, Version
from preview.errors import DraftDiscarded, OwnedByAnotherApp, VersionConflict
from preview.outbox.actions import record_event
from preview.schemas import DraftContent


@dataclass(frozen=True)
class Submission:
    """A valid content item as it is stored: its facts, canonical bytes and their SHA-256."""

    content_id: uuid.UUID
    content: DraftContent
    canonical: bytes
    sha256: str
    known_schema: bool = True
    kind: Draft.Kind = Draft.Kind.CONTENT


@dataclass(frozen=True)
class Saved:
    """The version that now stands; `created` is False when the content was there already."""

    version: Version
    created: bool


@transaction.atomic
def save_draft(
    *,
    app: PublisherApp,
    submission: Submission,
    expected_version: int | None = None,
    submitted_by: str = "",
    request_id: str = "",
) -> Saved:
    """Store a submission as the draft's next version, with the event that gets it rendered.

    The same content as the newest version of an open draft makes no new version. `expected_version`
    is the version that the sender had seen (0: none yet).

    Raises:
        OwnedByAnotherApp: the draft is another app's.
        VersionConflict: the draft is not at `expected_version`.

    """
    draft = locked_draft(app, submission)
    current = draft.version_number
    if expected_version is not None and expected_version != current:
        raise VersionConflict(expected_version, current)
    newest = draft.versions.filter(number=current).first() if current else None
    if newest and newest.sha256 == submission.sha256 and draft.state == Draft.State.OPEN:
        return Saved(newest, created=False)
    version = Version.objects.create(
        draft=draft,
        number=current + 1,
        payload=submission.canonical,
        sha256=submission.sha256,
        submitted_by=submitted_by,
    )
    describe(draft, version, submission)
    record_entry(
        action="draft.save",
        actor=f"app:{app.name}",
        subject=f"draft:{draft.id}",
        version=version.number,
    )
    if draft.parent_content_id:
        record_event("draft.child_saved", request_id=request_id, draft_id=str(draft.id))
    record_event("version.saved", request_id=request_id, version_id=version.id)
    return Saved(version, created=True)


def locked_draft(app: PublisherApp, submission: Submission) -> Draft:
    """Return the draft of this identity, locked against other writers and made where it is new."""
    identity = {
        "content_id": submission.content_id,
        "locale": submission.content.locale,
        "kind": submission.kind,
    }
    Draft.objects.bulk_create(
        [Draft(**identity, app=app, schema_name="", document_type="")], ignore_conflicts=True
    )
    draft = Draft.objects.select_for_update().get(**identity)
    if draft.app_id != app.pk:
        raise OwnedByAnotherApp
    draft.app = app
    return draft


def describe(draft: Draft, version: Version, submission: Submission) -> None:
    """Bring the draft's own columns and its access limits up to what `version` says."""
    content = submission.content
    if draft.state != Draft.State.OPEN:
        draft.state, draft.reopened_at = Draft.State.OPEN, version.created_at
        draft.bypass_ids.update(spent=True)
    draft.version_number = version.number
    draft.title = content.title or ""
    draft.base_path = content.base_path or ""
    draft.schema_name = content.schema_name
    draft.document_type = content.document_type or ""
    draft.known_schema = submission.known_schema
    draft.organisation_content_id = as_uuid(content.organisation)
    draft.parent_content_id = as_uuid(content.parent)
    draft.updated_at = version.created_at
    replace_limits(draft, content)
    replace_bypass_ids(draft, content)
    draft.save()


def replace_limits(draft: Draft, content: DraftContent) -> None:
    """Set the access limits to those of `content`; absent means none, as in Publishing API."""
    if not draft.limited and not content.access_limited:
        return
    wanted = {("user", uid) for uid in content.access_limited_users}
    wanted |= {("organisation", name) for name in content.access_limited_organisations}
    before = {
        ("user", row.user) if row.user else ("organisation", row.organisation)
        for row in draft.limits.all()
    }
    if wanted == before and draft.limited == content.access_limited:
        return
    draft.limits.all().delete()
    AccessLimit.objects.bulk_create(AccessLimit(draft=draft, **{k: v}) for k, v in sorted(wanted))
    draft.limited = content.access_limited
    if draft.version_number > 1:
        draft.limits_changed_at = timezone.now()
        record_event("draft.limits_changed", draft_id=str(draft.id))


def replace_bypass_ids(draft: Draft, content: DraftContent) -> None:
    """Set the ids that older links open with; an id that is left out opens nothing any more."""
    wanted = {found for one in content.auth_bypass_ids if (found := as_uuid(one))}
    before = set(draft.bypass_ids.values_list("value", flat=True))
    if gone := before - wanted:
        draft.bypass_ids.filter(value__in=gone, spent=False).delete()
    BypassId.objects.bulk_create(BypassId(draft=draft, value=one) for one in wanted - before)


def as_uuid(text: Any) -> uuid.UUID | None:
    """Return `text` as a UUID, None where it is none."""
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None


@transaction.atomic
def discard_draft(
    *,
    app: PublisherApp,
    draft_id: uuid.UUID,
    expected_version: int | None = None,
    actor: str = "",
) -> Draft:
    """End a draft: nobody sees it any more and its share links are over.

    `actor` is who discards, where that is not the app itself.

    Raises:
        DraftDiscarded: it is discarded already.
        VersionConflict: the draft is not at `expected_version`.

    """
    draft = Draft.objects.select_for_update().of_app(app).get(id=draft_id)
    if expected_version is not None and expected_version != draft.version_number:
        raise VersionConflict(expected_version, draft.version_number)
    if draft.state == Draft.State.DISCARDED:
        raise DraftDiscarded
    end(draft, Draft.State.DISCARDED, "draft.discard", actor or f"app:{app.name}")
    record_event("draft.discarded", draft_id=str(draft.id))
    return draft


@transaction.atomic
def publish_draft(*, draft_id: uuid.UUID, actor: str) -> Draft:
    """End a draft because what it proposes is live now; its share links are over.

    A draft that is not open stays as it is, so that hearing of a publication twice is harmless.
    """
    draft = Draft.objects.select_for_update().get(id=draft_id)
    if draft.state == Draft.State.OPEN:
        end(draft, Draft.State.PUBLISHED, "draft.publish", actor)
        record_event("draft.published", draft_id=str(draft.id))
    return draft


def end(draft: Draft, state: Draft.State, action: str, actor: str) -> None:
    """Write the state in which a draft ends, with its entry in the audit trail."""
    draft.state = state
    draft.updated_at = timezone.now()
    draft.save(update_fields=["state", "updated_at"])
    record_entry(action=action, actor=actor, subject=f"draft:{draft.id}")
