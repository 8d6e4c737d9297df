"""Whether a sign-off still holds, and what changed since it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from preview.diffs import compare_items, inline, summary_of_blocks
from preview.drafts.models import Draft, Version
from preview.review.comments.queries import compared
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import Shown, newest_shown, seal_of

State = Literal["current", "stale", "withdrawn"]
SENTENCES = {
    "current": "Nothing has changed since.",
    "withdrawn": "It was withdrawn.",
    "content": "The draft was changed since.",
    "page": "The draft is the same, but something else that the page shows has changed.",
}
UNSEEN = "Nothing that a reader sees has changed."


@dataclass(frozen=True)
class Standing:
    """How a sign-off stands: `cause` says what made a stale one stale, `content` or `page`."""

    sign_off: SignOff
    state: State
    cause: str = ""
    version: int = 0

    @property
    def sentence(self) -> str:
        """How it stands, for a person."""
        return SENTENCES[self.cause or self.state]


def standings(draft: Draft, sign_offs: Iterable[SignOff]) -> list[Standing]:
    """Return how sign-offs of one draft stand now; what each pack shows is asked once."""
    newest = draft.versions.defer("payload").get(number=draft.version_number)
    shown: dict[tuple[object, str], Shown | None] = {}
    found = []
    for one in sign_offs:
        key = (one.pack_id, one.audience)
        if key not in shown:
            shown[key] = newest_shown(draft, one.pack, [one.audience])
        found.append(standing(one, newest, shown[key]))
    return found


def standing(sign_off: SignOff, newest: Version, shown: Shown | None) -> Standing:
    """Return how a sign-off stands beside the newest version and what is shown of the draft."""
    if sign_off.withdrawn_at is not None:
        return Standing(sign_off, "withdrawn", version=newest.number)
    if sign_off.content_sha256 != newest.sha256:
        return Standing(sign_off, "stale", "content", newest.number)
    if shown and seal_of(newest.sha256, shown.pages) != sign_off.seal:
        return Standing(sign_off, "stale", "page", newest.number)
    return Standing(sign_off, "current", version=newest.number)


@dataclass(frozen=True)
class Changes:
    """What changed since: a sentence and HTML that shows it, by what it is about."""

    about: str
    sentence: str
    shown: Markup


def changes_since(sign_off: SignOff) -> list[Changes]:
    """Return what changed since a sign-off: in the draft, and on each page as readers see it."""
    draft = sign_off.draft
    newest = draft.versions.get(number=draft.version_number)
    found = []
    if newest.sha256 != sign_off.content_sha256:
        diff = compare_items(sign_off.version.content(), newest.content())
        found.append(Changes("The draft", diff.summary, inline(diff, context=1)))
    shown = newest_shown(draft, sign_off.pack, [sign_off.audience])
    if shown is not None:
        found += pages_since(sign_off.pages, dict(shown.pages))
    return found


def pages_since(before: dict[str, str], after: dict[str, str]) -> Iterator[Changes]:
    """Give what changed on pages that both have, and which pages came or went."""
    for path in sorted(before.keys() | after.keys()):
        name = f"The page {path}" if path else "The page"
        if path not in after:
            yield Changes(name, "It is not there any more.", Markup())
        elif path not in before:
            yield Changes(name, "It was not there before.", Markup())
        elif before[path] != after[path]:
            diff = compared(before[path], after[path])
            if diff:
                yield Changes(name, summary_of_blocks(diff.blocks), inline(diff, context=1))
            else:
                yield Changes(name, UNSEEN, Markup())
