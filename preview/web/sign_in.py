"""Signing in and out: at Signon, or with `SIGN_IN=mock` as one of four example people."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from preview.accounts.mock import example_people
from preview.accounts.models import Person
from preview.accounts.signon import client
from preview.accounts.signon.users import sign_out_everywhere
from preview.audit.actions import record_entry
from preview.web.signon import BACKEND, failed, let_stay, safe_path


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show the example people; on POST sign in as one. Refused unless the setting asks for it."""
    if client.configured():
        return redirect(f"{reverse('signon')}?{urlencode({'next': request.GET.get('next', '/')})}")
    if settings.SIGN_IN != "mock":
        return render(request, "web/sign_in/unavailable.html", status=503, using="jinja2")
    people = example_people()
    if request.method == "POST":
        chosen = next((one for one in people if one.uid == request.POST.get("uid")), None)
        if chosen is None:
            raise Http404
        if not chosen.is_active:
            return failed(request, "refused")
        login(request, chosen, backend=BACKEND)
        let_stay(request)
        record_entry(action="person.sign_in", actor=f"person:{chosen.uid}", subject="service:mock")
        return redirect(safe_path(request.POST.get("next", "/")))
    values = {"people": people, "next": request.GET.get("next", "/")}
    return render(request, "web/sign_in/choose.html", values, using="jinja2")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here, on the preview host, and at Signon where people sign in there."""
    if isinstance(request.user, Person):
        sign_out_everywhere(uid=request.user.uid, actor=f"person:{request.user.uid}")
    logout(request)
    return redirect(client.sign_out_address() if client.configured() else reverse("sign_in"))
