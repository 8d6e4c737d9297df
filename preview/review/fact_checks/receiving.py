"""Receiving e-mail: an answer to a fact check, or a letter that came back. All of it is kept."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from preview.mail.models import Letter
from preview.review.fact_checks.answering import told
from preview.review.fact_checks.letters_in import Read, read_letter
from preview.review.fact_checks.models import Answer, Checker, Reply

LINK = "link:"
BOUNCED = "The email to this address came back."


@transaction.atomic
def receive_mail(raw: bytes) -> Reply:
    """Store an e-mail, once, and what follows from it; receiving it again returns the first.

    An answer counts for the person who was asked, and only where it comes from their address:
    anybody can write anything after “From”, so it is shown as said by e-mail and signs nothing off.
    """
    read = read_letter(raw)
    before = Reply.objects.filter(message_id=read.message_id).first()
    if before is not None:
        return before
    checker = checker_for(read)
    reply = Reply.objects.create(
        message_id=read.message_id,
        fact_check=checker.fact_check if checker else None,
        checker=checker if checker and read.sender == checker.email else None,
        kind=read.kind,
        sender=read.sender,
        subject=read.subject,
        said=read.said,
        raw=raw,
    )
    if checker is not None:
        apply(checker, read, reply)
    return reply


def checker_for(read: Read) -> Checker | None:
    """Return whose letter is answered: by the letter that it names, else by its only open check."""
    letters = {one.id: one for one in Letter.objects.filter(id__in=read.letters[:20])}
    checkers = Checker.objects.select_related("fact_check")
    for letter_id in read.letters:
        letter = letters.get(letter_id)
        if letter is not None and letter.reference.startswith(LINK):
            about = checkers.filter(fact_check__link__id=letter.reference.removeprefix(LINK))
            found = about.filter(email=letter.to.lower()).order_by("-pk").first()
            if found is not None:
                return found
    if read.kind == Reply.Kind.BOUNCE:
        return None
    waiting = list(checkers.filter(email=read.sender, fact_check__closed_at=None)[:2])
    return waiting[0] if len(waiting) == 1 else None


def apply(checker: Checker, read: Read, reply: Reply) -> None:
    """Mark what an e-mail means for the person who was asked."""
    if read.kind == Reply.Kind.BOUNCE:
        checker.bounced = BOUNCED
        checker.save(update_fields=["bounced"])
    elif read.kind == Reply.Kind.ANSWER and reply.checker is not None:
        if not checker.answer:
            checker.answer = Answer.EMAIL
        checker.answered_at = timezone.now()
        checker.save(update_fields=["answer", "answered_at"])
        told(checker, "service:mail")
