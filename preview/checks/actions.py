"""What can be done with checks: run them for a rendering, dismiss a finding, bring it back."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from preview.access import Act, Staff
from preview.audit.actions import record_entry
from preview.checks.checking import Checked, check
from preview.checks.models import CheckRun, Dismissal, Finding, InBrowser
from preview.checks.outside import want_outside
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidInput
from preview.outbox.actions import end_delivery, record_event
from preview.rendering.models import Rendering
from preview.rendering.tasks import TOO_SLOW, TRANSIENT

log = logging.getLogger(__name__)
LONGEST_REASON = 300
NO_REASON = "Say why this can stay as it is."
LONG_REASON = f"The reason must be {LONGEST_REASON} characters or fewer."
NO_FINDING = "This is no longer found on the page. Load the page again."


def check_rendering(*, rendering_id: str, delivery_id: str) -> None:
    """Check a rendering's pages, unless something newer took its place; a second call is harmless.

    A fault of a check is noted as such: the preview itself is not touched by it.
    """
    found = Rendering.objects.select_related("pack", "version__draft")
    rendering = found.filter(id=uuid.UUID(rendering_id)).first()
    if rendering is None or over(rendering):
        end_delivery(delivery_id)
    else:
        store(rendering, attempt(rendering), delivery_id)


def over(rendering: Rendering) -> bool:
    """Say whether the checks of a rendering have run, or nobody needs them any more."""
    return CheckRun.objects.filter(rendering=rendering).exists() or superseded(rendering)


def superseded(rendering: Rendering) -> bool:
    """Say whether the pack shows something newer of the same item already."""
    same = Rendering.objects.ready().filter(
        pack=rendering.pack_id,
        audience=rendering.audience,
        content_id=rendering.content_id,
        locale=rendering.locale,
        version__draft=rendering.version.draft_id if rendering.version else None,
    )
    newest = same.newest_first().values_list("id", flat=True).first()
    return newest != rendering.id


def attempt(rendering: Rendering) -> Checked | None:
    """Run the checks; None where a fault of this service prevents it."""
    try:
        return check(rendering)
    except (*TRANSIENT, *TOO_SLOW):
        raise
    except Exception:
        log.exception("checks.failed", extra={"rendering": str(rendering.id)})
        return None


def store(rendering: Rendering, found: Checked | None, delivery_id: str) -> None:
    """Store what the checks found, once."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                run = CheckRun.objects.create(
                    rendering=rendering,
                    state=CheckRun.State.DONE if found else CheckRun.State.FAILED,
                    compared=found.compared if found else False,
                    outside=list(found.outside) if found else [],
                    in_browser=browser_wanted(found),
                )
        except IntegrityError:
            end_delivery(delivery_id)  # another run was quicker
            return
        for one in found.findings if found else ():
            one.run = run
        Finding.objects.bulk_create(found.findings if found else ())
        want_outside(run)
        if run.in_browser == InBrowser.WAITING:
            record_event("rendering.checked", rendering_id=str(rendering.id))
        end_delivery(delivery_id)


def browser_wanted(found: Checked | None) -> InBrowser:
    """Say whether a browser is to look at the pages next."""
    if not settings.CHECK_ACCESSIBILITY:
        return InBrowser.OFF
    return InBrowser.WAITING if found else InBrowser.FAILED


@transaction.atomic
def dismiss_finding(*, staff: Staff, draft: Draft, key: str, reason: str) -> Dismissal:
    """Let a finding of a draft stand, in this version and later ones; a second call changes it.

    Raises:
        AccessDenied: the person may not see the draft.
        InvalidInput: no reason, one that is too long, or nothing found under this key.

    """
    refuse_others(staff, draft)
    said = " ".join(reason.replace("\0", "").split())
    if not said:
        raise InvalidInput(NO_REASON)
    if len(said) > LONGEST_REASON:
        raise InvalidInput(LONG_REASON)
    finding = (
        Finding.objects.filter(run__rendering__version__draft=draft, key=key)
        .order_by("-id")
        .first()
    )
    if finding is None:
        raise InvalidInput(NO_FINDING)
    dismissal, _ = Dismissal.objects.update_or_create(
        draft=draft,
        key=key,
        defaults={
            "rule": finding.rule,
            "reason": said,
            "dismissed_by": staff.uid,
            "dismissed_at": timezone.now(),
        },
    )
    record_entry(
        action="finding.dismiss",
        actor=f"person:{staff.uid}",
        subject=f"draft:{draft.id}",
        rule=finding.rule,
        key=key,
    )
    return dismissal


@transaction.atomic
def restore_finding(*, staff: Staff, draft: Draft, key: str) -> None:
    """Take a dismissal back; a second call changes nothing.

    Raises:
        AccessDenied: the person may not see the draft.

    """
    refuse_others(staff, draft)
    found = Dismissal.objects.filter(draft=draft, key=key).first()
    if found is not None:
        found.delete()
        record_entry(
            action="finding.restore",
            actor=f"person:{staff.uid}",
            subject=f"draft:{draft.id}",
            rule=found.rule,
            key=key,
        )


def refuse_others(staff: Staff, draft: Draft) -> None:
    """Raise `AccessDenied` for those who may not take part in the work on a draft."""
    decision = draft.decide(staff, Act.COMMENT)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
