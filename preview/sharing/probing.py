"""Proof that a pack is closed: every address of it is fetched over HTTP, as an outsider would.

Once without any cookie, and once with a session that had opened every link of the pack while it
was alive. The proof, with times, goes into the audit trail.
"""

from __future__ import annotations

import hashlib
import html
import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.packs.models import Pack
from preview.rendering.models import PackPage, RenderedPage, RenderingAsset
from preview.sharing.models import Grant, GuestSession
from preview.sharing.opening import digest_of

TIMEOUT = 15
HEADER = "X-Content-Preview-Probe"
SALT = "preview.probe"
GOOD_FOR = 120  # seconds that the mark of a probe counts
MOST_PAGES = 500
CLOSED = frozenset({401, 403, 404, 410})
OUTSIDER, GUEST = "without cookies", "with the links opened before"


@dataclass(frozen=True)
class Address:
    """A place to look at: on which of the two origins, and its path."""

    origin: str
    path: str


@dataclass(frozen=True)
class Look:
    """What came back: `told` names a title that the answer held, `fault` why there was none."""

    address: Address
    who: str
    at: datetime
    status: int
    told: str = ""
    fault: str = ""

    @property
    def closed(self) -> bool:
        """Say whether this shows nothing: a refusal, or the way to the sign-in page."""
        return not self.told and not self.fault and self.status in CLOSED | {302}

    def line(self) -> str:
        """Return it as a line of the proof."""
        said = "closed" if self.closed else f"OPEN {self.told or self.fault}".strip()
        at = self.at.astimezone(UTC).isoformat(timespec="milliseconds")
        return f"{at} {self.status} {said} {self.address.origin}{self.address.path} ({self.who})"


@dataclass(frozen=True)
class Proof:
    """All that was looked at; `digest` is the SHA-256 of its lines, as the trail has it."""

    looks: tuple[Look, ...]

    @property
    def open(self) -> tuple[Look, ...]:
        """Return what is not closed."""
        return tuple(look for look in self.looks if not look.closed)

    @property
    def digest(self) -> str:
        """Return the digest of the lines."""
        return hashlib.sha256("\n".join(look.line() for look in self.looks).encode()).hexdigest()


def addresses_of(pack: Pack) -> list[Address]:
    """Return every address of a pack: of its links, frames, files, drafts and API."""
    pages = RenderedPage.objects.filter(rendering__pack=pack).order_by("-pk")
    shown = PackPage.objects.filter(pack=pack).values_list("path", flat=True)
    files = RenderingAsset.objects.filter(rendering__pack=pack).values_list("path", flat=True)
    rows = list(pages.values_list("rendering_id", "path")[:MOST_PAGES])
    paths = sorted({path for _, path in rows} | set(shown) | set(files))[:MOST_PAGES]
    drafts = list(pack.counted())
    guest = [
        *("/", f"/pack-frames/{pack.id}/"),
        *(f"/pack-frames/{pack.id}{under(path)}" for path in paths),
        *(f"/frames/{rendering}{under(path)}" for rendering, path in rows),
        *(under(path) for path in paths),
    ]
    for link in pack.share_links.values_list("id", flat=True):
        guest += [f"/shared/{link}{under(path)}" for path in ["", *paths]]
    staff = [f"/packs/{pack.id}", f"/packs/{pack.id}/share", f"/packs/{pack.id}/seen"]
    for draft in drafts:
        staff += [f"/drafts/{draft.id}", f"/drafts/{draft.id}/events"]
        staff += [f"/api/v1/drafts/{draft.content_id}", f"/v2/content/{draft.content_id}"]
    return [
        *(Address(settings.PREVIEW_ORIGIN, path) for path in dict.fromkeys(guest)),
        *(Address(settings.SERVICE_ORIGIN, path) for path in dict.fromkeys(staff)),
    ]


def under(path: str) -> str:
    """Return what stands for a page's path behind a prefix."""
    return quote(path, safe="/") if path else "/-"


def probe_pack(*, pack: Pack, actor: str, base_url: str = "") -> Proof:
    """Look at every address and record the proof; `base_url` is where the service answers."""
    titles = [draft.title for draft in pack.counted() if len(draft.title) >= 4]
    cookie = secrets.token_urlsafe(32)
    opened = open_links(pack, cookie)
    try:
        looks = tuple(look_at_all(addresses_of(pack), cookie, titles, base_url))
    finally:
        opened.delete()
    proof = Proof(looks)
    record_entry(
        action="probe.run",
        actor=actor,
        subject=f"pack:{pack.id}",
        addresses=len(looks),
        open=len(proof.open),
        started_at=looks[0].at.isoformat(),
        ended_at=looks[-1].at.isoformat(),
        sha256=proof.digest,
    )
    return proof


@transaction.atomic
def open_links(pack: Pack, cookie: str) -> GuestSession:
    """Return a session that had opened every link of the pack, whether alive now or ended."""
    session = GuestSession.objects.create(digest=digest_of(cookie))
    until = timezone.now() + timedelta(hours=1)
    links = pack.share_links.values_list("id", flat=True)
    Grant.objects.bulk_create(
        Grant(session=session, link_id=link, expires_at=until) for link in links
    )
    return session


def look_at_all(
    addresses: Iterable[Address], cookie: str, titles: list[str], base_url: str
) -> Iterator[Look]:
    """Give what each address answers, to an outsider and to who had opened the links."""
    with requests.Session() as session:
        session.headers["User-Agent"] = "content-preview-probe"
        session.trust_env = False
        for address in addresses:
            for who, cookies in ((OUTSIDER, ""), (GUEST, f"__Host-guest={cookie}")):
                yield look(session, address, (who, cookies), titles, base_url)


def look(
    session: requests.Session,
    address: Address,
    visitor: tuple[str, str],
    titles: list[str],
    base_url: str,
) -> Look:
    """Fetch one address; `visitor` is who looks and the cookies that they send."""
    who, cookies = visitor
    headers = {
        "Host": urlsplit(address.origin).netloc,
        HEADER: signing.dumps(str(uuid.uuid4()), salt=SALT),
        **({"Cookie": cookies} if cookies else {}),
    }
    at = timezone.now()
    place = (base_url.rstrip("/") or address.origin) + address.path
    try:
        answer = session.get(place, headers=headers, timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException as error:
        return Look(address, who, at, 0, fault=type(error).__name__)
    text = html.unescape(answer.text)
    told = next((title for title in titles if title in text), "")
    return Look(address, who, at, answer.status_code, told=told, fault=led_away(answer))


def led_away(answer: requests.Response) -> str:
    """Return what is wrong with a redirect that does not lead to the sign-in page."""
    place = answer.headers.get("Location", "")
    if answer.status_code != 302 or urlsplit(place).path == "/sign-in":
        return ""
    return "leads elsewhere"


def is_probe(mark: str) -> bool:
    """Say whether a request carries the mark of a probe that runs now."""
    if not mark:
        return False
    try:
        signing.loads(mark, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True
