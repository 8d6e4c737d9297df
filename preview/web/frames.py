"""Rendered drafts for staff, on the preview host.

The preview host shares no cookie with the service. A ticket, signed and good for one minute, brings
a signed-in person across; a cookie of the preview host's own then carries the frame.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from preview.access import Act, Staff
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.assets.models import Asset
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.packs.models import Audience
from preview.rendering import links, snapshots
from preview.rendering.draft_files import asset_of_pack, asset_of_rendering
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.web.answers import led_on
from preview.web.assets import asset_response, is_file, record_file_view

COOKIE = "__Host-staff"
TICKET_SECONDS = 60
SESSION_SECONDS = 20 * 60 * 60
TICKET = "preview.ticket"
SESSION = "preview.staff"


def ticket(uid: str, rendering_id: uuid.UUID, surface: str = "") -> str:
    """Return a ticket for one person and one rendering; with `surface`, as that one shows it."""
    claims = {"uid": uid, "rendering": str(rendering_id), "surface": surface}
    return signing.dumps(claims, salt=TICKET, compress=False)


def pack_ticket(uid: str, pack_id: uuid.UUID, path: str) -> str:
    """Return a ticket for one person, and a pack that opens at a path."""
    claims = {"uid": uid, "pack": str(pack_id), "path": path}
    return signing.dumps(claims, salt=TICKET, compress=False)


@require_safe
def enter(request: HttpRequest, ticket: str) -> HttpResponse:  # noqa: ARG001 (a view)
    """Take a ticket, set the cookie, and lead to the pack, or to the rendering's first page."""
    try:
        claims = signing.loads(ticket, salt=TICKET, max_age=TICKET_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    response = entered(claims)
    response.status_code = 303
    response.set_cookie(
        COOKIE,
        signing.dumps({"uid": claims["uid"]}, salt=SESSION),
        max_age=SESSION_SECONDS,
        secure=True,
        httponly=True,
        samesite="Lax",
    )
    return response


def entered(claims: dict[str, str]) -> HttpResponse:
    """Lead to where a ticket is for."""
    if "pack" in claims:
        return redirect("pack_frame", pack_id=claims["pack"], page=address_of(claims["path"]))
    first = RenderedPage.objects.filter(rendering_id=claims["rendering"]).first()
    if first is None:
        raise Http404
    if surface := claims.get("surface"):
        return redirect("surface_frame", rendering_id=claims["rendering"], surface=surface)
    page = address_of(first.path)
    return redirect("frame", rendering_id=claims["rendering"], page=page)


@require_safe
def frame(request: HttpRequest, rendering_id: uuid.UUID, page: str) -> HttpResponseBase:
    """Serve a page of a rendering, or a file of it, to a signed-in person who may see the draft."""
    rendering, draft, person = let_in(request, rendering_id)
    if is_file(path_of(page)):
        return file_of(request, file_at(rendering, path_of(page)), person)
    if (answered := led_on(request)) is not None:
        return answered
    found = page_at(rendering, path_of(page))
    if found is None:
        raise Http404
    record_view(person, draft, rendering, path=found.path)
    body = links.under(f"/frames/{rendering_id}", snapshots.get(found.sha256))
    return HttpResponse(body)


@require_safe
def surface_frame(request: HttpRequest, rendering_id: uuid.UUID, surface: str) -> HttpResponse:
    """Serve a rendering as a surface shows it, to a signed-in person who may see the draft."""
    rendering, draft, person = let_in(request, rendering_id)
    found = rendering.surfaces.filter(name=surface).first()
    if found is None:
        raise Http404
    record_view(person, draft, rendering, surface=surface)
    return HttpResponse(links.under(f"/frames/{rendering_id}", snapshots.get(found.sha256)))


def let_in(request: HttpRequest, rendering_id: uuid.UUID) -> tuple[Rendering, Draft, Person]:
    """Return a ready rendering, its open draft and the person; for others there is nothing."""
    person = person_of(request)
    found = Rendering.objects.ready().filter(id=rendering_id)
    rendering = found.select_related("version__draft", "pack__own_draft").first()
    draft = draft_of(rendering) if rendering else None
    if person is None or rendering is None or draft is None:
        raise Http404
    if not draft.decide(staff_of(person), Act.VIEW).allowed or draft.state != draft.State.OPEN:
        raise Http404
    seen = rendering.pack.decide(staff_of(person), Act.VIEW)
    if rendering.audience == Audience.FULL and not seen.sees_limited:
        raise Http404
    if not may_show(rendering, staff_of(person)):
        raise Http404
    return rendering, draft, person


def may_show(rendering: Rendering, staff: Staff) -> bool:
    """Say whether a rendering tells of no limited draft that somebody may not see.

    One that was made for everybody may hold what was limited since: its pack shows another one
    soon, but not in the very moment in which the limit is set, and who kept the address of an
    earlier one comes back to that. One with limited drafts may hold some that left the pack.
    """
    if rendering.ended_at is None:
        return False
    left = Q(departures__pack=rendering.pack_id, departures__left_at__gte=rendering.ended_at)
    counted = Q(pk__in=rendering.pack.counted().order_by().values("pk"))
    limited = Draft.objects.filter(left | counted, limited=True)
    if rendering.audience == Audience.OPEN:
        limited = limited.filter(limits_changed_at__gte=rendering.ended_at)
    hidden = limited.exclude(pk__in=Draft.objects.visible_to(staff).values("pk"))
    used = {*rendering.used.get("content_ids", ()), str(rendering.content_id)}
    return used.isdisjoint(str(one) for one in hidden.values_list("content_id", flat=True))


def record_view(person: Person, draft: Draft, rendering: Rendering, **what: str) -> None:
    """Record that a person looked at a rendering: a page of it by `path`, or a `surface`."""
    record_entry(
        action="rendering.view",
        actor=f"person:{person.uid}",
        subject=f"draft:{draft.id}",
        pack=rendering.pack_id,
        version=rendering.version.number if rendering.version else None,
        **what,
    )


def draft_of(rendering: Rendering) -> Draft | None:
    """Return the draft that a rendering shows; for a live page, the one that changes it."""
    return rendering.version.draft if rendering.version else rendering.pack.own_draft


def page_at(rendering: Rendering, path: str) -> RenderedPage | None:
    """Return a page of the rendering, else what a draft by itself shows at the path besides."""
    found = rendering.pages.filter(path=path).first()
    if found is None and rendering.pack.own_draft == draft_of(rendering):
        beside = PackPage.objects.filter(pack=rendering.pack, audience=rendering.audience)
        shown = beside.filter(path=path).select_related("page").first()
        found = shown.page if shown else None
    return found


def file_at(rendering: Rendering, path: str) -> Asset | None:
    """Return a draft file that the rendering uses, or a page that its pack shows besides."""
    found = asset_of_rendering(rendering, path)
    return found or asset_of_pack(rendering.pack, [rendering.audience], path)


def file_of(request: HttpRequest, asset: Asset | None, person: Person) -> HttpResponseBase:
    """Serve a draft file to somebody who may see the page that uses it."""
    if asset is None:
        raise Http404
    record_file_view(request, f"person:{person.uid}", asset)
    return asset_response(request, asset)


def address_of(path: str) -> str:
    """Return what stands for a GOV.UK path in an address; the reverse of `path_of`."""
    return path.removeprefix("/") if path else "-"


def path_of(page: str) -> str:
    """Return the GOV.UK path that an address stands for; `-` stands for a page without one.

    No path has a NUL, which PostgreSQL takes in no question, nor the sign that stands for it here.
    """
    return "" if page == "-" else f"/{page}".replace("\0", "\ufffd")


def person_of(request: HttpRequest) -> Person | None:
    """Return the person of the cookie, unless they signed out since or their account ended."""
    try:
        value = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SESSION, max_age=SESSION_SECONDS
        )
        stamp = signing.TimestampSigner(salt=SESSION)
        _, issued, _ = request.COOKIES[COOKIE].rsplit(stamp.sep, 2)
    except (signing.BadSignature, ValueError, KeyError):
        return None
    person = Person.objects.active().filter(uid=value["uid"]).first()
    since = datetime.fromtimestamp(signing.b62_decode(issued), UTC)
    if person and person.signed_out_at and since <= person.signed_out_at:
        return None
    return person
