"""Noting the facts of a page that a fact check asks about, and whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from preview.facts import Fact, facts_of
from preview.reading import Block
from preview.rendering.links import OWN_PAGES
from preview.review.comments.passages import passages_of
from preview.review.fact_checks.models import CheckedFact, Checker, FactCheck, FactVerdict
from preview.review.sign_offs.shown import Shown


def note_facts(asked: FactCheck, shown: Shown, checkers: list[Checker]) -> None:
    """Store the facts of every page, with the last verdict on each; split them among people.

    Each person gets a stretch of the page, so that nobody reads all of it for a few facts.
    """
    found: dict[str, Fact] = {}
    for digest in shown.pages.values():
        for fact in facts_of(without_own_links(passages_of(digest).blocks, shown.pages)):
            found.setdefault(fact.key, fact)
    known = dict(
        FactVerdict.objects.filter(fact__key__in=found, fact__fact_check__draft=asked.draft)
        .exclude(verdict="not_mine")
        .order_by("decided_at")
        .values_list("fact__key", "verdict")
    )
    count = len(found)
    CheckedFact.objects.bulk_create(
        CheckedFact(
            fact_check=asked,
            position=at,
            kind=fact.kind,
            text=fact.text,
            sentence=fact.sentence,
            block=fact.path[:600],
            key=fact.key,
            carried=known.get(fact.key, ""),
            given_to=checkers[at * len(checkers) // count] if checkers else None,
        )
        for at, fact in enumerate(found.values())
    )


def without_own_links(blocks: Iterable[Block], pages: Collection[str]) -> Iterator[Block]:
    """Give blocks without links to the draft's own `pages`: parts, print. They are no facts.

    A link to another page of the pack stays, by the address that it will have.
    """
    for block in blocks:
        links = [replace(one, address=one.address.removeprefix(OWN_PAGES)) for one in block.links]
        kept = tuple(one for one in links if one.address.partition("#")[0] not in pages)
        yield replace(block, links=kept)
