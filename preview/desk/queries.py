"""The home page's lists: drafts and packs of a group."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast

from preview.accounts.models import Organisation, Person, PublisherApp
from preview.desk.filters import Filters
from preview.desk.whose import GROUPS, Group, Owner
from preview.drafts.models import Draft, DraftQuerySet
from preview.packs.models import Pack, PackDraft, counting
from preview.packs.owners import edited_by
from preview.rendering.models import Rendering

MOST_PACKS = 6


@dataclass(frozen=True)
class PackRow:
    """A pack of the list and how many drafts it holds."""

    pack: Pack
    count: int


def group_of(owner: Owner, filters: Filters) -> Group:
    """Return the group that is asked for.

    Who searches without one searches everything; who asks for nothing gets the first group that is
    not empty.
    """
    if filters.whose in GROUPS:
        return GROUPS[filters.whose]
    if filters.narrowing():
        return GROUPS["all"]
    first = ("yours", "organisation")
    mine = [Exists(visible(owner).open().filter(GROUPS[name].drafts(owner))) for name in first]
    has = Person.objects.filter(pk=owner.person.pk).values_list(*mine)[0]
    return GROUPS[next((name for name, any_ in zip(first, has, strict=True) if any_), "all")]


def visible(owner: Owner) -> DraftQuerySet:
    """Return the drafts that the person may see."""
    return Draft.objects.visible_to(owner.staff)


def drafts_of(owner: Owner, group: Group, filters: Filters) -> DraftQuerySet:
    """Return the drafts of a group that match."""
    found = visible(owner).filter(group.drafts(owner))
    newest = Rendering.objects.filter(
        pack__own_draft=OuterRef("pk"), version__number=OuterRef("version_number")
    )
    state = Subquery(newest.order_by("-generation").values("state")[:1])
    return filters.applied(found).select_related("app").annotate(preview=state)


def choices() -> tuple[dict[str, str], dict[str, str]]:
    """Return the publisher apps (by name) and organisations (by content id) to choose from."""
    apps = PublisherApp.objects.annotate(what=Value("app"), value=Cast("name", CharField()))
    organisations = Organisation.objects.annotate(
        what=Value("organisation"), value=Cast("content_id", CharField())
    )
    rows = apps.values_list("what", "value", "name").union(
        organisations.values_list("what", "value", "title")
    )
    found: dict[str, dict[str, str]] = {"app": {}, "organisation": {}}
    for what, value, name in sorted(rows, key=lambda row: row[2].lower()):
        found[what][value] = name
    return found["app"], found["organisation"]


def packs_of(owner: Owner, group: Group) -> list[PackRow]:
    """Return the newest packs of a group that the person may see, with how much they hold.

    A pack is seen by who may change it, and by who sees one of its drafts: else its name alone
    could tell too much.
    """
    counted = PackDraft.objects.filter(counting(), pack=OuterRef("pk"))
    seen = counted.filter(Exists(visible(owner).open().filter(pk=OuterRef("draft"))))
    found = Pack.objects.filter(own_draft=None, archived_at=None).filter(group.packs(owner))
    rows = found.filter(edited_by(owner.staff) | Exists(seen)).annotate(count=Count("members"))
    return [PackRow(pack, pack.count) for pack in rows.order_by("-updated_at")[:MOST_PACKS]]
