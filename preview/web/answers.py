"""Where the answer to a question on a page leads: a question's form asks for its own address.

The live page sends `?response=<answer>` and is led on to the page of that answer, which stands
below the question's; a snapshot can't do that by itself.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SLUG = re.compile(r"[\w-]{1,200}")


def led_on(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page of the answer that was given; None where none was."""
    if not request.META.get("QUERY_STRING"):
        return None
    answer = request.GET.get("response", "")
    if not SLUG.fullmatch(answer):
        return None
    response = redirect(f"{request.path.rstrip('/')}/{answer}")
    response.status_code = 303
    return response
