"""Whether a proposal changes something that other pages may show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview.overlay.overlay import ENGLISH
from preview.overlay.presenting import Presenter


def reaches(presenter: Presenter, content_id: str, locale: str) -> bool:
    """Say whether live pages can look different because of what is proposed for an item."""
    if presenter.proposed.links.get(content_id) or new_targets(presenter, content_id):
        return True
    live = presenter.overlay.whole(content_id, locale or ENGLISH)
    if live is None:
        return False
    if (content_id, locale) in presenter.proposed.unpublishings:
        return True
    draft = presenter.proposed.content.get((content_id, locale))
    return draft is not None and looks_different(presenter, live.item, draft.fields)


def looks_different(
    presenter: Presenter, live: Mapping[str, Any], draft: Mapping[str, Any]
) -> bool:
    """Say whether what others can show of an item differs; a content block shows its details."""
    if str(live.get("document_type")).startswith("content_block_"):
        return live.get("details") != draft.get("details") or live.get("title") != draft.get(
            "title"
        )
    shown = [presenter.expander.outward(fields) for fields in (live, draft)]
    for one in shown:
        if isinstance(one, dict):
            one.pop("public_updated_at", None)
    return shown[0] != shown[1]


def new_targets(presenter: Presenter, content_id: str) -> set[str]:
    """Return the items that show this one because it links to them, in the pack or live."""
    links = presenter.overlay.own_links.get(content_id, {})
    names = presenter.expander.reverse_names
    return {target for kind, targets in links.items() if kind in names for target in targets}
