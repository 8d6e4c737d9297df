"""The content store: what stands at a path of the live site.

Source: alphagov/content-store `app/controllers/content_items_controller.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from publishing_bridge.upstream.client import Answer, Client


class ContentStore:
    """Reads of the content store."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def item(self, path: str) -> Answer:
        """Return the item at a path, or under a prefix route that covers it.

        Raises:
            Away: the content store does not answer.

        """
        answer = self.client.get(f"/content{quote(path, safe='/%')}")
        if answer.json is not None and not isinstance(answer.json, Mapping):
            raise self.client.away(ValueError("an item that is no object"))
        return answer
