"""Pseudonyms: what stands for a person, a visitor and a request once a line was read.

`HMAC-SHA256(key, what)`, cut to 96 bits. A person's key lives as long as the programme; a visitor's
(address and agent) is made anew for every day and destroyed 48 hours later, after which nobody can
tie its pseudonyms to an address. Requests and duplicates are known by 63-bit numbers.

Source: RFC 2104 (HMAC), RFC 7693 (keyed BLAKE2b); ICO guidance on pseudonymisation.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

LARGEST_CACHE = 50_000
LENGTH = 16  # letters of base64url: 96 bits
NUMBER = 2**63 - 1

KeyOf = Callable[[str], bytes]


def digest(key: bytes, what: str) -> str:
    """Return the pseudonym of a text."""
    raw = hmac.digest(key, what.encode("utf-8", "surrogateescape"), "sha256")
    return base64.urlsafe_b64encode(raw[: LENGTH * 3 // 4]).decode()


def number(key: bytes, what: str) -> int:
    """Return a text's number: not 0, at most 2⁶³ - 1. Keyed BLAKE2b, quick for every line."""
    found = blake2b(what.encode("utf-8", "surrogateescape"), digest_size=8, key=key[:64]).digest()
    return (int.from_bytes(found, "big") & NUMBER) or 1


@dataclass
class Pseudonyms:
    """Makes pseudonyms. `person_key` is the programme's; `day_key` gives the key of a day (ISO)."""

    person_key: bytes
    day_key: KeyOf
    days: dict[str, bytes] = field(default_factory=dict)
    visitors: dict[tuple[str, str, str], str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def person(self, uid: str) -> str:
        """Return the pseudonym of a Signon uid: `p…`."""
        found = self.people.get(uid)
        if found is None:
            if len(self.people) > LARGEST_CACHE:
                self.people.clear()
            found = self.people[uid] = "p" + digest(self.person_key, f"uid:{uid}")
        return found

    def email(self, address: str) -> str:
        """Return the pseudonym of an e-mail address, equal in all environments: `e…`."""
        return "e" + digest(self.person_key, f"email:{address.strip().lower()}")

    def visitor(self, day: str, ip: str, agent: str) -> str:
        """Return the pseudonym of an address and an agent on one day: `v…`."""
        place = (day, ip, agent)
        found = self.visitors.get(place)
        if found is None:
            if len(self.visitors) > LARGEST_CACHE:
                self.visitors.clear()
            found = self.visitors[place] = "v" + digest(self.key_of(day), f"{ip}\0{agent}")
        return found

    def number(self, what: str) -> int:
        """Return the number of a request id, or of what makes a line the same as another."""
        return number(self.person_key, what)

    def key_of(self, day: str) -> bytes:
        """Return the day's key, asked for once."""
        if day not in self.days:
            self.days[day] = self.day_key(day)
        return self.days[day]
