"""The client: one connection, both APIs.

Source: `docs/openapi.yaml` of Content Preview for the native API.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from requests.adapters import BaseAdapter

from content_preview_client.assets import Assets
from content_preview_client.drafts import Drafts, Renderings
from content_preview_client.errors import InvalidArgument
from content_preview_client.packs import Packs
from content_preview_client.publishing_api import PublishingApi
from content_preview_client.share_links import ShareLinks
from content_preview_client.transport import Limits, Transport

ADDRESS, TOKEN = "CONTENT_PREVIEW_URL", "CONTENT_PREVIEW_BEARER_TOKEN"


class ContentPreview:
    """Content Preview at `root`; one for each thread, to be closed or used in a `with`."""

    def __init__(
        self,
        root: str,
        token: str,
        *,
        limits: Limits | None = None,
        adapter: BaseAdapter | None = None,
    ) -> None:
        self.over(Transport(root, token, limits=limits, adapter=adapter))

    def over(self, transport: Transport) -> None:
        """Set every part of the client on a transport."""
        self.transport = transport
        self.drafts = Drafts(transport)
        self.renderings = Renderings(transport)
        self.share_links = ShareLinks(transport)
        self.packs = Packs(transport)
        self.assets = Assets(transport)
        self.publishing_api = PublishingApi(transport)

    @classmethod
    def from_environment(cls, *, limits: Limits | None = None) -> Self:
        """Return a client by `CONTENT_PREVIEW_URL` and `CONTENT_PREVIEW_BEARER_TOKEN`.

        Raises:
            InvalidArgument: one of them is not set.

        """
        absent = [name for name in (ADDRESS, TOKEN) if not os.environ.get(name)]
        if absent:
            raise InvalidArgument(f"Set {' and '.join(absent)} in the environment.")
        return cls(os.environ[ADDRESS], os.environ[TOKEN], limits=limits)

    def acting_for(self, *, user: str = "", request_id: str = "") -> Self:
        """Return a client of the same connection whose calls name who and what they are for.

        `user` is the Signon uid of the editor, `request_id` the request that all this belongs to.
        """
        headers: Mapping[str, str] = {
            "X-Govuk-Authenticated-User": user,
            "Govuk-Request-Id": request_id,
        }
        other = object.__new__(type(self))
        other.over(self.transport.with_headers({k: v for k, v in headers.items() if v}))
        return other

    def close(self) -> None:
        """Close all connections."""
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"ContentPreview({self.transport.root!r})"
