"""What the access decision is made of, and the decision itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What somebody wants to do with a draft or a pack."""

    VIEW = "view"
    COMMENT = "comment"
    SIGN_OFF = "sign_off"
    SHARE = "share"
    APPROVE = "approve"
    REVOKE = "revoke"
    AUDIT = "audit"
    CLASSIFY = "classify"


class Role(StrEnum):
    """What a share link lets somebody do; each includes the ones before it."""

    VIEW = "view"
    COMMENT = "comment"
    SIGN_OFF = "sign_off"


class Sensitivity(StrEnum):
    """How much harm it would do if the draft were seen early."""

    NORMAL = "normal"
    LIMITED = "limited"
    MARKET_SENSITIVE = "market_sensitive"


@dataclass(frozen=True)
class Staff:
    """A signed-in person: Signon uid, organisation's content id, permissions."""

    uid: str
    organisation: str | None
    permissions: frozenset[str]
    active: bool = True


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, with the share link that they opened.

    `opened` says that this browser confirmed the link, as the link asks for it (a code, a
    passphrase); a link by itself opens nothing. `ended` names why the link has ended before its
    time, "" for one that has not. `approved` is False while a second person is waited for; `agreed`
    says that one did, which a market-sensitive draft needs whenever it became one;
    one that joined since needs it again. `covers_limited` says that whoever shared it had the right
    to share limited drafts, and did.
    """

    expires_at: datetime
    opened: bool
    ended: str = ""
    opens_at: datetime | None = None
    approved: bool = True
    agreed: bool = False
    covers_limited: bool = False
    role: Role = Role.VIEW


Viewer = Staff | Guest | None


@dataclass(frozen=True)
class Limits:
    """Who may see a draft: `users` (uids) and `organisations` (content ids) of `access_limited`.

    `limited` is kept apart because a limit that names nobody still shuts everybody out.
    `limits_changed` counts for a guest: limits that changed since the link was made end the link.
    `published` tells a draft that went live from one that was discarded; neither is open.
    `not_agreed_to` says of a market-sensitive draft that it joined the pack after a second person
    agreed to the link. `organisation` is whose draft it is (content id), None for nobody's.
    `sent_again` says that the draft had ended, and was sent again, since a guest's link was made:
    such a draft keeps no link alive.
    """

    limited: bool = False
    users: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)
    draft_open: bool = True
    published: bool = False
    limits_changed: bool = False
    sensitivity: Sensitivity = Sensitivity.NORMAL
    not_agreed_to: bool = False
    organisation: str | None = None
    sent_again: bool = False

    @property
    def sensitive(self) -> bool:
        """Say whether the draft is open and may only be shared by people with that permission."""
        return self.draft_open and self.sensitivity is not Sensitivity.NORMAL


@dataclass(frozen=True)
class Decision:
    """The answer; `reason` is a name for logs, audit and the page to show, `""` when allowed.

    `sees_limited` says that the limited drafts of a pack are shown too; without it the pack is
    shown as if they did not exist.
    """

    allowed: bool
    reason: str = ""
    sees_limited: bool = False
