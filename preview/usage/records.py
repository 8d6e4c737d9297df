"""What one line of a log can be, once a format has read it: the only shapes past the parse.

A `Request` still holds personal data (address, agent, uid). It lives in memory only: `features.py`
turns it into what may be stored.
"""

from __future__ import annotations

from typing import NamedTuple


class Request(NamedTuple):
    """One HTTP request. Texts that a source does not have are empty.

    `at` is in seconds since 1970, UTC. `target` is path and query. `ip` is one address, or the
    whole `X-Forwarded-For` chain, the nearest hop last. `referrer` is a host. `route` is Rails'
    `controller#action`. `kind`, `signal` and `content_id` are what an app says by itself;
    `person` is a uid that this service made a pseudonym of before. `app` stands in for the host in
    sources that name none; `public_host` is what a proxy in front says that the host was.
    """

    at: float
    host: str
    method: str
    target: str
    status: int
    agent: str = ""
    ip: str = ""
    referrer: str = ""
    request_id: str = ""
    route: str = ""
    uid: str = ""
    organisation: str = ""
    signal: str = ""
    kind: str = ""
    content_id: str = ""
    person: str = ""
    app: str = ""
    public_host: str = ""


class Grant(NamedTuple):
    """Signon let a person into an application (event 47): the baseline of two years."""

    at: float
    uid: str
    application: str


class Account(NamedTuple):
    """A Signon account: organisation, whether suspended, and what is known of its holder."""

    uid: str
    organisation: str
    organisation_slug: str
    suspended: bool
    category: str
    email: str


class Write(NamedTuple):
    """Publishing API took a command of a person: joined to requests by the request's id."""

    at: float
    uid: str
    request_id: str
    action: str
    content_id: str


class Noise(NamedTuple):
    """A line that is fine and is not a request: an application's own messages."""

    reason: str


Record = Request | Grant | Account | Write | Noise
