"""Certificates: a sign-off as a document that says what exactly was signed.

The signature is an HMAC with the service's own key over the other members, so that whoever runs the
service can tell a certificate that was changed.

Source: RFC 2104 (HMAC); RFC 8785 for a canonical form of JSON, which sorted keys are here.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.standing import Standing

SALT = b"content-preview sign-off certificate v1:"


def certificate(found: Standing) -> dict[str, Any]:
    """Return the certificate of a sign-off as it stands now."""
    made = {**facts(found.sign_off), **now(found)}
    return {**made, "signature": signature(made)}


def facts(given: SignOff) -> dict[str, Any]:
    """Return what never changes."""
    draft = given.draft
    return {
        "id": str(given.id),
        "draft": {
            "content_id": str(draft.content_id),
            "locale": draft.locale,
            "kind": draft.kind,
            "title": draft.title,
            "base_path": draft.base_path,
        },
        "version": given.version.number,
        "content_sha256": given.content_sha256,
        "pages": [{"path": path, "sha256": digest} for path, digest in sorted(given.pages.items())],
        "seal": given.seal,
        "signed_by": {"name": given.name, "role": given.role},
        "statement": given.statement,
        "signed_at": given.created_at.isoformat(),
    }


def now(found: Standing) -> dict[str, Any]:
    """Return how it stands at the time of the certificate."""
    return {
        "state": found.state,
        "state_sentence": found.sentence,
        "newest_version": found.version,
        "certified_at": timezone.now().isoformat(),
        "certified_by": settings.SERVICE_ORIGIN,
    }


def signature(made: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 (hex) over a certificate without its signature."""
    body = orjson.dumps(made, option=orjson.OPT_SORT_KEYS)
    return hmac.digest(settings.SECRET_KEY.encode(), SALT + body, hashlib.sha256).hex()


def is_genuine(certified: dict[str, Any]) -> bool:
    """Say whether a certificate was made here and not changed since."""
    rest = {name: value for name, value in certified.items() if name != "signature"}
    return hmac.compare_digest(signature(rest), str(certified.get("signature", "")))
