"""Drafts that are sent and rendered, as a worker would do it."""

from __future__ import annotations

import uuid
from typing import Any

from preview.drafts.models import Draft
from preview.rendering.actions import render_version
from preview.rendering.models import Rendering


def rendered(draft: Draft) -> Rendering:
    """Render a draft's newest version by itself."""
    version = draft.versions.get(number=draft.version_number)
    rendering = render_version(version_id=version.pk, delivery_id=str(uuid.uuid4()))
    assert rendering is not None
    assert rendering.state == Rendering.State.READY, rendering.failure
    return rendering


def sent(send: Any, item: Any = None, content_id: str = "", locale: str = "en") -> Draft:
    """Send an item and return its draft, brought up to date."""
    content_id = content_id or str(uuid.uuid4())
    answer = send(content_id, item, locale=locale)
    assert answer.status_code in (200, 201), answer.content
    return Draft.objects.get(content_id=content_id, locale=locale)
