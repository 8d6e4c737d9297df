"""How a task is tried again: after errors of the database or of what it asks, with longer waits."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError

DATABASE: tuple[type[Exception], ...] = (OperationalError, InterfaceError)
OUTSIDE: tuple[type[Exception], ...] = (OSError, *DATABASE)


def retries(errors: tuple[type[Exception], ...], *, most: int = 4, seconds: int = 60) -> Any:
    """Return the options of a task that is tried `most` times more after one of these errors.

    `seconds` is the longest that one try may take.
    """
    return {
        "autoretry_for": errors,
        "retry_backoff": True,
        "max_retries": most,
        "time_limit": seconds,
    }
