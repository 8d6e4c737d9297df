"""What is kept for how long: a row for each kind of thing.

A rule names what is due, and how it is deleted. What is under hold is never due.

Source: UK GDPR article 5(1)(e), storage limitation; ICO guidance on retention schedules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from preview.drafts.models import Draft, Version
from preview.impact.models import ImpactPage
from preview.packs.models import Pack, PackDraft
from preview.rendering.models import PackPage, Rendering
from preview.retention import leftovers
from preview.retention.held import held_drafts, held_links, held_packs
from preview.retention.messages import (
    letters,
    notification_mails,
    notifications,
    replies,
    webhook_messages,
)
from preview.retention.models import Leftover
from preview.review.sign_offs.models import SignOff
from preview.sharing.models import (
    Grant,
    GuestSession,
    LinkRequest,
    OneTimeCode,
    Recipient,
    ShareLink,
)

Due = QuerySet[Any]
Keys = Sequence[Any]


@dataclass(frozen=True)
class Rule:
    """A rule: what it is about in words, the setting that says how many days, what is due.

    `due` is given the time before which things are too old. `before_deletion` is given the keys of
    a batch. Where it is about files, `delete_files` deletes those of a batch that nothing needs any
    more and returns how many.
    """

    name: str
    setting: str
    due: Callable[[datetime], Due]
    before_deletion: Callable[[Keys], None] | None = None
    delete_files: Callable[[Keys, leftovers.Needed], int] | None = None

    @property
    def days(self) -> int:
        """Return for how many days it is kept."""
        return int(getattr(settings, self.setting))

    def delete(self, keys: Keys, needed: leftovers.Needed) -> int:
        """Delete a batch of what is due, and what belongs to it; return how many."""
        if self.delete_files is not None:
            return self.delete_files(keys, needed)
        if self.before_deletion is not None:
            self.before_deletion(keys)
        self.due(self.before()).model.objects.filter(pk__in=keys).delete()
        return len(keys)

    def before(self) -> datetime:
        """Return the time before which things are too old."""
        return timezone.now() - timedelta(days=self.days)


def old_drafts(before: datetime) -> Due:
    """Drafts that were published or discarded, with everything that was said of them."""
    ended = Draft.objects.exclude(state=Draft.State.OPEN).filter(updated_at__lt=before)
    return ended.exclude(pk__in=held_drafts().values("pk"))


def note_of_drafts(keys: Keys) -> None:
    """Note the snapshots of drafts, which nothing may need any more."""
    own = Q(rendering__pack__own_draft__in=keys)
    leftovers.note(Q(rendering__version__draft__in=keys) | own, Q(impact__pack__own_draft__in=keys))


def note_of_packs(keys: Keys) -> None:
    """Note the snapshots of packs."""
    leftovers.note(Q(rendering__pack__in=keys), Q(impact__pack__in=keys))


def note_of_renderings(keys: Keys) -> None:
    """Note the snapshots of renderings."""
    leftovers.note(Q(rendering__in=keys))


def old_renderings(before: datetime) -> Due:
    """Previews that nobody sees any more: not shown, not pinned, not signed off, not newest."""
    ended = Rendering.objects.filter(state__in=Rendering.ENDED, ended_at__lt=before)
    shown = PackPage.objects.values("page__rendering")
    pinned = ShareLink.pinned_versions.through.objects.values("version")
    newest = Version.objects.filter(number=F("draft__version_number"))
    kept = Q(pk__in=shown) | Q(version__in=pinned) | Q(version__in=newest.values("pk"))
    kept |= Q(pk__in=ImpactPage.objects.exclude(rendering=None).values("rendering"))
    kept |= Q(version__in=SignOff.objects.values("version"))
    kept |= Q(pack__in=held_packs().values("pk"))
    kept |= Q(version__draft__in=held_drafts().values("pk"))
    return ended.exclude(pk__in=Rendering.objects.filter(kept).values("pk"))


def links_over(before: datetime) -> QuerySet[ShareLink]:
    """Return links that ended before a time and are not held."""
    over = ShareLink.objects.filter(Q(expires_at__lt=before) | Q(ended_at__lt=before))
    return over.exclude(pk__in=held_links().values("pk"))


def guests(before: datetime) -> Due:
    """Browsers that opened links which are over, with the names that guests gave."""
    return Grant.objects.filter(link__in=links_over(before).values("pk"))


def recipients(before: datetime) -> Due:
    """E-mail addresses of those whom links were for."""
    return Recipient.objects.filter(link__in=links_over(before).values("pk"))


def requests(before: datetime) -> Due:
    """Names, addresses and words of those who asked for a new link."""
    return LinkRequest.objects.filter(
        link__in=links_over(before).values("pk"), created_at__lt=before
    )


def empty_sessions(before: datetime) -> Due:
    """Guests' browsers that have opened nothing which is still known."""
    return GuestSession.objects.filter(grants=None, created_at__lt=before)


def codes(before: datetime) -> Due:
    """One-time codes that can't be used any more."""
    old = OneTimeCode.objects.filter(expires_at__lt=before)
    return old.exclude(recipient__link__in=held_links().values("pk"))


def archived_packs(before: datetime) -> Due:
    """Packs that were archived, once no draft in them is open."""
    old = Pack.objects.filter(archived_at__lt=before, own_draft=None)
    open_ones = PackDraft.objects.filter(draft__state=Draft.State.OPEN).values("pack")
    return old.exclude(Q(pk__in=open_ones) | Q(pk__in=held_packs().values("pk")))


def snapshots(before: datetime) -> Due:
    """Snapshots of deleted previews that were set aside."""
    return Leftover.objects.filter(moved_at__lt=before)


DAYS_OF_PERSONAL_DATA = "RETENTION_PERSONAL_DAYS"
# In this order: what one rule leaves, a later one deletes in the same run.
RULES = {
    "drafts": Rule(
        "Published and discarded drafts", "RETENTION_DRAFT_DAYS", old_drafts, note_of_drafts
    ),
    "packs": Rule("Archived packs", "RETENTION_DRAFT_DAYS", archived_packs, note_of_packs),
    "renderings": Rule(
        "Previews that nobody sees any more",
        "RETENTION_SNAPSHOT_DAYS",
        old_renderings,
        note_of_renderings,
    ),
    "snapshots": Rule(
        "Stored pages of deleted previews",
        "RETENTION_FILE_DAYS",
        snapshots,
        delete_files=leftovers.delete,
    ),
    "guests": Rule("Guests' browsers and names", DAYS_OF_PERSONAL_DATA, guests),
    "recipients": Rule("Addresses that links were for", DAYS_OF_PERSONAL_DATA, recipients),
    "requests": Rule("Requests for new links", DAYS_OF_PERSONAL_DATA, requests),
    "sessions": Rule("Guests' sessions without links", DAYS_OF_PERSONAL_DATA, empty_sessions),
    "letters": Rule("Emails that were sent", DAYS_OF_PERSONAL_DATA, letters),
    "replies": Rule("Emails that came in about no fact check", DAYS_OF_PERSONAL_DATA, replies),
    "codes": Rule("One-time codes", "RETENTION_CODE_DAYS", codes),
    "webhook_messages": Rule(
        "Messages to apps, and every try", "RETENTION_WEBHOOK_DAYS", webhook_messages
    ),
    "notifications": Rule("What people were told", DAYS_OF_PERSONAL_DATA, notifications),
    "notification_mails": Rule(
        "Emails that told people", DAYS_OF_PERSONAL_DATA, notification_mails
    ),
}
