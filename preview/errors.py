"""Every error class of the service; only surfaces turn one into an answer.

::

    PreviewError
    ├── InvalidInput                 what was sent can't be used; says what to do
    │   ├── MalformedJSON            not JSON, or JSON that has no single meaning
    │   ├── InvalidContent           violations of a content item, each with its JSON Pointer
    │   ├── GovspeakError            text that can't be rendered, with line and reason
    │   ├── InvalidField             something of which one field can't be so; names it
    │   │   ├── InvalidShareLink     a share link that can't be made as asked
    │   │   ├── InvalidRules         an organisation's rules that can't be
    │   │   ├── InvalidAsset         a draft file that can't be used
    │   │   ├── InvalidPack          a pack that can't be as asked
    │   │   ├── InvalidPreRelease    a pre-release list that can't be as asked
    │   │   ├── InvalidReview        a comment, fact check or sign-off that can't be as sent
    │   │   └── InvalidEndpoint      a webhook that can't be as asked
    │   ├── AddressRefused           an address that is not of the public internet
    │   ├── NoSuchSurface            a surface that pages are not shown on
    │   ├── IdempotencyKeyReused     the same key with another request
    │   ├── InvalidUsageRules        rules of integration usage that can't be used
    │   ├── UnreadableLog            a log that can't be opened, or is not one
    │   ├── CompressionBomb          a body or file that grows without measure
    │   ├── BatchTooLarge            more log lines than one batch may hold
    │   └── NothingReadable          a batch of which no line can be read
    ├── Conflict                     what was sent does not fit what is stored
    │   ├── VersionConflict          a stale write: somebody saved in between
    │   ├── OwnedByAnotherApp        a draft that another publisher app sent
    │   ├── AssetOfAnotherApp        a file's address that another publisher app uses
    │   ├── DraftDiscarded           a draft that is no longer open
    │   ├── PackFull                 a pack that holds as many drafts as it can
    │   ├── DraftNotInPack           a draft that the pack does not hold
    │   ├── ThreadDecided            a thread that somebody resolved or opened before
    │   ├── ReviewOutdated           a sign-off of what is no longer the newest
    │   ├── RulesChanged             an organisation's rules, which somebody else changed
    │   ├── LinkEnded                a share link that can't be changed any more
    │   ├── NothingToAgreeTo         a wish that was answered, or has become another one
    │   └── LogImportRunning         the same log is being imported by somebody else
    ├── UsageOverloaded              logs come faster than they can be stored
    ├── SignonFault                  Signon refuses, does not answer, or says what makes no sense
    ├── LetterRefused                an e-mail that no further try would send
    ├── BrowserFault                 Chromium that is not there, ended, or took more than it may
    ├── PackNotFound                 a pack that is not there, or that takes no more drafts
    ├── AccessDenied                 the viewer may not; carries the named reason
    ├── NotLetIn                     a guest whose code or passphrase opens nothing
    ├── InvalidToken                 a share link or ticket that was not made here, or is over
    └── PageError                    a content item that no page can be made of
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol


class PreviewError(Exception):
    """Base of all errors of this service; `str()` is a sentence for a person."""


class InvalidInput(PreviewError):
    """What was sent can't be used; the sentence says what to do."""


class MalformedJSON(InvalidInput):
    """A body that is not JSON, or is JSON without a single meaning; says where."""

    def __init__(
        self,
        sentence: str,
        *,
        line: int | None = None,
        column: int | None = None,
        pointer: str | None = None,
    ) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column
        self.pointer = pointer


class ViolationLike(Protocol):
    """What is known of one violation: JSON Pointer, sentence, name of the rule."""

    @property
    def pointer(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def rule(self) -> str: ...


class InvalidContent(InvalidInput):
    """A content item with `violations`, all of them."""

    def __init__(self, violations: Sequence[ViolationLike]) -> None:
        count = len(violations)
        super().__init__(f"The content item has {count} violation{'' if count == 1 else 's'}.")
        self.violations = tuple(violations)


class GovspeakError(InvalidInput):
    """Text that can't be rendered as Govspeak."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"{reason} (line {line})" if line else reason)
        self.reason = reason
        self.line = line


class InvalidField(InvalidInput):
    """Something of which one field can't be as it is; `field` names what to change."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class InvalidShareLink(InvalidField):
    """A share link that can't be made as asked; `field` names what to change."""


class InvalidRules(InvalidField):
    """Rules that an organisation can't have; `field` names what to change."""


class InvalidAsset(InvalidField):
    """A draft file that can't be used; `field` names what to change."""


class InvalidPack(InvalidField):
    """A pack that can't be as asked; `field` names what to change."""


class InvalidPreRelease(InvalidField):
    """A pre-release list that can't be as asked; `field` names what to change."""


class InvalidReview(InvalidField):
    """A comment, fact check or sign-off that can't be as sent; `field` names what to change."""


class InvalidEndpoint(InvalidField):
    """A webhook that can't be as asked; `field` names what to change."""


class AddressRefused(InvalidInput):
    """An address that is not of the public internet: this service asks for no other."""

    def __init__(self, host: str) -> None:
        super().__init__(f"“{host}” is not an address of the public internet. Use one that is.")
        self.host = host


class NoSuchSurface(InvalidInput):
    """A name that is not one of the surfaces that pages are shown on."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no surface “{name}”. Use one of: {', '.join(known)}.")
        self.name = name
        self.known = known


class IdempotencyKeyReused(InvalidInput):
    """An `Idempotency-Key` that was sent before with another request."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for a different request. "
            "Send a new key, or repeat the first request exactly."
        )


