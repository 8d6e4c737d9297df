"""What somebody signs off: the content of a version and the pages that show it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from preview.drafts.models import Draft, Version
from preview.packs.models import Audience, Pack
from preview.rendering.models import Rendering


@dataclass(frozen=True)
class Shown:
    """A version in a pack, for an audience, with the SHA-256 of each of its pages by path."""

    pack: Pack
    version: Version
    audience: str
    pages: Mapping[str, str]

    @property
    def seal(self) -> str:
        """The digest of content and pages together."""
        return seal_of(self.version.sha256, self.pages)


def seal_of(content_sha256: str, pages: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) over the digests of a content and of its pages."""
    lines = [content_sha256, *(f"{digest} {path}" for path, digest in sorted(pages.items()))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def newest_shown(
    draft: Draft, pack: Pack, audiences: Iterable[str], version: Version | None = None
) -> Shown | None:
    """Return what a pack shows of a draft now, or of one version of it; None while it is not ready.

    The fuller audience counts, of those that are named.
    """
    found = Rendering.objects.ready().filter(pack=pack, version__draft=draft)
    found = found.filter(audience__in=list(audiences))
    if version is not None:
        found = found.filter(version=version)
    fullest = found.select_related("version").prefetch_related("pages")
    rendering = fullest.order_by("-version__number", "audience", "-generation").first()
    if rendering is None or rendering.version is None:
        return None
    pages = {one.path: one.sha256 for one in rendering.pages.all()}
    return Shown(pack, rendering.version, Audience(rendering.audience), pages)
