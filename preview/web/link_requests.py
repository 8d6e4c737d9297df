"""Asking for a new link, on the preview host; and the owner's answer, on the service host."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from preview.access import Act
from preview.errors import AccessDenied, InvalidInput, InvalidShareLink, InvalidToken, LinkEnded
from preview.rate_limits import seconds_to_wait
from preview.sharing import tokens
from preview.sharing.models import LinkAddress, LinkRequest, ShareLink
from preview.sharing.requests import ask_for_link, refuse_link, send_new_link
from preview.web.clients import Client
from preview.web.endings import ENDINGS, over
from preview.web.forms import ShareLinkForm
from preview.web.share_links import share_page
from preview.web.viewer import person_of, signed_in, viewer


@require_POST
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new link. Whoever has a token that was made here may, and learns nothing."""
    try:
        read = tokens.read(token, timezone.now(), expired_too=True)
    except InvalidToken as error:
        return over(request, error.reason)
    if seconds_to_wait("request", Client(request).source):
        return over(request, "too_many_requests")
    address = LinkAddress.objects.select_related("link").filter(secret_digest=read.secret_digest)
    for found in address:
        try:
            ask_for_link(
                link=found.link,
                email=request.POST.get("email", ""),
                message=request.POST.get("message", ""),
            )
        except InvalidInput as error:
            values = {"ending": ENDINGS["expired"], "live": "", "token": token, "error": str(error)}
            return render(request, "web/guests/over.html", values, status=422, using="jinja2")
    return render(request, "web/guests/asked.html", {}, using="jinja2")


@require_POST
@signed_in
def answer(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Say yes or no to somebody who asked for a new link."""
    staff = viewer(request)
    asked = LinkRequest.objects.select_related("link__pack").filter(id=request_id).first()
    link = asked.link if asked else None
    if asked is None or link is None or not may_share(link, request):
        raise Http404
    try:
        if "yes" in request.POST:
            send_new_link(asked=asked, staff=staff, sender=person_of(request).name)
        else:
            refuse_link(asked=asked, staff=staff)
    except (AccessDenied, LinkEnded) as error:
        raise Http404 from error
    except InvalidShareLink as error:
        form = ShareLinkForm({})
        form.refuse(error.field, str(error))
        return share_page(request, link.pack, form=form, status=422)
    return redirect("share", pack_id=link.pack_id)


def may_share(link: ShareLink, request: HttpRequest) -> bool:
    """Say whether the signed-in person may share the link's pack."""
    return link.pack.decide(viewer(request), Act.SHARE).allowed
