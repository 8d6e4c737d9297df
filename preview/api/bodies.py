"""Bodies as streams, also those that come in chunks without a length.

Django reads a body no further than its `Content-Length`, so one without it looks empty. A view that
can read to the end of a stream says `takes_chunks`; before all others it is refused, since "empty"
would be told as faults that the sender never made.

Source: RFC 9112 6.3 (the length of a body); PEP 3333 and gunicorn for `wsgi.input_terminated`.
"""

from __future__ import annotations

from typing import IO, cast

from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class LengthNeeded(APIException):
    """A body in chunks, where a length is needed."""

    status_code = 411
    default_code = "length-needed"
    default_detail = "The body has no Content-Length. Send the request again with its length."


class HasLength(BasePermission):
    """Refuse a body without a length; here, because permissions come before a body is read."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Let through what can be read.

        Raises:
            LengthNeeded: it can't.

        """
        if in_chunks(request) and not getattr(view, "takes_chunks", False):
            raise LengthNeeded
        return True


def in_chunks(request: Request) -> bool:
    """Say whether the body comes in chunks, without a length."""
    return bool(request.META.get("HTTP_TRANSFER_ENCODING")) and not request.META.get(
        "CONTENT_LENGTH"
    )


def body_of(request: Request) -> IO[bytes]:
    """Return the body as a stream to its end; its size is not bounded yet."""
    plain = request._request  # noqa: SLF001 (the only way to the stream)
    if in_chunks(request) and plain.META.get("wsgi.input_terminated"):
        return cast("IO[bytes]", plain.META["wsgi.input"])
    return cast("IO[bytes]", plain)
