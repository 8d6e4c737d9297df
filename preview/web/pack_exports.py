"""Taking a pack along: one HTML file that works without this service and asks nobody anything."""

from __future__ import annotations

import re
import uuid
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST
from markupsafe import Markup

from preview.errors import AccessDenied
from preview.exports.pages import Export, export_pack
from preview.review.fact_checks.models import FactCheck
from preview.web.packs import pack_page, visible_pack
from preview.web.viewer import person_of, signed_in, viewer

SHEETS = ("govuk-frontend/generic.min.css", "pages/page.css")
# What a style sheet would ask other addresses for: its fonts, what it imports, its pictures.
ASKING = re.compile(r"@font-face\s*\{[^}]*\}|@import[^;]*;|@charset[^;]*;")
PICTURE = re.compile(r"url\(\s*(?![\"']?data:)[^)]*\)")
REFUSED = "You may not take this pack out of the service: you may not share it."
NOTHING = "There is no page to export. Market-sensitive drafts never leave the service in a file."


@require_POST
@signed_in
def export(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Return a pack as one file to keep."""
    staff, person = viewer(request), person_of(request)
    pack = visible_pack(staff, pack_id)
    try:
        made = export_pack(pack=pack, staff=staff)
    except AccessDenied:
        return pack_page(request, pack, problem=REFUSED, status=403)
    if not made.articles:
        return pack_page(request, pack, problem=NOTHING, status=422)
    values = {
        "pack": pack,
        "export": made,
        "by": person.name,
        "reply_to": person.email,
        "answer": answer_to(made, person.email),
        "styles": Markup(styles()),  # noqa: S704 (our own style sheets)
    }
    response = render(request, "web/packs/export.html", values, using="jinja2")
    name = f"{slugify(pack.name) or 'pack'}-{made.made_at:%Y-%m-%d}.html"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def answer_to(made: Export, email: str) -> str:
    """Return the address that begins a letter with comments.

    Where facts of its drafts are being checked, the service itself gets a copy: it reads answers.
    """
    drafts = made.pack.counted().order_by().values("pk")
    asked = FactCheck.objects.filter(draft__in=drafts, closed_at=None).exists()
    body = "\n\n".join(f"{one.number}. {one.title}:\n" for one in made.articles)
    parts = {"subject": f"Comments on {made.pack.name}", "body": body.replace("\n", "\r\n")}
    if asked:
        parts["cc"] = parseaddr(settings.MAIL_FROM)[1]
    query = "&".join(f"{name}={quote(value)}" for name, value in parts.items())
    return f"mailto:{quote(email, safe='@')}?{query}"


@cache
def styles() -> str:
    """Return the style sheets of pages without anything that would ask another address."""
    return "\n".join(PICTURE.sub("none", ASKING.sub("", sheet(name))) for name in SHEETS)


def sheet(name: str) -> str:
    """Return a style sheet, from where static files are collected or from their source."""
    found = finders.find(name)
    if isinstance(found, str):
        return Path(found).read_text("utf-8")
    if not staticfiles_storage.exists(name):
        return ""
    with staticfiles_storage.open(name) as file:
        return str(file.read().decode())
