"""Content Preview for publisher apps: send proposed content, see it before it is live.

Public: `ContentPreview`, `Limits`, `Kind`, `State`, the errors of `errors.py`, the answers of
`answers.py` and `editions.py`, and the server for tests, `memory.MemoryServer`.
"""

from content_preview_client.answers import Kind, State
from content_preview_client.client import ContentPreview
from content_preview_client.errors import ContentPreviewError, Refusal
from content_preview_client.transport import Limits

__all__ = ["ContentPreview", "ContentPreviewError", "Kind", "Limits", "Refusal", "State"]
