"""Signing in and out. With `SIGN_IN=mock` one of four example people is chosen."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from preview.accounts.mock import example_people
from preview.accounts.models import Person
from preview.audit.actions import record_entry


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show the example people; on POST sign in as one. Refused unless the setting asks for it."""
    if settings.SIGN_IN != "mock":
        return render(request, "web/sign_in/unavailable.html", status=503, using="jinja2")
    people = example_people()
    if request.method == "POST":
        chosen = next((one for one in people if one.uid == request.POST.get("uid")), None)
        if chosen is None:
            raise Http404
        login(request, chosen, backend="django.contrib.auth.backends.ModelBackend")
        record_entry(action="person.sign_in", actor=f"person:{chosen.uid}", subject="service:mock")
        return redirect(after(request))
    values = {"people": people, "next": request.GET.get("next", "/")}
    return render(request, "web/sign_in/choose.html", values, using="jinja2")


def after(request: HttpRequest) -> str:
    """Return where to go after signing in: an address of this host, else the home page."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else "/"


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here and on the preview host."""
    if isinstance(request.user, Person):
        Person.objects.filter(pk=request.user.pk).update(signed_out_at=timezone.now())
        record_entry(
            action="person.sign_out", actor=f"person:{request.user.uid}", subject="service:web"
        )
    logout(request)
    return redirect("sign_in")
