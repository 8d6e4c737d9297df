"""The preview host's addresses and `/bare`: the same bytes as a shared page, and nothing else."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from preview.preview_host_urls import handler404, urlpatterns  # noqa: F401 (Django looks for it)


@functools.cache
def body() -> bytes:
    return Path(os.environ["BARE_BODY"]).read_bytes()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(body())


urlpatterns = [path("bare", bare), *urlpatterns]
