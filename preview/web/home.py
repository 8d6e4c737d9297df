"""The home page: what needs you, your drafts and packs, search, saved views."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from preview.accounts.staff import staff_of
from preview.desk.actions import delete_view, save_view
from preview.desk.filters import SINCE, STATES, Filters
from preview.desk.models import SavedView
from preview.desk.needs import needs
from preview.desk.paging import page_of
from preview.desk.queries import choices, drafts_of, group_of, packs_of
from preview.desk.whose import GROUPS, Owner
from preview.errors import InvalidInput
from preview.schemas.registry import DATA
from preview.web.viewer import person_of, signed_in

TYPES = sorted({one for types in DATA["schemas"].values() for one in types} | set(DATA["any"]))
PREVIEWS = {
    "ready": ("Ready", "govuk-tag--green"),
    "failed": ("Failed", "govuk-tag--red"),
}
# The addresses of the pages on which what waits is done.
PLACES = {
    "draft": "draft",
    "share": "share",
    "comments": "draft_comments",
    "fact_check": "fact_check",
    "sign_off": "draft_sign_off",
}
BEING_MADE = ("Being made", "govuk-tag--yellow")


def owner_of(request: HttpRequest) -> Owner:
    """Return whoever looks at their desk; for those who may not use the service there is none."""
    person = person_of(request)
    staff = staff_of(person)
    if "signin" not in staff.permissions:
        raise Http404
    return Owner(person, staff)


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return home_page(request, Filters.read(request.GET.dict()))


def home_page(
    request: HttpRequest, filters: Filters, *, error: str = "", status: int = 200
) -> HttpResponse:
    """Return the home page, with what is wrong with a view that was not saved."""
    owner = owner_of(request)
    group = group_of(owner, filters)
    place = {name: request.GET.get(name, "") for name in ("older", "newer")}
    page = page_of(drafts_of(owner, group, filters), **place)
    apps, organisations = choices()
    is_first = not (filters.narrowing() or any(place.values()))
    values: dict[str, Any] = {
        "person": owner.person,
        "filters": filters,
        "group": group,
        "groups": {name: address(filters, whose=name) for name in GROUPS},
        "headings": {name: one.heading for name, one in GROUPS.items()},
        "page": page,
        "older": address(filters, whose=group.name, older=page.older) if page.older else "",
        "newer": address(filters, whose=group.name, newer=page.newer) if page.newer else "",
        "packs": packs_of(owner, group) if is_first else [],
        "needs": needs(owner) if is_first else [],
        "places": PLACES,
        "views": [(one, address(Filters.read(one.filters))) for one in views_of(owner)],
        "apps": apps,
        "organisations": organisations,
        "types": TYPES,
        "states": STATES,
        "since": SINCE,
        "previews": PREVIEWS,
        "being_made": BEING_MADE,
        "error": error,
        "view_name": request.POST.get("name", ""),
    }
    return render(request, "web/home/index.html", values, status=status, using="jinja2")


def views_of(owner: Owner) -> list[SavedView]:
    """Return the views that the person saved, by name."""
    return list(SavedView.objects.filter(person=owner.person))


def address(filters: Filters, **more: str) -> str:
    """Return the address of the list with these filters."""
    query = {name: value for name, value in {**asdict(filters), **more}.items() if value}
    return f"{reverse('drafts')}?{urlencode(query)}" if query else reverse("drafts")


@require_POST
@signed_in
def save(request: HttpRequest) -> HttpResponse:
    """Save the search as a view."""
    owner, filters = owner_of(request), Filters.read(request.POST.dict())
    try:
        save_view(person=owner.person, name=request.POST.get("name", ""), filters=filters.given())
    except InvalidInput as error:
        return home_page(request, filters, error=str(error), status=422)
    return redirect(address(filters))


@require_POST
@signed_in
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete one of the person's own views."""
    try:
        delete_view(person=owner_of(request).person, view_id=view_id)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    return redirect("drafts")
