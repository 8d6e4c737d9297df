"""The rules lab: paste a line of a log and see what is made of it. Nothing is stored.

What the rules would do to the past is shown as a dry run by `manage.py usage reclassify`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from preview.usage.actions import active_rules
from preview.usage.formats.registry import Unreadable
from preview.usage.intakes import intake_without_tables
from preview.usage.records import Noise, Request
from preview.web.usage import wording
from preview.web.usage.entry import page, usage_page

LONGEST = 16_384
CAUSES = {
    "not_recognised": "No format knows such a line.",
    "line_too_long": "The line is too long.",
}


@dataclass
class Understood:
    """What is made of a line: a sentence, and facts with their names."""

    sentence: str
    facts: list[tuple[str, str]] = field(default_factory=list)


def understand(line: str, app: str) -> Understood:
    """Read a line as an import would, with keys that are of no use to anybody."""
    reader = intake_without_tables(rules=active_rules(), app=app)
    result = Understood("")
    for one in (part for part in line.splitlines() if part.strip()):
        try:
            found = reader.reader.read(one.encode("utf-8", "replace"))
            record, name = found.record, found.format
        except Unreadable as cause:
            text = str(cause)
            return Understood(CAUSES.get(text, f"It can't be read: {text.replace('_', ' ')}."))
        result = told(reader, record, name)
    return result


def told(reader: Any, record: object, name: str) -> Understood:
    """Return what is made of a record."""
    if isinstance(record, Noise):
        return Understood(f"Format {name}: no request, so it is passed over.")
    if not isinstance(record, Request):
        return Understood(f"Format {name}: {type(record).__name__.lower()} of Signon or the API.")
    try:
        one, verdict = reader.understood(record)
    except Unreadable as cause:
        return Understood(f"Format {name}, but it can't be used: {str(cause).replace('_', ' ')}.")
    host = one.known_host
    rows = [
        ("Format", name),
        ("Host", host.short if host else "None of integration's"),
        ("Application", host.app if host else ""),
        ("What is kept of the address", f"{one.method} {one.path}"),
        ("Marks in the address", one.mark_names.replace(",", ", ")),
        ("Agent", one.agent),
        ("Network", one.network),
        ("Person", "Named" if one.person else "Not named"),
        ("Organisation", one.organisation),
        ("Who", f"{wording.audience(verdict.actor)}, by rule {verdict.rule}"),
        ("What they did", wording.kind(verdict.counts_as) if verdict.human else wording.NOTHING),
        ("Kind", wording.kind(verdict.kind) if verdict.human else wording.NOTHING),
        ("Counts", "Yes" if verdict.counts and verdict.human else "No"),
    ]
    return Understood(
        f"{wording.audience(verdict.actor)}.",
        [(key, value or wording.NOTHING) for key, value in rows],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@usage_page
def show(request: HttpRequest) -> HttpResponse:
    """Show the form, and what is made of a line."""
    line = request.POST.get("line", "")
    app = request.POST.get("app", "").strip()[:80]
    wrong = ""
    if request.method == "POST" and not line.strip():
        wrong = "Paste a line of a log"
    elif len(line) > LONGEST:
        wrong = f"The line must be {LONGEST} characters or fewer"
    understood = understand(line, app) if line.strip() and not wrong else None
    rules = active_rules()
    return page(
        request,
        "rules_lab",
        status=422 if wrong else 200,
        line=line[:LONGEST],
        app=app,
        wrong=wrong,
        understood=understood,
        version=rules.version,
        actors=rules.actors,
        activities=rules.activities,
    )
