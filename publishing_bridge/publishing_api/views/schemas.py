"""`/v2/schemas`: the published JSON Schemas, where `CONTENT_SCHEMAS_PATH` has them.

Source: alphagov/publishing-api `app/controllers/v2/schemas_controller.rb`.
"""

from __future__ import annotations

import re
from pathlib import Path

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from publishing_bridge.publishing_api.endpoint import Endpoint
from publishing_bridge.wire.answers import json_response
from publishing_bridge.wire.errors import CommandError

# The platform keys a schema by where it keeps the file.
SHOWN_PATH = "/govuk/publishing-api/content_schemas/dist/formats/{}/publisher_v2/schema.json"
NAME = re.compile(r"[a-z0-9_]{1,100}")


def schema_files() -> dict[str, Path]:
    """Return the files of the publisher schemas by name."""
    folder: Path | None = settings.CONTENT_SCHEMAS_PATH
    if folder is None:
        return {}
    found = sorted(folder.glob("*/publisher_v2/schema.json"))
    return {path.parent.parent.name: path for path in found}


class Schemas(Endpoint):
    """`GET /v2/schemas`."""

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Get all schemas by name."""
        return json_response(
            {name: orjson.loads(path.read_bytes()) for name, path in schema_files().items()}
        )


class Schema(Endpoint):
    """`GET /v2/schemas/:name`."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Get one schema."""
        path = schema_files().get(name) if NAME.fullmatch(name) else None
        if path is None:
            raise CommandError(404, f"Could not find schema: {name[:100]}")
        return json_response({SHOWN_PATH.format(name): orjson.loads(path.read_bytes())})
