"""Reading a request's body: JSON only, never more than the limit, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser

from preview import schemas

CHUNK = 64 * 1024
DRAINED = 16 * 1024 * 1024


class BodyTooLarge(APIException):
    """A body above the limit."""

    status_code = 413
    default_code = "body-too-large"

    def __init__(self) -> None:
        megabytes = settings.MAX_DRAFT_BYTES / (1024 * 1024)
        super().__init__(f"The body is larger than {megabytes:g} MB. Send a smaller content item.")


class BoundedJSONParser(BaseParser):
    """Reads at most `MAX_DRAFT_BYTES` of strict JSON."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 (DRF's signature)
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 (DRF's signature)
    ) -> dict[str, Any]:
        """Return the JSON object.

        Raises:
            BodyTooLarge: above the limit; what follows is not kept.
            MalformedJSON: not JSON, or JSON without a single meaning.

        """
        return schemas.parse_json(bounded(stream))


def bounded(stream: IO[bytes]) -> bytes:
    """Return the whole body, in pieces so that a large one is refused without being held."""
    limit = settings.MAX_DRAFT_BYTES
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size <= limit:
            pieces.append(piece)
        elif size > DRAINED:
            break
        else:
            pieces.clear()
    if size > limit:
        raise BodyTooLarge
    return b"".join(pieces)
