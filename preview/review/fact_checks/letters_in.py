"""Reading an e-mail: what kind it is, which letter it answers, what it says itself.

Source: RFC 5322 section 3.6.4 (identification fields); RFC 3834 (automatic responses); RFC 3464
(delivery status notifications).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from hashlib import sha256

from mailparser_reply import EmailReplyParser

from preview.reading import read
from preview.review.fact_checks.models import Reply

LETTER = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
DAEMON = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)
LONGEST = 100_000


@dataclass(frozen=True)
class Read:
    """An e-mail that was read: `letters` are the ids of ours that it names, the nearest first."""

    message_id: str
    kind: Reply.Kind
    sender: str
    subject: str
    said: str
    letters: tuple[uuid.UUID, ...]


def read_letter(raw: bytes) -> Read:
    """Read an e-mail in the form of RFC 5322. Any bytes have an answer."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)  # noqa: S101 (what this policy makes)
    sender = parseaddr(header(message, "From"))[1][:254].lower()
    kind = kind_of(message, sender)
    return Read(
        message_id=(header(message, "Message-ID").strip() or sha256(raw).hexdigest())[:255],
        kind=kind,
        sender=sender,
        subject=" ".join(header(message, "Subject").split())[:255],
        said="" if kind == Reply.Kind.BOUNCE else said_in(text_of(message)),
        letters=tuple(dict.fromkeys(letters_of(message, raw, kind))),
    )


def header(message: EmailMessage, name: str) -> str:
    """Return a header, "" where there is none or it can't be read."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError):  # headers that break the rules of RFC 5322
        return ""


def kind_of(message: EmailMessage, sender: str) -> Reply.Kind:
    """Return whether a person, a mail server or a machine of theirs wrote."""
    report = message.get_content_type() == "multipart/report"
    if report or DAEMON.match(sender) or header(message, "Return-Path").strip() == "<>":
        return Reply.Kind.BOUNCE
    automatic = header(message, "Auto-Submitted").lower().strip()
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
    if automatic not in ("", "no") or any(header(message, mark) for mark in marks[:2]):
        return Reply.Kind.AUTOMATIC
    return Reply.Kind.ANSWER


def letters_of(message: EmailMessage, raw: bytes, kind: Reply.Kind) -> Iterator[uuid.UUID]:
    """Give the ids of our letters that an e-mail names; a bounce has them in what it returns."""
    places = [header(message, "In-Reply-To")]
    places += reversed(header(message, "References").split())
    if kind == Reply.Kind.BOUNCE:
        places.append(raw[:LONGEST].decode("latin-1"))
    for place in places:
        yield from (uuid.UUID(found) for found in LETTER.findall(place))


def text_of(message: EmailMessage) -> str:
    """Return the text of an e-mail; one that is HTML only is read as a reader sees it."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        if part is None:
            return ""
        text = str(part.get_content())[:LONGEST]
    except (LookupError, ValueError, AttributeError, KeyError):
        return ""  # an unknown character set or a part without text; all of it is kept raw
    if part.get_content_type() == "text/html":
        return "\n".join(block.text for block in read(text))
    return text


def said_in(text: str) -> str:
    """Return what an e-mail says itself: without quoted history and signature.

    Where nothing would be left, all of it is: better too much than nothing.
    """
    clean = text.replace("\0", "").replace("\r\n", "\n")
    found = EmailReplyParser(languages=["en"]).read(text=clean)
    said = found.replies[0].body if found.replies else ""
    return said.strip() or clean.strip()
