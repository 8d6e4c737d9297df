"""Which live items show an item: link expansion, walked backwards.

Source: alphagov/publishing-api `docs/dependency-resolution.md`, `lib/dependency_resolution.rb`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from preview.overlay.live import LiveContent
from publishing_bridge.links.paths import DIRECT_TYPES, PATHS, REVERSE_NAMES, plain

Step = tuple[str, int, int]
"""An item, a path, and the element of the path by which the chain came to the item."""


def dependents(content_id: str, document_type: str, live: LiveContent, most: int) -> list[str]:
    """Return ids of at most `most` items, those that link directly first."""
    found: dict[str, None] = {}
    for ids in live.linking_to(content_id, document_type, most).values():
        found.update(dict.fromkeys(ids))
    for _, target in links_back(live, [content_id]):
        found[target] = None
    level = [
        (content_id, at, element) for at, path in enumerate(PATHS) for element in range(len(path))
    ]
    seen = set(level)
    while level and len(found) < most:
        above = [step for step in steps_up(live, level) if step not in seen]
        seen.update(above)
        found.update(dict.fromkeys(one for one, _, element in above if element < 0))
        level = list(dict.fromkeys(step for step in above if step[2] >= 0))
    found.pop(content_id, None)
    return list(found)[:most]


def steps_up(live: LiveContent, level: list[Step]) -> Iterator[Step]:
    """Yield the chains one item longer; element -1 says that the chain is complete."""
    ids = list(dict.fromkeys(one for one, _, _ in level))
    types = {plain(PATHS[at][element]) for _, at, element in level} - set(DIRECT_TYPES)
    linked = live.linked_from(ids, sorted(types))
    back: dict[tuple[str, str], list[str]] = {}
    for (source, kind), target in links_back(live, ids):
        back.setdefault((source, kind), []).append(target)
    for content_id, at, element in level:
        kind = plain(PATHS[at][element])
        above = (
            back.get((content_id, kind), [])
            if kind in DIRECT_TYPES
            else linked.get(content_id, {}).get(kind, [])
        )
        for one in above:
            yield one, at, element - 1
            if PATHS[at][element].endswith("*"):
                yield one, at, element


def links_back(live: LiveContent, ids: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield (item, reverse name) and the item that shows it under that name."""
    wanted = list(ids)
    items = live.items(wanted, "en")
    sets = live.link_sets(wanted)
    for content_id in wanted:
        item = items.get(content_id)
        for links in (sets.get(content_id, {}), item.links if item else {}):
            for kind, targets in links.items():
                if kind in REVERSE_NAMES:
                    for target in targets:
                        yield (content_id, REVERSE_NAMES[kind]), target
