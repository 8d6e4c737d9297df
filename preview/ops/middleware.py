"""What every request passes through: its id, its log line, its headers, its host's addresses."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.middleware.csrf import CsrfViewMiddleware

from preview.ops import metrics
from preview.ops.logging import request_id

log = logging.getLogger("preview.request")
Handler = Callable[[HttpRequest], HttpResponse]
SANE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
KEPT_CACHING = "cache_control_of_its_own"
COMMON = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; font-src 'self'{styles}; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; img-src 'self' data:{images}; "
    "frame-src {frames}; frame-ancestors {ancestors}"
)
SERVICE = {
    **COMMON,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": POLICY.format(
        styles="", images="", frames=settings.PREVIEW_ORIGIN, ancestors="'none'"
    ),
}
PREVIEW = {
    **COMMON,
    "Cross-Origin-Resource-Policy": "same-site",
    "Content-Security-Policy": POLICY.format(
        styles=f" {settings.ASSETS_ORIGIN}" if settings.RENDERER == "frontend" else "",
        images=f" {settings.ASSETS_ORIGIN} {settings.WEBSITE_ROOT}",
        frames="'none'",
        ancestors=settings.SERVICE_ORIGIN,
    ),
}


class RequestMiddleware:
    """Gives a request its id, its answer the safety headers, and both one log line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the headers stand on errors too."""
        started = time.perf_counter()
        sent = request.headers.get("Govuk-Request-Id", "")
        known = sent if SANE_ID.fullmatch(sent) else str(uuid.uuid4())
        token = request_id.set(known)
        request.request_id = known  # type: ignore[attr-defined]  # read by the API
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            finish(request, response)
            response["Govuk-Request-Id"] = known
            note(request, response, seconds)
        finally:
            request_id.reset(token)
        return response


def on_preview_host(request: HttpRequest) -> bool:
    """Say whether the request is for the host of rendered drafts."""
    host, _ = split_domain_port(request.META.get("HTTP_HOST", "").lower())
    return bool(host == settings.PREVIEW_HOST)


def finish(request: HttpRequest, response: HttpResponse) -> None:
    """Set the safety headers of the request's host; static files keep their own caching."""
    here = PREVIEW if on_preview_host(request) else SERVICE
    for name, value in here.items():
        response.headers[name] = value
    if here is PREVIEW and "X-Frame-Options" in response.headers:
        del response.headers["X-Frame-Options"]  # frame-ancestors says who may frame
    kept = getattr(response, KEPT_CACHING, None)
    if kept is not None:
        response.headers["Cache-Control"] = kept
    elif not request.path.startswith(settings.STATIC_URL):
        response.headers["Cache-Control"] = "private, no-store"


def keep_caching(response: HttpResponse, cache_control: str) -> None:
    """Let an answer be kept as `cache_control` says; without this none may be kept."""
    setattr(response, KEPT_CACHING, cache_control)


def note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Write the request's log line and count it."""
    match = request.resolver_match
    view = match.view_name if match and match.view_name else "unknown"
    metrics.count_request(view, request.method or "", response.status_code, seconds)
    log.info(
        "request",
        extra={
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "duration": round(1000 * seconds, 2),
        },
    )


class HostRoutingMiddleware:
    """Gives the preview host its own addresses, so that neither host serves the other's pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer by the addresses of the request's host."""
        if on_preview_host(request):
            request.urlconf = settings.PREVIEW_HOST_URLCONF
        return self.get_response(request)


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's protection, for pages without a referrer.

    `Referrer-Policy: no-referrer` makes browsers send `Origin: null` with a form. Where they say in
    `Sec-Fetch-Site`, which no page can forge, that the form stands on this very origin, that is as
    good; the form's token is compared all the same.

    Source: Fetch Standard, "append a request Origin header"; W3C Fetch Metadata.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == "null":
            return request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin"
        return bool(
            super()._origin_verified(request)  # type: ignore[misc]  # private
        )
