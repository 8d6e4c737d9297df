"""Logs over HTTP: `POST /ingest/v1/logs` takes batches, streamed, and never holds one in memory.

Senders throw away what is answered with any 4xx but 408 and 429. So a line that can't be read is
counted and never fails its batch, and whoever must come again is told so by 503 before the body is
read.

Source: the senders' documentation (Fluent Bit `out_http`, Vector `http`, Logstash `http`); Django's
`HttpRequest.read`, since `request.body` refuses more than `DATA_UPLOAD_MAX_MEMORY_SIZE`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network
from threading import BoundedSemaphore
from typing import cast

from django.conf import settings
from django.db import OperationalError
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.bodies import body_of
from preview.errors import UsageOverloaded
from preview.usage.actions import find_source_key, is_active, revoked_source_of
from preview.usage.alerts.actions import tell_of_wrong_key
from preview.usage.batches import Receipt, receive
from preview.usage.decompression import Readable
from preview.usage.models import UsageSource, UsageSourceKey

log = logging.getLogger(__name__)
BUSY_SECONDS = 5
at_once = BoundedSemaphore(settings.USAGE_BATCHES_AT_ONCE)


class SourceKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key of a source>`; `request.user` is the source."""

    def authenticate(self, request: Request) -> tuple[UsageSource, UsageSourceKey] | None:
        """Return source and key; a wrong key is told of, since its sender now loses data."""
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        sent = secret.strip().decode("latin-1")
        key = find_source_key(sent)
        if key is None:
            named = request.GET.get("source", "")[:64].replace("\0", "")
            log.warning("usage.wrong_key", extra={"source": named})
            tell_of_wrong_key(named=named, revoked=revoked_source_of(sent))
            raise AuthenticationFailed("This key is not valid. Ask an operator for a new one.")
        return key.source, key

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 (DRF's signature)
        """Return the challenge of a 401."""
        return 'Bearer realm="usage"'


class IsSource(BasePermission):
    """Let a source in from the networks that it may send from, under its own name only."""

    message = "This key may not send from here, or not for this source."

    def has_permission(self, request: Request, view: object) -> bool:  # noqa: ARG002 (DRF's)
        """Deny where no key was sent."""
        source = request.user
        if not isinstance(source, UsageSource):
            return False
        named = request.query_params.get("source", source.slug)
        return named == source.slug and inside(source.networks, address(request))


def inside(networks: list[str], client: str) -> bool:
    """Say whether an address is in one of the networks; no networks mean all."""
    try:
        one = ip_address(client)
    except ValueError:
        return not networks
    return not networks or any(one in ip_network(network) for network in networks)


def address(request: Request) -> str:
    """Return the client's address; a header is believed as far as our own proxies wrote it."""
    said = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(said) >= trusted:
        return said[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


class AnyAccept(BaseContentNegotiation):
    """Answer in the one form that there is, whatever a sender says it accepts."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> None:
        """Return no parser: bodies are streamed."""

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002 (DRF's signature)
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002 (DRF's signature)
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        first = next(iter(renderers))
        return first, str(first.media_type)


class IngestView(APIView):
    """What all addresses for logs have in common."""

    authentication_classes = [SourceKeyAuthentication]
    permission_classes = [IsSource]
    parser_classes = ()
    content_negotiation_class = AnyAccept
    schema = None

    def handle_exception(self, exc: Exception) -> Response:
        """Answer an error; `Retry-After` goes into its header.

        A database that is too busy to take a batch is overload too: its sender comes again.
        """
        if isinstance(exc, OperationalError):
            log.warning("usage.database_busy", extra={"cause": type(exc.__cause__).__name__})
            exc = UsageOverloaded(seconds=BUSY_SECONDS)
        response = super().handle_exception(exc)
        if isinstance(exc, UsageOverloaded):
            response["Retry-After"] = str(exc.retry_after)
        return response


class LogsView(IngestView):
    """Batches of log lines: NDJSON, one JSON array or raw lines; plain, gzip or zstandard."""

    def post(self, request: Request) -> Response:
        """Take a batch: 202 with what was accepted, what was rejected and the first errors."""
        key = request.headers.get("Idempotency-Key", "")[:255]
        with one_of_few():
            return accepted(request, body_of(request), key)


def accepted(request: Request, body: Readable, key: str = "") -> Response:
    """Take a batch and answer."""
    done = take(request, body, key)
    return Response(done.as_json(), status=200 if done.repeated else 202)


def take(request: Request, body: Readable, key: str = "") -> Receipt:
    """Take a batch of the calling source."""
    return receive(
        source=cast("UsageSource", request.user),
        body=body,
        still_allowed=still_allowed(request),
        key=key,
        request_id=getattr(request, "request_id", "") or "",
    )


@contextmanager
def one_of_few() -> Iterator[None]:
    """Hold one of the places for batches.

    Raises:
        UsageOverloaded: all are taken; nothing was read.

    """
    if not at_once.acquire(blocking=False):
        raise UsageOverloaded(seconds=1)
    try:
        yield
    finally:
        at_once.release()


def still_allowed(request: Request) -> Callable[[], None]:
    """Return a check that the key was not revoked while the body was read."""

    def check() -> None:
        key = request.auth
        if not isinstance(key, UsageSourceKey) or not is_active(key):
            tell_of_wrong_key(named="", revoked=str(getattr(request.user, "slug", "")))
            error = AuthenticationFailed("This key was revoked. Nothing of this batch was stored.")
            error.auth_header = 'Bearer realm="usage"'  # type: ignore[attr-defined]  # DRF's own way
            raise error

    return check
