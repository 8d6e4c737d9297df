"""Answering a fact check: a verdict on each fact, and one on the whole; closing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.errors import InvalidReview
from preview.outbox.actions import record_event
from preview.review.fact_checks.models import Answer, CheckedFact, Checker, FactCheck, Verdict
from preview.review.fact_checks.models import FactVerdict as Given
from preview.review.reviewers import checked_text

CHOICES = (Answer.RIGHT, Answer.WRONG, Answer.NOT_ME)


@dataclass(frozen=True)
class Said:
    """What somebody says of a fact: a verdict, and what is right instead where it is wrong."""

    verdict: str
    correction: str = ""


@transaction.atomic
def give_verdicts(*, checker: Checker, said: Mapping[int, Said]) -> int:
    """Store what somebody says of facts, by their ids; return how many. Nothing is half-saved.

    Raises:
        InvalidReview: a verdict that is none, or a wrong fact without what is right instead.

    """
    facts = CheckedFact.objects.filter(fact_check=checker.fact_check_id, pk__in=said)
    rows = []
    for fact in facts:
        one = said[fact.pk]
        if one.verdict not in Verdict.values:
            raise InvalidReview(f"verdict-{fact.pk}", "Select right, wrong or can\u2019t say")
        noun = "What is right"
        empty = "Enter what is right instead" if one.verdict == Verdict.WRONG else ""
        text = checked_text(f"correction-{fact.pk}", one.correction, noun, 2000, empty=empty)
        rows.append(Given(fact=fact, checker=checker, verdict=one.verdict, correction=text))
    Given.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["fact", "checker"],
        update_fields=["verdict", "correction", "decided_at"],
    )
    return len(rows)


@transaction.atomic
def answer_fact_check(*, checker: Checker, answer: str, note: str, actor: str) -> Checker:
    """Store somebody's answer on the whole page; answering again replaces it.

    Raises:
        InvalidReview: no answer was chosen, or something is wrong and it is not said what.

    """
    if answer not in CHOICES:
        raise InvalidReview("answer", "Select what you found")
    empty = "Enter what is wrong, where it is, and what is right" if answer == Answer.WRONG else ""
    checker.note = checked_text("note", note, "What you say", empty=empty)
    checker.answer, checker.answered_at = answer, timezone.now()
    checker.save(update_fields=["note", "answer", "answered_at"])
    told(checker, actor)
    return checker


def told(checker: Checker, actor: str) -> None:
    """Record that somebody answered."""
    asked = checker.fact_check
    record_entry(
        action="fact_check.answer",
        actor=actor,
        subject=f"draft:{asked.draft_id}",
        pack=asked.pack_id,
        answer=checker.answer,
    )
    record_event("fact_check.answered", checker_id=checker.pk)


@transaction.atomic
def close_fact_check(*, asked: FactCheck, actor: str) -> FactCheck:
    """End a fact check: nobody is reminded any more. A second call changes nothing."""
    changed = FactCheck.objects.filter(id=asked.id, closed_at=None).update(closed_at=timezone.now())
    asked.refresh_from_db()
    if changed:
        record_entry(
            action="fact_check.close",
            actor=actor,
            subject=f"draft:{asked.draft_id}",
            pack=asked.pack_id,
        )
    return asked
