"""JSON in and out, as the platform reads and writes it.

Source: alphagov/publishing-api `app/controllers/application_controller.rb`.
"""

from __future__ import annotations

from typing import IO, Any, cast

import orjson
from django.http import HttpRequest, HttpResponse

from preview import schemas
from preview.api.parsing import BodyTooLarge, bounded
from preview.errors import MalformedJSON
from publishing_bridge.wire.errors import CommandError, Forbidden, Unauthenticated

JSON = "application/json; charset=utf-8"
REFUSALS = (CommandError, Unauthenticated, Forbidden, BodyTooLarge, MalformedJSON)


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """Return JSON as the platform writes it."""
    content = orjson.dumps(body, default=str)
    return HttpResponse(content, status=status, content_type=JSON)


def payload_of(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object of the body; an empty body is an empty object.

    Raises:
        BodyTooLarge: above the limit.
        MalformedJSON: no JSON object.

    """
    body = bounded(cast("IO[bytes]", request))
    return schemas.parse_json(body) if body.strip() else {}


def refusal(error: Exception) -> HttpResponse:
    """Return the answer for a refusal, in the platform's form."""
    if isinstance(error, CommandError):
        return json_response(error.body, error.code)
    if isinstance(error, Unauthenticated):
        response = json_response({"message": str(error)}, 401)
        response["WWW-Authenticate"] = f'Bearer error="{error.reason}"'
        return response
    if isinstance(error, Forbidden):
        return json_response({"message": str(error)}, 403)
    code = 413 if isinstance(error, BodyTooLarge) else 400
    return json_response({"error": {"code": code, "message": str(error)}}, code)


def nothing() -> HttpResponse:
    """Return the platform's answer for an address that it does not have."""
    return json_response({"status": 404, "error": "Not Found"}, 404)
