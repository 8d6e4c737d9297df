"""Pages of lists: by cursor, so that what is saved meanwhile moves nothing."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from preview.errors import InvalidInput


class RecentFirst(CursorPagination):
    """Newest first, 50 a page, at most 200."""

    ordering = ("-updated_at", "-id")
    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        """Return how many rows a page has.

        Raises:
            InvalidInput: not a number from 1 to the greatest page size.

        """
        text = request.query_params.get("per_page", str(self.page_size))
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= self.max_page_size):
            raise InvalidInput(f"per_page is a whole number from 1 to {self.max_page_size}.")
        return int(text)
