"""Who may open these pages: admins; for everybody else there is nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase

from preview.web.viewer import P, View, person_of, signed_in


def admins_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in admins; send strangers to sign in, and tell others that there is no such page."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not {"signin", "admin"} <= set(person_of(request).permissions):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(checked)


def actor_of(request: HttpRequest) -> str:
    """Return the signed-in admin, as the trail has them."""
    return f"person:{person_of(request).uid}"
