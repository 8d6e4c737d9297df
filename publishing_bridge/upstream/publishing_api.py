"""Publishing API: items, links and lookups by content id; only what is live.

Source: alphagov/publishing-api `docs/api.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from publishing_bridge.upstream.client import Answer, Client
from publishing_bridge.upstream.trees import link_ids

MOST_IDS = 1000  # the service refuses more at once


class PublishingApi:
    """Reads of Publishing API. Each raises `Away` where it does not answer."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def content(self, content_id: str, locale: str, *, cached: bool = False) -> Answer:
        """Return the live edition of an item, its links as content ids."""
        params = {"locale": locale, "content_store": "live"}
        return self.checked(self.client.get(f"/v2/content/{content_id}", params, cached=cached))

    def expanded_links(self, content_id: str, locale: str) -> Answer:
        """Return the expanded links of an item, reverse links and translations among them."""
        params = {"locale": locale, "with_drafts": "false"}
        path = f"/v2/expanded-links/{content_id}"
        return self.checked(self.client.get(path, params, cached=False))

    def linked(self, content_id: str, link_type: str) -> list[str]:
        """Return who links to an item by a type of their link set."""
        params = {"link_type": link_type, "fields[]": "content_id"}
        return ids_of(self.client.get(f"/v2/linked/{content_id}", params, cached=False).json)

    def content_linking_to(self, content_id: str, link_type: str, most: int) -> list[str]:
        """Return at most `most` live documents that link to an item, one page of them."""
        params = {
            f"link_{link_type}": content_id,
            "fields[]": "content_id",
            "states[]": "published",
            "locale": "all",
            "per_page": str(most),
        }
        found = self.checked(self.client.get("/v2/content", params)).json
        return ids_of(found.get("results") if found else None)[:most]

    def hosts(self, content_id: str, most: int) -> list[str]:
        """Return the documents into which a content block is put."""
        params = {"per_page": str(most)}
        found = self.checked(self.client.get(f"/v2/content/{content_id}/host-content", params)).json
        return ids_of(found.get("results") if found else None, "host_content_id")[:most]

    def link_sets(self, content_ids: Sequence[str]) -> dict[str, Any]:
        """Return the link set of each item that has one."""
        found: dict[str, Any] = {}
        for first in range(0, len(content_ids), MOST_IDS):
            part = list(content_ids[first : first + MOST_IDS])
            answer = self.checked(
                self.client.post("/v2/links/by-content-id", {"content_ids": part})
            )
            for content_id, row in (answer.json or {}).items():
                if isinstance(row, Mapping):
                    found[content_id] = link_ids(row.get("links"))
        return found

    def lookup(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the content id of each path."""
        answer = self.checked(self.client.post("/lookup-by-base-path", {"base_paths": list(paths)}))
        found = (answer.json or {}).items()
        return {str(path): one for path, one in found if isinstance(one, str)}

    def checked(self, answer: Answer) -> Answer:
        """Return an answer that is an object or nothing.

        Raises:
            Away: it is something else.

        """
        if answer.json is not None and not isinstance(answer.json, Mapping):
            raise self.client.away(ValueError("an answer that is no object"))
        return answer


def ids_of(rows: Any, name: str = "content_id") -> list[str]:
    """Return the content ids of a list of rows, each once."""
    found = [
        row[name]
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, Mapping) and isinstance(row.get(name), str)
    ]
    return list(dict.fromkeys(found))
