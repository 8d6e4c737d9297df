"""What a person does at their desk: save a view, delete it, look at a draft."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from preview.accounts.models import Person
from preview.desk.models import LastLook, SavedView
from preview.drafts.models import Draft
from preview.errors import InvalidInput

MOST_VIEWS = 30
LONGEST_NAME = 60


@transaction.atomic
def save_view(*, person: Person, name: str, filters: Mapping[str, str]) -> SavedView:
    """Keep a search under a name; the same name again replaces it.

    Raises:
        InvalidInput: no name, one that is too long, nothing to keep, or too many views.

    """
    said = " ".join(name.replace("\0", "").split())
    if not said:
        raise InvalidInput("Enter a name for this view.")
    if len(said) > LONGEST_NAME:
        raise InvalidInput(f"The name must be {LONGEST_NAME} characters or fewer.")
    if not filters:
        raise InvalidInput("Search or choose a filter first, then save the view.")
    others = SavedView.objects.filter(person=person).exclude(name=said)
    if others.count() >= MOST_VIEWS:
        raise InvalidInput(f"You can keep {MOST_VIEWS} views. Delete one first.")
    view, _ = SavedView.objects.update_or_create(
        person=person, name=said, defaults={"filters": dict(filters)}
    )
    return view


def delete_view(*, person: Person, view_id: int) -> None:
    """Delete one of a person's own views.

    Raises:
        SavedView.DoesNotExist: the person has no such view.

    """
    SavedView.objects.get(person=person, id=view_id).delete()


def note_look(*, person: Person, draft: Draft, number: int, first: bool | None = None) -> None:
    """Note that a person looked at a version; looking back at an older one changes nothing.

    `first` says whether it is their first look at the draft, where that is known. Each write is one
    statement that holds by itself: a page's own reading must not wait for it.
    """
    now = timezone.now()
    if first is not False:
        look = LastLook(person=person, draft=draft, number=number, looked_at=now)
        LastLook.objects.bulk_create([look], ignore_conflicts=True)
    if first is not True:
        LastLook.objects.filter(person=person, draft=draft, number__lt=number).update(
            before=F("number"), before_at=F("looked_at"), number=number, looked_at=now
        )
