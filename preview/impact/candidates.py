"""Which live pages a pack may change: those that show one of its items, now or then.

Source: alphagov/publishing-api `docs/dependency-resolution.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.overlay.live import Item
from preview.overlay.overlay import ENGLISH
from preview.overlay.presenting import Presenter
from preview.overlay.reach import new_targets, reaches


@dataclass(frozen=True)
class Candidates:
    """Live pages, nearest first; `bounded` says that there are more."""

    items: list[Item]
    bounded: bool


def candidates(presenter: Presenter, most: int) -> Candidates:
    """Return at most `most` live pages that may look different in this pack.

    Pages of the pack's own drafts are not among them: those are rendered anyway.
    """
    found: dict[str, str] = {}
    for content_id, locale in proposed(presenter):
        if not reaches(presenter, content_id, locale):
            continue
        for one in new_targets(presenter, content_id):
            found.setdefault(one, locale)
        for one in showing(presenter, content_id, locale, most):
            found.setdefault(one, locale)
    own = {content_id for content_id, _ in presenter.proposed.content}
    own |= {content_id for content_id, _ in presenter.proposed.unpublishings}
    own |= set(presenter.proposed.links)
    by_locale: dict[str, list[str]] = {}
    for content_id, locale in found.items():
        if content_id not in own:
            by_locale.setdefault(locale, []).append(content_id)
    items: dict[str, Item] = {}
    for locale, ids in by_locale.items():
        items |= presenter.live.items(ids, locale)
    pages = [items[one] for one in found if one in items and items[one].fields.get("base_path")]
    return Candidates(pages[:most], len(pages) > most)


def proposed(presenter: Presenter) -> list[tuple[str, str]]:
    """Return content id and locale of everything that the pack proposes."""
    content, taken = presenter.proposed.content, presenter.proposed.unpublishings
    links = [(content_id, ENGLISH) for content_id in presenter.proposed.links]
    return list(dict.fromkeys([*content, *taken, *links]))


def showing(presenter: Presenter, content_id: str, locale: str, most: int) -> list[str]:
    """Return the live items that show an item, as it is live."""
    known = presenter.live.items([content_id], locale).get(content_id)
    draft = presenter.proposed.content.get((content_id, locale))
    fields = known.fields if known else draft.fields if draft else {}
    document_type = str(fields.get("document_type"))
    return presenter.expander.dependents(content_id, document_type, presenter.live, most + 1)
