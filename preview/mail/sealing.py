"""Sealing: what a letter says is encrypted while it waits, because it may hold a link or a code.

Source: RFC 5869 (HKDF); the Fernet specification of the PyCA's `cryptography`.
"""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import orjson
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def box(secret: str) -> Fernet:
    """Return what seals and opens with a key made of `SECRET_KEY`."""
    key = HKDF(SHA256(), 32, salt=None, info=b"content-preview letters v1").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(values: dict[str, Any]) -> bytes:
    """Return the values, encrypted."""
    return box(settings.SECRET_KEY).encrypt(orjson.dumps(values))


def unseal(sealed: bytes) -> dict[str, Any]:
    """Return the values of `seal`."""
    values: dict[str, Any] = orjson.loads(box(settings.SECRET_KEY).decrypt(sealed))
    return values
