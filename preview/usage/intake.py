"""Lines → blocks of rows that may be stored. No table is touched here.

One `Intake` reads one object, in order. Command line, HTTP and the rules lab all read by it, so a
line means the same wherever it comes from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from preview.usage import redaction
from preview.usage.classify import NOT_STORED_AS_PERSON, Classifier, Verdict
from preview.usage.detection import Found, Reader, Unreadable
from preview.usage.features import Extractor, Features
from preview.usage.records import Account, Grant, Noise, Record, Request, Write

MOST_REJECTS_KEPT = 20  # of one block; the rest are counted
OTHER_HOST = "other"

EVENT_COLUMNS = (
    *("format", "day", "at", "key", "request", "host", "app", "method", "path", "marks", "status"),
    *("agent", "network", "actor_class", "activity", "kind", "told_kind", "signal", "person"),
    *("visitor", "organisation", "subject", "content_id", "actor", "rung", "linked_organisation"),
)
TALLY_COLUMNS = (
    *("day", "hour", "format", "host", "actor_class", "activity", "agent", "network", "marks"),
)
GRANT_COLUMNS = ("person", "application", "day", "at")
WRITE_COLUMNS = ("person", "request", "day", "at", "action", "content_id")
ACCOUNT_COLUMNS = ("key", "email_key", "organisation", "slug", "category", "suspended")
REJECT_COLUMNS = ("line", "cause", "excerpt")
Row = tuple[Any, ...]


@dataclass
class Block:
    """Rows of some lines, in the order of the columns above, and what was counted."""

    events: list[Row] = field(default_factory=list)
    tallies: Counter[Row] = field(default_factory=Counter)
    grants: list[Row] = field(default_factory=list)
    writes: list[Row] = field(default_factory=list)
    accounts: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    kept: int = 0
    noise: int = 0
    first_at: int | None = None
    last_at: int | None = None

    @property
    def rejected(self) -> int:
        """Return how many lines could not be read."""
        return self.causes.total()


@dataclass
class Intake:
    """Reads the lines of one object into blocks. `closed` holds days (ISO) that take no more.

    Requests before `since` or from `until` on (milliseconds) are passed over.
    """

    reader: Reader
    extractor: Extractor
    classifier: Classifier
    closed: frozenset[str] = frozenset()
    since: int = 0
    until: int = 2**63
    block: Block = field(default_factory=Block)
    line: int = 0

    def take(self, line: bytes | None) -> None:
        """Read a line into the block; what can't be read is counted and its shape kept."""
        self.line += 1
        block = self.block
        block.lines += 1
        if line is not None and not line.strip():
            block.noise += 1
            return
        try:
            if line is None:
                raise Unreadable("line_too_long")
            found = self.reader.read(line)
            self.keep(found)
        except Unreadable as cause:
            block.causes[str(cause)] += 1
            if len(block.rejects) < MOST_REJECTS_KEPT:
                block.rejects.append((self.line, str(cause), redaction.excerpt(line or b"")))

    def taken(self) -> Block:
        """Return the block and start another."""
        done, self.block = self.block, Block()
        return done

    def keep(self, found: Found) -> None:
        """Put a record's rows into the block."""
        record = found.record
        if isinstance(record, Request):
            self.keep_request(record, found.format)
        elif isinstance(record, Noise):
            self.block.noise += 1
        else:
            self.keep_other(record)
            self.block.kept += 1

    def understood(self, request: Request) -> tuple[Features, Verdict]:
        """Return what is kept of a request and what is made of it."""
        features = self.extractor.features(request)
        return features, self.classifier.verdict(features)

    def keep_request(self, request: Request, name: str) -> None:
        """Count a request; keep it as an event where a person is behind it and it counts."""
        if not self.since <= request.at * 1000 < self.until:
            self.block.noise += 1
            return
        one, verdict = self.understood(request)
        if one.day in self.closed:
            raise Unreadable("day_is_closed")
        block = self.block
        host = one.known_host.short if one.known_host else OTHER_HOST
        actor = NOT_STORED_AS_PERSON if one.hop else verdict.actor
        place = (one.day, one.hour, name, host, actor, verdict.counts_as, one.agent, one.network)
        block.tallies[(*place, one.mark_names)] += 1
        block.kept += 1
        if block.first_at is None or one.at < block.first_at:
            block.first_at = one.at
        if block.last_at is None or one.at > block.last_at:
            block.last_at = one.at
        if verdict.counts and verdict.human:
            block.events.append(event_row(one, verdict, name))

    def keep_other(self, record: Record) -> None:
        """Keep a record of Signon or Publishing API."""
        if isinstance(record, Grant):
            self.block.grants.append(self.grant_row(record))
        elif isinstance(record, Write):
            self.block.writes.append(self.write_row(record))
        elif isinstance(record, Account):
            self.block.accounts.append(self.account_row(record))

    def grant_row(self, grant: Grant) -> Row:
        """Return the row of Signon letting somebody in."""
        person = self.extractor.pseudonyms.person(grant.uid)
        day, _ = self.extractor.day_of(grant.at)
        return (person, redaction.name(grant.application), day, round(grant.at * 1000))

    def write_row(self, write: Write) -> Row:
        """Return the row of a command to Publishing API."""
        secrets = self.extractor.pseudonyms
        day, _ = self.extractor.day_of(write.at)
        who = (secrets.person(write.uid), secrets.number(write.request_id), day)
        names = (redaction.name(write.action, 40), redaction.name(write.content_id, 36))
        return (*who, round(write.at * 1000), *names)

    def account_row(self, account: Account) -> Row:
        """Return the row of an account."""
        secrets = self.extractor.pseudonyms
        email = secrets.email(account.email) if account.email else ""
        organisation = redaction.key(account.organisation, 36)
        slug = redaction.key(account.organisation_slug, 120)
        known = (account.category, account.suspended)
        return (secrets.person(account.uid), email, organisation, slug, *known)


def event_row(one: Features, verdict: Verdict, name: str) -> Row:
    """Return the row of an event, in the order of `EVENT_COLUMNS`."""
    host = one.known_host
    if host is None:
        raise ValueError("Only requests on known hosts are kept.")
    rung = 1 if one.person else 4 if one.organisation and one.organisation != "invalid" else 5
    return (
        *(name, one.day, one.at, one.key, one.request, host.short, host.app, one.method, one.path),
        *(one.mark_names, one.status, one.agent, one.network, verdict.actor, verdict.counts_as),
        *(verdict.kind, one.kind, one.signal, one.person, one.visitor, one.organisation),
        *(one.subject, one.content_id, one.person or one.visitor, rung, ""),
    )
