"""Tokens of pages: what lets a page's script report, for 12 hours, what its person does.

An application asks for one with its source's key when it makes a page. The token binds source, app,
organisation, route and the person's pseudonym, and is signed by this service, so that a page can
say nothing about anybody else. No cookie is involved.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import timedelta

import orjson
from django.core import signing

from preview.errors import InvalidInput, InvalidToken
from preview.usage.batches import Receipt, receive
from preview.usage.keys import pseudonyms
from preview.usage.models import UsageSource

LIFE = timedelta(hours=12)
SALT = "preview.usage.page"
NAME = re.compile(r"[A-Za-z0-9_./#:-]{0,120}")
SIGNALS = frozenset(
    (
        *("edit", "edit_noneditionable", "create", "publish", "preview_draft", "view_published"),
        *("share_create", "share_open", "training", "browse"),
    )
)


@dataclass(frozen=True)
class PageToken:
    """What a token says: whose page it is. `person` is a pseudonym, empty for nobody known."""

    source: str
    app: str
    organisation: str
    route: str
    person: str


def page_token(
    *, source: UsageSource, app: str, uid: str = "", organisation: str = "", route: str = ""
) -> str:
    """Return a signed token for a page of an app.

    Raises:
        InvalidInput: a name with letters that no name has.

    """
    for name, value in {"app": app, "organisation": organisation, "route": route}.items():
        if not NAME.fullmatch(value):
            raise InvalidInput(f"{name} has at most 120 letters, digits and _ . / # : -")
    person = pseudonyms().person(uid) if uid else ""
    token = PageToken(source.slug, app, organisation, route, person)
    return signing.dumps(asdict(token), salt=SALT, compress=True)


def read_page_token(text: str) -> PageToken:
    """Return what a token says.

    Raises:
        InvalidToken: `forged` or `expired`.

    """
    try:
        return PageToken(**signing.loads(text, salt=SALT, max_age=LIFE))
    except signing.SignatureExpired as error:
        raise InvalidToken("expired") from error
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise InvalidToken("forged") from error


def report(*, token: PageToken, signal: str, kind: str, content_id: str, at: str) -> Receipt:
    """Take one event of a page, as a batch of one line.

    Raises:
        InvalidInput: a signal that does not exist.
        InvalidToken: the source is gone.

    """
    if signal not in SIGNALS:
        raise InvalidInput(f"A signal is one of: {', '.join(sorted(SIGNALS))}.")
    source = UsageSource.objects.filter(slug=token.source).first()
    if source is None:
        raise InvalidToken("forged")
    line = {
        "ts": at,
        "app": token.app,
        "actor": {"person": token.person, "org_content_id": token.organisation},
        "req": {"method": "GET", "route": token.route, "status": 200},
        "content": {"kind": kind, "id": content_id},
        "signal": signal,
    }
    return receive(source=source, body=OneLine(orjson.dumps(line)), still_allowed=lambda: None)


class OneLine:
    """A body of one line."""

    def __init__(self, line: bytes) -> None:
        self.rest = line

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        found, self.rest = self.rest[:size], self.rest[size:]
        return found
