"""Asset Manager: what is known of a file, and the file itself as a stream.

Source: alphagov/asset-manager `app/controllers/{assets,media}_controller.rb`.
"""

from __future__ import annotations

from urllib.parse import quote

import requests

from publishing_bridge.upstream.client import Answer, Client, request_headers


class AssetManager:
    """Reads of Asset Manager. Each raises `Away` where it does not answer."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def asset(self, asset_id: str) -> Answer:
        """Return what is known of an asset."""
        return self.client.get(f"/assets/{quote(asset_id, safe='')}")

    def file(self, path: str, byte_range: str = "") -> requests.Response:
        """Return the file at a path of the assets host, not read yet; the caller closes it.

        `byte_range` is handed on as the `Range` header.
        """
        headers = request_headers() | ({"Range": byte_range} if byte_range else {})
        address = self.client.root + quote(path, safe="/%")
        return self.client.sent(
            lambda: self.client.plain.get(address, headers=headers, stream=True)
        )
