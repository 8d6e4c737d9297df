"""What admins' pages read from addresses and forms, and what they lead back with after an act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def as_id(text: str) -> UUID | None:
    """Return the id that a text is; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def ids(texts: list[str]) -> list[UUID]:
    """Return those texts that are ids."""
    return [found for text in texts if (found := as_id(text)) is not None]


def number(request: HttpRequest, name: str) -> int:
    """Return a number of the address, 0 for what is none: the page says nothing else of it."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def back_to(name: str, *address: UUID | int, **said: str | int) -> HttpResponse:
    """Lead back to a page, by its name and the parts of its address; `said` is what came of it."""
    return redirect(reverse(name, args=address, query=said))
