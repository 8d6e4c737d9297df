"""Every error class of the service; only surfaces turn one into an answer.

::

    PreviewError
    ├── InvalidInput                 what was sent can't be used; says what to do
    │   ├── MalformedJSON            not JSON, or JSON that has no single meaning
    │   ├── InvalidContent           violations of a content item, each with its JSON Pointer
    │   └── GovspeakError            text that can't be rendered, with line and reason
    └── PageError                    a content item that no page can be made of
"""

from __future__ import annotations


class PreviewError(Exception):
    """Base of all errors of this service; `str()` is a sentence for a person."""


class InvalidInput(PreviewError):
    """What was sent can't be used; the sentence says what to do."""


class GovspeakError(InvalidInput):
    """Text that can't be rendered as Govspeak."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"{reason} (line {line})" if line else reason)
        self.reason = reason
        self.line = line


class PageError(PreviewError):
    """A content item that no page can be made of."""
