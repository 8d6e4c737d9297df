"""What an admin does about a person: each act says first what it means, and waits for a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from preview.accounts.blocking import block_person, unblock_person
from preview.accounts.models import Person
from preview.accounts.signon.users import sign_out_everywhere
from preview.errors import InvalidField, InvalidInput
from preview.packs.handing_over import (
    another_organisation,
    checked_receiver,
    hand_over,
    packs_owned_by,
)
from preview.sharing.people import end_all_of, living_of
from preview.web.administration.addresses import back_to, ids
from preview.web.administration.admins import actor_of, admins_only
from preview.web.administration.people import person_page
from preview.web.administration.titles import titles
from preview.web.viewer import viewer


@dataclass(frozen=True)
class Act:
    """Something to do about a person: its question, what it means, its button, the doing.

    `do` gets person, reason and actor, and returns how much it did. `reason` says whether one is
    needed.
    """

    question: str
    means: str
    button: str
    do: Callable[[Person, str, str], int]
    reason: bool = True


def sign_out(person: Person, reason: str, actor: str) -> int:  # noqa: ARG001 (an act)
    """End a person's sessions."""
    sign_out_everywhere(uid=person.uid, actor=actor)
    return 0


def block(person: Person, reason: str, actor: str) -> int:
    """Let a person in no more."""
    block_person(person=person, reason=reason, actor=actor)
    return 0


def unblock(person: Person, reason: str, actor: str) -> int:  # noqa: ARG001 (an act)
    """Let a person in again."""
    unblock_person(person=person, actor=actor)
    return 0


def end_links(person: Person, reason: str, actor: str) -> int:
    """End the links that a person made."""
    return end_all_of(person=person, reason=reason, actor=actor)


ACTS = {
    "sign-out": Act(
        "End all sessions of {name}?",
        "They are signed out at once, in every browser, here and on the preview host. They can "
        "sign in again.",
        "End the sessions",
        sign_out,
        reason=False,
    ),
    "block": Act(
        "Stop the sign-in of {name}?",
        "They are signed out at once and can't sign in here any more, also where Signon lets "
        "them. They get no more emails. The links that they made end within a minute; that "
        "can't be undone. Their packs and drafts stay.",
        "Stop the sign-in",
        block,
    ),
    "unblock": Act(
        "Let {name} sign in again?",
        "They can sign in here again, where Signon lets them. Links that ended stay ended.",
        "Let them sign in",
        unblock,
        reason=False,
    ),
    "end-links": Act(
        "End all links of {name}?",
        "Nobody can open them from then on, also who has opened them before. This can't be "
        "undone: a new link has another address.",
        "End the links",
        end_links,
    ),
}


@require_POST
@admins_only
def act(request: HttpRequest, person_id: int, name: str) -> HttpResponse:
    """Say what an act means; once that is confirmed, do it and lead back to the person."""
    one, wanted = get_object_or_404(Person, pk=person_id), ACTS.get(name)
    if wanted is None:
        raise Http404
    error = ""
    if request.POST.get("confirmed") == "yes":
        try:
            count = wanted.do(one, request.POST.get("reason", ""), actor_of(request))
            return back_to("person", one.pk, done=name, count=count)
        except InvalidInput as refused:
            error = str(refused)
    values = {
        "person": request.user,
        "one": one,
        "name": name,
        "act": wanted,
        "links": living_of(one).count(),
        "reason": request.POST.get("reason", ""),
        "error": error,
    }
    page = "web/administration/person_act.html"
    return render(request, page, values, status=422 if error else 200, using="jinja2")


@require_POST
@admins_only
def packs(request: HttpRequest, person_id: int) -> HttpResponse:
    """Say which packs would be handed over to whom; once that is confirmed, do it."""
    one, reason = get_object_or_404(Person, pk=person_id), request.POST.get("reason", "")
    wanted = set(ids(request.POST.getlist("pack")[:500]))
    chosen = [pack for pack in packs_owned_by(one) if pack.pk in wanted]
    to = person_at(request.POST.get("to", ""))
    try:
        if not chosen:
            raise InvalidField("pack", "Select at least one pack")
        receiver = checked_receiver(giver=one, to=to)
        if request.POST.get("confirmed") == "yes":
            count = hand_over(
                packs=wanted, giver=one, to=receiver, reason=reason, actor=actor_of(request)
            )
            return back_to("person", one.pk, done="packs", count=count)
    except InvalidField as refused:
        if to is None or refused.field != "reason":
            return person_page(request, one, errors={refused.field: str(refused)})
        error = str(refused)
    except InvalidInput as refused:
        error = str(refused)
    else:
        error = ""
    values = {
        "person": request.user,
        "one": one,
        "to": to,
        "away": to is not None and another_organisation(one, to),
        "packs": chosen,
        "titles": titles(viewer(request), chosen),
        "reason": reason,
        "error": error,
    }
    page = "web/administration/person_packs.html"
    return render(request, page, values, status=422 if error else 200, using="jinja2")


def person_at(email: str) -> Person | None:
    """Return the person with an e-mail address, one who can sign in before one who can't."""
    text = email.replace("\0", "").strip()
    found = Person.objects.filter(email__iexact=text) if text else Person.objects.none()
    return found.select_related("organisation").order_by("disabled", "-last_login", "pk").first()
