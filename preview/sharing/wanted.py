"""What somebody asks of a new share link, and the rules that it must keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from preview.access import Role, Sensitivity
from preview.accounts.models import Organisation
from preview.drafts.models import Draft, Version
from preview.errors import InvalidInput, InvalidShareLink
from preview.mail.actions import checked_address
from preview.packs.models import Pack
from preview.sharing.models import ShareLink

SHORTEST = timedelta(minutes=5)
SHORTEST_PASSPHRASE = 8
MOST_RECIPIENTS = 100
LENGTHS = {"label": 120, "purpose": 300, "reason": 300}
Kind = ShareLink.Kind


@dataclass(frozen=True)
class Wanted:
    """A share link as it is asked for; `recipients` are e-mail addresses, for kind `named`."""

    expires_at: datetime
    kind: str = Kind.NAMED
    role: str = Role.VIEW
    label: str = ""
    purpose: str = ""
    reason: str = ""
    opens_at: datetime | None = None
    pinned_versions: tuple[Version, ...] = ()
    most_people: int | None = None
    passphrase: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the wish, the drafts of the pack, whose rules count."""

    wanted: Wanted
    drafts: tuple[Draft, ...]
    organisation: Organisation
    covers_limited: bool
    now: datetime = field(default_factory=timezone.now)

    @property
    def market_sensitive(self) -> bool:
        """Say whether one of the drafts is market sensitive."""
        return any(one.sensitivity == Sensitivity.MARKET_SENSITIVE for one in self.drafts)

    @property
    def sensitive(self) -> bool:
        """Say whether the link shows anything that not everybody may know of."""
        marked = any(one.sensitivity != Sensitivity.NORMAL for one in self.drafts)
        return marked or (self.covers_limited and any(one.limited for one in self.drafts))


def organisation_of(pack: Pack) -> Organisation:
    """Return the organisation whose sharing rules hold for a pack; the defaults where none does."""
    content_id = pack.organisation_content_id
    if content_id is None and pack.own_draft is not None:
        content_id = pack.own_draft.organisation_content_id
    found = Organisation.objects.filter(content_id=content_id).first() if content_id else None
    return found or Organisation(
        anyone_links_allowed=settings.ANYONE_LINKS_ALLOWED,
        longest_link_days=settings.SHARE_LINK_MAX_DAYS,
    )


def check(facts: Facts) -> None:
    """Raise `InvalidShareLink` for the first rule that the wish breaks."""
    for rule in RULES:
        for name, sentence in rule(facts):
            raise InvalidShareLink(name, sentence)


Broken = Iterator[tuple[str, str]]


def known_choices(facts: Facts) -> Broken:
    """Kind and role are known ones."""
    if facts.wanted.kind not in Kind.values:
        yield "kind", "Choose who the link is for: named people, a passphrase, or anyone."
    if facts.wanted.role not in set(Role):
        yield "role", "Choose what people can do: view, comment or sign off."


def short_texts(facts: Facts) -> Broken:
    """Texts fit."""
    for name, most in LENGTHS.items():
        if len(getattr(facts.wanted, name)) > most:
            yield name, f"{name.capitalize()} must be {most} characters or fewer."


def end_in_time(facts: Facts) -> Broken:
    """The link ends neither at once nor later than the organisation allows."""
    wanted = facts.wanted
    days = longest_days(facts)
    if wanted.expires_at < facts.now + SHORTEST:
        yield "expires_at", "The link must end at least 5 minutes from now."
    if wanted.expires_at > facts.now + timedelta(days=days):
        yield "expires_at", f"The link must end within {days} days."
    if wanted.opens_at and wanted.opens_at >= wanted.expires_at:
        yield "opens_at", "The link must open before it ends."


def longest_days(facts: Facts) -> int:
    """Return the most days that a link may last: the shortest of the limits that hold for it."""
    organisation = facts.organisation
    limits = [organisation.longest_link_days, settings.SHARE_LINK_MAX_DAYS]
    if facts.wanted.kind == Kind.ANYONE:
        limits.append(organisation.longest_anyone_link_days)
    if facts.sensitive:
        limits.append(organisation.longest_sensitive_link_days)
    return min(limits)


def anyone_only_where_allowed(facts: Facts) -> Broken:
    """A link for anyone needs the organisation's consent, and never shows what is sensitive."""
    if facts.wanted.kind != Kind.ANYONE:
        return
    if not facts.organisation.anyone_links_allowed:
        yield "kind", "Your organisation does not allow links for anyone. Name the people."
    if facts.sensitive:
        yield "kind", "A draft with limited access can't be shared with anyone. Name the people."


def proof_of_person(facts: Facts) -> Broken:
    """Named links name people; links with a passphrase have one that can't be guessed."""
    wanted = facts.wanted
    if wanted.kind == Kind.NAMED and not wanted.recipients:
        yield "recipients", "Enter the email address of each person the link is for."
    if len(wanted.recipients) > MOST_RECIPIENTS:
        yield "recipients", f"A link can be for {MOST_RECIPIENTS} people at most. Make a second."
    for address in wanted.recipients:
        try:
            checked_address(address)
        except InvalidInput:
            yield "recipients", f"“{address[:80]}” is not an email address. Correct or remove it."
    if wanted.kind == Kind.PASSPHRASE and len(wanted.passphrase.strip()) < SHORTEST_PASSPHRASE:
        yield "passphrase", f"Passphrase must be {SHORTEST_PASSPHRASE} characters or more."


def limited_with_reason(facts: Facts) -> Broken:
    """Sharing what is limited says why, for the audit trail."""
    if facts.sensitive and not facts.wanted.reason.strip():
        yield "reason", "Say why these people need to see a draft with limited access."


def market_sensitive_with_window(facts: Facts) -> Broken:
    """A market-sensitive draft opens inside a set window only, for named people."""
    if not facts.market_sensitive:
        return
    if facts.wanted.opens_at is None:
        yield "opens_at", "A market-sensitive draft needs a time at which the link opens."
    if facts.wanted.kind != Kind.NAMED:
        yield "kind", "A market-sensitive draft can only be shared with named people."


def pins_of_the_pack(facts: Facts) -> Broken:
    """Pinned versions are those of drafts of the pack."""
    known = {one.pk for one in facts.drafts}
    if any(one.draft_id not in known for one in facts.wanted.pinned_versions):
        yield "pinned_version", "Choose a version of this draft."


def cap_of_people(facts: Facts) -> Broken:
    """A cap is a number of people."""
    most = facts.wanted.most_people
    if most is not None and not 1 <= most <= 10_000:
        yield "most_people", "The most people must be a number from 1 to 10,000."


RULES: tuple[Callable[[Facts], Broken], ...] = (
    known_choices,
    short_texts,
    end_in_time,
    anyone_only_where_allowed,
    proof_of_person,
    limited_with_reason,
    market_sensitive_with_window,
    pins_of_the_pack,
    cap_of_people,
)
