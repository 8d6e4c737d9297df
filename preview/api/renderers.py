"""How answers are written: JSON in UTF-8, problems under their own media type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """Writes JSON; a response that is a problem gets the media type of RFC 9457."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002 (DRF's signature)
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body; `None` is an empty one."""
        response = (renderer_context or {}).get("response")
        if response is not None and getattr(response, "is_problem", False):
            response["Content-Type"] = "application/problem+json"
        return b"" if data is None else orjson.dumps(data, default=str)
