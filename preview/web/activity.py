"""What happened to a draft, in words, from the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from preview.audit.models import Entry
from preview.drafts.models import Draft, Version
from preview.packs.models import Pack
from preview.web.trail_words import action_words, names

READ = 100
SHOWN = 12
# Who looked at the preview is told on the page of its own, not among what was done.
NOT_TOLD = frozenset({"rendering.view", "share_link.view", "share_link.deny"})


@dataclass(frozen=True)
class Deed:
    """One thing that was done: what, by whom, when."""

    what: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Activity:
    """Deeds, and who saved each version ("" where its app did not say)."""

    deeds: list[Deed]
    savers: dict[int, str]


def entries_of(draft: Draft, pack: Pack) -> list[Entry]:
    """Return what was done lately to a draft and its pack, newest first; views are left out."""
    subjects = [f"draft:{draft.id}", f"pack:{pack.id}"]
    newest = Entry.objects.filter(subject__in=subjects).order_by("-id")[:READ]
    return [one for one in newest if one.action not in NOT_TOLD][:SHOWN]


def told(entries: Sequence[Entry], versions: Sequence[Version]) -> Activity:
    """Return entries and versions with the names of who did it, in one query for people."""
    people = {f"person:{one.submitted_by}" for one in versions if one.submitted_by}
    known = names({one.actor for one in entries} | people)
    deeds = [Deed(words(one), known.get(one.actor, one.actor), one.at) for one in entries]
    savers = {one.number: known.get(f"person:{one.submitted_by}", "") for one in versions}
    return Activity(deeds, savers)


def words(entry: Entry) -> str:
    """Return what was done; a version by its number."""
    version = entry.detail.get("version") if isinstance(entry.detail, dict) else None
    if entry.action == "draft.save" and version:
        return f"Saved version {version}"
    return action_words(entry.action)
