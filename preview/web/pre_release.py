"""Pre-release access of a pack: the list, people on it, the published list, breaches."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from preview.access import Act
from preview.audit.export import safe_cell
from preview.errors import AccessDenied, InvalidInput, InvalidPreRelease
from preview.packs.models import Pack
from preview.pre_release.actions import (
    NewPerson,
    add_person,
    begin_list,
    remove_person,
    report_breach,
)
from preview.pre_release.models import AccessList, ListedPerson
from preview.web.share_links import visible_pack
from preview.web.viewer import person_of, signed_in, viewer

LONDON = ZoneInfo("Europe/London")
COLUMNS = ("Name", "Role", "Organisation")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show the list; on POST do what the pressed button says."""
    pack = visible_pack(request, pack_id)
    if request.method != "POST":
        return list_page(request, pack)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return list_page(request, pack, "Choose what to do.")
    try:
        act(request, pack)
    except AccessDenied as error:
        raise Http404 from error
    except InvalidInput as error:
        field = error.field if isinstance(error, InvalidPreRelease) else ""
        return list_page(request, pack, str(error), field)
    return redirect("pre_release", pack_id=pack.id)


def list_page(request: HttpRequest, pack: Pack, error: str = "", field: str = "") -> HttpResponse:
    """Return the page, with a sentence for what was refused, and the field that it is about."""
    found = AccessList.objects.filter(pack=pack).first()
    values = {
        "person": request.user,
        "pack": pack,
        "list": found,
        "people": list(found.people.order_by("added_at")) if found else [],
        "breaches": list(found.breaches.order_by("-reported_at")) if found else [],
        "may_share": pack.decide(viewer(request), Act.SHARE).allowed,
        "error": error,
        "field": field,
        "was": request.POST.dict() if error else {},
    }
    status = 422 if error else 200
    return render(request, "web/pre_release/list.html", values, status=status, using="jinja2")


def begin(request: HttpRequest, pack: Pack) -> None:
    """Begin the list."""
    begin_list(
        pack=pack,
        staff=viewer(request),
        title=request.POST.get("title", ""),
        release_at=moment(request, "release", "Enter the day and time of the release."),
    )


def add(request: HttpRequest, pack: Pack) -> None:
    """Add somebody."""
    values = {
        name: request.POST.get(name, "") for name in ("name", "role", "organisation", "email")
    }
    add_person(
        listed_in=list_of(pack),
        staff=viewer(request),
        person=NewPerson(**values),
        sender=person_of(request).name,
    )


def remove(request: HttpRequest, pack: Pack) -> None:
    """Remove somebody."""
    key = request.POST.get("person", "")
    people = ListedPerson.objects.select_related("listed_in__pack").filter(listed_in__pack=pack)
    person = people.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if person is None:
        raise InvalidInput("This person is not on the list.")
    remove_person(person=person, staff=viewer(request))


def breach(request: HttpRequest, pack: Pack) -> None:
    """Report a breach."""
    report_breach(
        listed_in=list_of(pack),
        staff=viewer(request),
        happened_at=moment(request, "happened", "Enter the day and time when it happened."),
        what=request.POST.get("what", ""),
    )


ACTS: dict[str, Callable[[HttpRequest, Pack], None]] = {
    "begin": begin,
    "add": add,
    "remove": remove,
    "breach": breach,
}


def list_of(pack: Pack) -> AccessList:
    """Return the pack's list.

    Raises:
        InvalidInput: it has none yet.

    """
    found = AccessList.objects.select_related("pack__own_draft").filter(pack=pack).first()
    if found is None:
        raise InvalidInput("Begin the list first: enter the title and the release.")
    return found


def moment(request: HttpRequest, name: str, sentence: str) -> datetime:
    """Return a time of the form, as London's clocks show it.

    Raises:
        InvalidPreRelease: it is none.

    """
    try:
        found = parse_datetime(request.POST.get(name, ""))
    except ValueError:
        found = None
    if found is None:
        raise InvalidPreRelease(name, sentence)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


@require_safe
@signed_in
def published(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Give the list as it is published: roles and organisations of who had access, no addresses."""
    found = AccessList.objects.filter(pack=visible_pack(request, pack_id)).first()
    if found is None:
        raise Http404
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in found.people.order_by("organisation", "role", "name"):
        writer.writerow([safe_cell(one.name), safe_cell(one.role), safe_cell(one.organisation)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pre-release-access.csv"'
    return response
