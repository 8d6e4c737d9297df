"""What a form of usage is answered with: back to its page, or the sentences of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from preview.web.usage.entry import actor, page
from preview.web.usage.forms import sent


def saved(
    request: HttpRequest,
    form: forms.Form,
    action: Callable[..., Any],
    back: str,
    **values: Any,
) -> HttpResponse:
    """Run the form's action; go back to the page `back`, or show what is wrong (422)."""
    wrong = sent(request, form, action, **values)
    if wrong:
        return page(request, "wrong", status=422, wrong=wrong, back=back)
    return redirect(back)


def saved_by(
    request: HttpRequest,
    form: forms.Form,
    action: Callable[..., Any],
    back: str,
    **values: Any,
) -> HttpResponse:
    """Run the form's action in the name of the signed-in person."""
    return saved(request, form, action, back, actor=actor(request), **values)
