"""The page of one draft: its preview on every surface, and all that is to be known about it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from preview.access import Act, Staff
from preview.checks.queries import to_do
from preview.desk.actions import note_look
from preview.desk.models import LastLook
from preview.drafts.models import Draft, Version
from preview.impact.models import Impact, ImpactPage
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_seen
from preview.packs.models import Audience, Pack
from preview.rendering.companions import RenderedSurface
from preview.rendering.models import Rendering
from preview.sharing.models import ShareLink, living_at
from preview.web import activity, fidelity, frames
from preview.web.viewer import person_of, signed_in, viewer

WIDTHS = {"phone": "Phone", "tablet": "Tablet", "desktop": "Desktop"}
SURFACES = {
    "print": "Print",
    "search": "Search result",
    "social": "Social card",
    "email": "Email alert",
}
SHOWN_AS = WIDTHS | SURFACES
MOST_VERSIONS = 20


def visible_draft(staff: Staff, draft_id: uuid.UUID) -> Draft:
    """Return an open draft that this person may see; for all others there is nothing here."""
    draft = Draft.objects.open().select_related("app").filter(id=draft_id).first()
    if draft is None or not draft.decide(staff, Act.VIEW).allowed:
        raise Http404
    return draft


def newest(draft: Draft) -> Version:
    """Return the newest version of a draft."""
    return draft.versions.get(number=draft.version_number)


@dataclass(frozen=True)
class Looked:
    """What of a draft is looked at: a version, as one surface or width shows it."""

    draft: Draft
    family: list[Draft]
    versions: list[Version]
    version: Version
    shown_as: str
    staff: Staff

    @cached_property
    def pack(self) -> Pack:
        """The draft's own pack."""
        return own_pack(self.draft)

    @cached_property
    def rendering(self) -> Rendering | None:
        """The version's newest rendering, with its checks, and the surface where one is chosen."""
        surface = RenderedSurface.objects.filter(rendering=OuterRef("pk"), name=self.shown_as)
        seen = audiences_seen(self.staff, self.pack)
        found = Rendering.objects.in_own_pack().filter(version=self.version, audience__in=seen)
        with_checks = found.select_related("check_run")
        with_surface = with_checks.annotate(surface=Subquery(surface.values("name")))
        return with_surface.newest_first().first()

    @property
    def state(self) -> str:
        """Where the preview stands: `ready`, `failed`, or `waiting`."""
        rendering = self.rendering
        if rendering is None or not rendering.ended:
            return "waiting"
        lacks_surface = self.shown_as in SURFACES and getattr(rendering, "surface", None) is None
        if rendering.state == Rendering.State.READY and lacks_surface:
            return "waiting"
        return rendering.state

    @property
    def audience(self) -> str:
        """For whom the draft by itself is rendered."""
        return Audience.FULL if self.draft.limited else Audience.OPEN


@require_safe
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show a draft: its preview, versions, fidelity, impact, checks and activity."""
    person, staff = person_of(request), viewer(request)
    seen = looked(staff, draft_id, request.GET.dict())
    draft, rendering = seen.draft, seen.rendering
    number = seen.version.number
    looked_at = getattr(draft, "looked_at_number", None)
    if seen.state == Rendering.State.READY and number > (looked_at or 0):
        note_look(person=person, draft=draft, number=number, first=looked_at is None)
    entries = activity.entries_of(draft, seen.pack)
    values: dict[str, Any] = {
        "draft": draft,
        "pack": seen.pack,
        "person": person,
        "family": [one for one in seen.family if one.decide(staff, Act.VIEW).allowed],
        "versions": seen.versions,
        "shown": seen.version,
        "rendering": rendering,
        "state": seen.state,
        "shown_as": seen.shown_as,
        "widths": WIDTHS,
        "surfaces": SURFACES,
        "frame": frame_address(staff, seen),
        "fidelity": fidelity.label(rendering),
        "impact": impact_of(seen),
        "links": getattr(draft, "living_links", 0),
        "checks": to_do(rendering, draft.id),
        "activity": activity.told(entries, seen.versions),
    }
    return render(request, "web/drafts/show.html", values, using="jinja2")


def looked(staff: Staff, draft_id: uuid.UUID, wanted: dict[str, str]) -> Looked:
    """Return what of a draft an address asks for; what it gets wrong is as if it asked nothing."""
    links = ShareLink.objects.filter(living_at(timezone.now()), pack__own_draft=OuterRef("pk"))
    count = links.order_by().values("pack").annotate(count=Count("id")).values("count")
    look = LastLook.objects.filter(draft=OuterRef("pk"), person__uid=staff.uid)
    living = Coalesce(Subquery(count, output_field=IntegerField()), 0)
    same = Subquery(Draft.objects.filter(id=draft_id).values("content_id")[:1])
    found = Draft.objects.filter(content_id=same, version_number__gt=0)
    family = list(  # open or not: by state a database would walk all open drafts instead
        found.select_related("app", "own_pack")
        .prefetch_related("limits")
        .annotate(living_links=living, looked_at_number=Subquery(look.values("number")[:1]))
        .order_by("kind", "locale")
    )
    family = [one for one in family if one.state == Draft.State.OPEN]
    draft = next((one for one in family if one.id == draft_id), None)
    if draft is None or not draft.decide(staff, Act.VIEW).allowed:
        raise Http404
    versions = list(draft.versions.defer("payload").order_by("-number")[:MOST_VERSIONS])
    number = wanted.get("version", "")
    version = next((one for one in versions if str(one.number) == number), versions[0])
    shown_as = wanted.get("as", "desktop")
    shown_as = shown_as if shown_as in SHOWN_AS else "desktop"
    return Looked(draft, family, versions, version, shown_as, staff)


def frame_address(staff: Staff, seen: Looked) -> str:
    """Return where the frame of a ready rendering starts; empty when there is nothing to show."""
    if seen.rendering is None or seen.state != Rendering.State.READY:
        return ""
    surface = seen.shown_as if seen.shown_as in SURFACES else ""
    ticket = frames.ticket(staff.uid, seen.rendering.id, surface)
    return f"{settings.PREVIEW_ORIGIN}/enter/{ticket}"


def impact_of(seen: Looked) -> Impact | None:
    """Return the measurement of what live pages change, with `changing`: how many do."""
    changes = Count("pages", filter=Q(pages__outcome=ImpactPage.Outcome.CHANGES))
    found = Impact.objects.filter(pack=seen.pack, audience=seen.audience)
    return found.annotate(changing=changes).first()