class InvalidUsageRules(InvalidInput):
    """Rules of integration usage that can't be used; the sentence names the place."""


class UnreadableLog(InvalidInput):
    """A log that can't be opened, or that is not one."""


class CompressionBomb(InvalidInput):
    """A body or file that grows without measure when it is decompressed."""

    def __init__(self) -> None:
        super().__init__(
            "This is compressed more than 500 times, which no log is. "
            "Check what it holds; send it uncompressed if it is right."
        )


class BatchTooLarge(InvalidInput):
    """More log lines than one batch may hold."""

    def __init__(self) -> None:
        super().__init__(
            "A batch holds at most 64 MiB and 500,000 lines, or 20 MiB compressed. "
            "Send smaller batches."
        )


class NothingReadable(InvalidInput):
    """A batch of which no line can be read; `cause` is the most frequent one."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"No line of this batch can be read. Most often: {cause}.")
        self.cause = cause


class UsageOverloaded(PreviewError):
    """Logs come faster than they can be stored; `retry_after` is in seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many batches are waiting. Send this one again in {seconds} seconds.")
        self.retry_after = seconds


class Conflict(PreviewError):
    """What was sent does not fit what is stored."""


class VersionConflict(Conflict):
    """A stale write; `expected` is what the sender had seen, `current` what is stored."""

    def __init__(self, expected: int, current: int) -> None:
        super().__init__(
            f"You sent a change to version {expected} of this draft, but it is now at version "
            f"{current}. Get the draft, repeat your change on it and send it again."
        )
        self.expected = expected
        self.current = current


class OwnedByAnotherApp(Conflict):
    """A draft that another publisher app sent."""

    def __init__(self) -> None:
        super().__init__(
            "This content_id belongs to another publishing app. "
            "Send the draft from the app that made it, or use a content_id of your own."
        )


class AssetOfAnotherApp(Conflict):
    """A file's address that another publisher app uses."""

    def __init__(self) -> None:
        super().__init__(
            "This address belongs to another publishing app. "
            "Send the file from the app that made it, or without url to get a new address."
        )


class DraftDiscarded(Conflict):
    """A draft that is no longer open."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was discarded. Send its content again with PUT to open a new version."
        )


class PackFull(Conflict):
    """A pack that holds as many drafts as it can."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"A pack holds at most {most} drafts. Remove some, or make another pack for the rest."
        )
        self.most = most


class DraftNotInPack(Conflict):
    """A draft that the pack does not hold."""

    def __init__(self) -> None:
        super().__init__("This draft is not in the pack. Get the pack to see what it holds now.")


class SignonFault(PreviewError):
    """What Signon did not do; `reason` is `refused`, `away` or `malformed`."""

    def __init__(self, reason: str) -> None:
        super().__init__("Signon can't be asked at the moment. Try again in a few minutes.")
        self.reason = reason


class LetterRefused(PreviewError):
    """An e-mail that the mail service will never send; the sentence says what it answered."""


class BrowserFault(PreviewError):
    """A browser that shows no page; `reason` says why, `detail` what it said itself.

    `missing`: there is none here. `ended`: it ended by itself. `slow`, `large`: it took more time
    or memory than it may. `refused`: it says that it can't do what was asked.
    """

    def __init__(
        self, reason: Literal["missing", "ended", "slow", "large", "refused"], detail: str = ""
    ) -> None:
        super().__init__(f"Chromium could not show the page ({reason}). {detail}".strip())
        self.reason = reason
        self.detail = detail


class PackNotFound(PreviewError):
    """A pack that is not there, or that takes no more drafts."""

    def __init__(self) -> None:
        super().__init__("There is no such pack. Check its id, or make a new pack.")


class ThreadDecided(Conflict):
    """A thread that somebody else resolved (`by` says who) or opened again, a moment before."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"{by} has resolved this comment already. Nothing was changed."
            if by
            else "Somebody has opened this comment again already. Nothing was changed."
        )
        self.by = by


class ReviewOutdated(Conflict):
    """A sign-off of something that changed while somebody read it; `version` is the newest."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"The draft changed while you were reading it. It is at version {version} now. "
            "Look at it again before you sign it off."
        )
        self.version = version


class RulesChanged(Conflict):
    """An organisation's rules that somebody else changed while they were looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed these rules meanwhile. Look at them again, then change them"
        )


class LinkEnded(Conflict):
    """A share link that ended: it can't be extended or approved."""

    def __init__(self) -> None:
        super().__init__("This share link has ended. Make a new one.")


class NothingToAgreeTo(Conflict):
    """A wish for a lower sensitivity that was answered, or taken back, or has become another."""

    def __init__(self) -> None:
        super().__init__("Nobody asks for this any more. Look at what the draft is now.")


class NotLetIn(PreviewError):
    """A guest whose code or passphrase opens nothing; `reason` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not let in: {reason}")
        self.reason = reason


class LogImportRunning(Conflict):
    """The same log is being imported by somebody else at this very time."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is being imported by somebody else. Wait for it to end.")


class AccessDenied(PreviewError):
    """The viewer may not do this; `reason` is the name that the access policy gave."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Access denied: {reason}")
        self.reason = reason


class InvalidToken(PreviewError):
    """A signed token that was not made here (`forged`) or is over (`expired`)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Token refused: {reason}")
        self.reason = reason


class PageError(PreviewError):
    """A content item that no page can be made of."""
