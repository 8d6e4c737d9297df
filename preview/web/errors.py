"""The pages for what went wrong; each says what to do, none says what exists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from preview.rate_limits.misses import MISSES
from preview.web.clients import Client


def page(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    """Return an error page."""
    values = {"title": title, "sentences": sentences}
    return render(request, "web/errors/error.html", values, status=status, using="jinja2")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (signature of Django)
    """Answer a request that can't be understood."""
    return page(request, 400, "There is a problem with this address", "Check it and try again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer like for a page that does not exist: what is forbidden is not shown to be there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (signature of Django)
    """Answer for a page that does not exist, or that this viewer may not see."""
    return page(
        request,
        404,
        "Page not found",
        "If you typed the address, check it is correct.",
        "If you were sent it, ask the person who sent it to share the preview with you.",
    )


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer the same on the preview host, and count it: whoever looks for drafts misses often."""
    MISSES.note(Client(request).source)
    return not_found(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer when the service failed."""
    return page(
        request,
        500,
        "Sorry, there is a problem with the service",
        "Nothing that was saved is lost. Try again later.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (signature of Django)
    """Answer a form that was open too long, or that another site sent."""
    return page(
        request, 403, "This page was open too long", "Go back, load the page again and try again."
    )
