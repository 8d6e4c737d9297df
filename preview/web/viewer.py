"""Who looks at a page of the service: a signed-in person, as the access policy sees them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from preview.access import Staff
from preview.accounts.models import Person
from preview.accounts.staff import staff_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """Return the signed-in person of a view behind `signed_in`."""
    if not isinstance(request.user, Person):
        raise TypeError("Only views behind signed_in ask who is signed in.")
    return request.user


def viewer(request: HttpRequest) -> Staff:
    """Return the signed-in person of a view behind `signed_in`, for the access policy."""
    return staff_of(person_of(request))


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in people who are signed in and whose account is active; send others to sign in."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        if not (isinstance(person, Person) and person.is_active):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return checked
