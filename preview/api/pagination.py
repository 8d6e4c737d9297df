"""Pages of lists: by cursor, so that what is saved meanwhile moves nothing."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class RecentFirst(CursorPagination):
    """Newest first, 50 a page, at most 200."""

    ordering = ("-updated_at", "-id")
    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 200
