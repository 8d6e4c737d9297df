"""How sensitive a draft is: a page that says what follows, and the form that sets it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from preview.access import Act, Sensitivity
from preview.drafts.lowering import agree_to_lower, keep_sensitivity, may_agree
from preview.drafts.models import Draft
from preview.drafts.sensitivity import named_sensitivity, set_sensitivity
from preview.errors import AccessDenied, InvalidInput, NothingToAgreeTo
from preview.packs.actions import own_pack
from preview.sharing.models import ShareLink, living_at
from preview.web.trail_words import names
from preview.web.viewer import signed_in, viewer

CHOICES = (
    (Sensitivity.NORMAL, "Normal", "People share it as their organisation allows."),
    (
        Sensitivity.LIMITED,
        "Limited",
        "Only people who may share limited drafts share it, never with anyone, and say why.",
    ),
    (
        Sensitivity.MARKET_SENSITIVE,
        "Market sensitive",
        "Links are for named people, open at a set time and need a second person's agreement.",
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show how sensitive a draft is; on POST set it, or answer who asks for a lower one."""
    draft = Draft.objects.open().filter(id=draft_id, version_number__gt=0).first()
    if draft is None or not draft.decide(viewer(request), Act.CLASSIFY).allowed:
        raise Http404
    if request.method != "POST":
        return page(request, draft)
    try:
        changed = ACTS.get(request.POST.get("act", ""), choose)(request, draft)
    except InvalidInput:
        return page(request, draft, "Select how sensitive the draft is", 422)
    except NothingToAgreeTo as error:
        draft.refresh_from_db()
        return page(request, draft, str(error), 409)
    except AccessDenied as error:
        raise Http404 from error
    if changed.lower_to:
        return redirect("draft_sensitivity", draft_id=draft.id)
    return redirect("share", pack_id=own_pack(draft).id)


def choose(request: HttpRequest, draft: Draft) -> Draft:
    """Set the sensitivity that was chosen, or ask for it where a second person has to agree."""
    wanted = named_sensitivity(request.POST.get("sensitivity"))
    return set_sensitivity(draft_id=draft.id, actor=viewer(request), sensitivity=wanted)


def agree(request: HttpRequest, draft: Draft) -> Draft:
    """Agree to the lower sensitivity that the page showed."""
    wanted = named_sensitivity(request.POST.get("wanted"))
    return agree_to_lower(draft_id=draft.id, staff=viewer(request), wanted=wanted)


def keep(request: HttpRequest, draft: Draft) -> Draft:
    """Leave the draft as sensitive as it is."""
    return keep_sensitivity(draft_id=draft.id, staff=viewer(request))


ACTS = {"agree": agree, "keep": keep}


def page(request: HttpRequest, draft: Draft, error: str = "", status: int = 200) -> HttpResponse:
    """Return the page."""
    living = ShareLink.objects.filter(living_at(timezone.now()), pack__members__draft=draft)
    values = {
        "person": request.user,
        "draft": draft,
        "choices": CHOICES,
        "links": living.count(),
        "asker": names([draft.lower_asked_by])[draft.lower_asked_by] if draft.lower_to else "",
        "may_agree": may_agree(draft, viewer(request)),
        "error": error,
    }
    return render(request, "web/drafts/sensitivity.html", values, status=status, using="jinja2")
