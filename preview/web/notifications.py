"""Notifications: the page where people choose them, and the one that stops them from an e-mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from preview.errors import InvalidInput, InvalidToken
from preview.notifications.choosing import choices_of, choose, read_token, unsubscribe
from preview.notifications.models import When
from preview.notifications.registry import KINDS
from preview.web.viewer import person_of, signed_in

SORTS = {
    When.AT_ONCE: "emails that are sent as soon as something happens",
    When.DAILY: "the daily email",
    When.OFF: "emails",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show what a person is told of, and when; on POST store what they choose."""
    person = person_of(request)
    if request.method != "POST":
        return choices_page(request, choices_of(person))
    wanted = {name: request.POST[name] for name in KINDS if name in request.POST}
    try:
        if not wanted:
            raise InvalidInput("Choose one of the answers for each kind of notification.")
        choose(person=person, wanted=wanted)
    except InvalidInput as error:
        return choices_page(request, choices_of(person), str(error))
    response = redirect("/settings/notifications?saved=yes")
    response.status_code = 303
    return response


def choices_page(request: HttpRequest, chosen: dict[str, When], error: str = "") -> HttpResponse:
    """Return the page, with a sentence for what was refused."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for kind in KINDS.values():
        answers = [
            {"value": when.value, "text": when.label, "checked": chosen[kind.name] == when}
            for when in When
        ]
        row = {"name": kind.name, "title": kind.title, "answers": answers}
        groups.setdefault(kind.group, []).append(row)
    values = {
        "person": request.user,
        "groups": groups,
        "saved": request.GET.get("saved") == "yes" and not error,
        "error": error,
    }
    status = 422 if error else 200
    page = "web/notifications/settings.html"
    return render(request, page, values, status=status, using="jinja2")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop mails; on POST stop them, without an account.

    Mail programs send the POST by themselves when somebody presses their own button: without
    cookies, and without having seen the page. What scanners do with links, a GET, changes nothing.
    Source: RFC 8058 section 3.
    """
    try:
        person, when = read_token(token)
    except InvalidToken:
        return stop_page(request, {"state": "wrong"}, status=404)
    if request.method == "POST":
        unsubscribe(person=person, when=when)
        return stop_page(request, {"state": "done", "sort": SORTS[when]})
    chosen = choices_of(person)
    titles = [kind.title for kind in KINDS.values() if chosen[kind.name] == when]
    return stop_page(request, {"state": "ask", "sort": SORTS[when], "titles": titles})


def stop_page(request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the page that stops mails."""
    page = "web/notifications/unsubscribe.html"
    return render(request, page, values, status=status, using="jinja2")
