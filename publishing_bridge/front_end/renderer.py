"""Pages by a GOV.UK front end: asked for over HTTP, made safe, kept like any other snapshot.

The front end reads its content from this service, with the ticket that came with the request for
the page.

Source: alphagov/frontend `app/controllers/application_controller.rb`, for what it answers.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

import requests
from django.conf import settings

from preview import pages
from preview.errors import PageError
from preview.ops.logging import request_id
from preview.overlay.presenting import Presenter
from preview.rendering.models import Rendering
from preview.rendering.renderers import BuiltIn, options_of
from publishing_bridge.content_store.tickets import Subject, sign
from publishing_bridge.front_end.cleaning import cleaned

log = logging.getLogger(__name__)
LARGEST_PAGE = 10 * 1024 * 1024
PAGES = (200, 404, 410)
BY_ROUTER = ("redirect", "gone", "vanish")
REMARK = "This page was made by GOV.UK's front end. Its scripts are left out."


class FrontEnd:
    """A renderer that asks the front end at `FRONT_END_URL`, or the draft router in front of it."""

    def pages(
        self, item: Mapping[str, Any], presenter: Presenter, notice: str, rendering: Rendering
    ) -> list[pages.Page]:
        """Return every page of an item; what the router answers itself is rendered here.

        Raises:
            PageError: the front end refuses the page.
            OSError: it does not answer, or fails; another attempt may succeed.

        """
        if item.get("schema_name") in BY_ROUTER or not item.get("base_path"):
            return BuiltIn().pages(item, presenter, notice, rendering)
        subject = Subject(rendering.pack_id, rendering.audience, rendering.version_id)
        paths = pages.paths(item, options_of(presenter, notice))
        return [page_at(path, sign(subject), notice) for path in paths]


@cache
def session() -> requests.Session:
    """Return the session of this process; its connections are used again."""
    made = requests.Session()
    made.headers.update({"Accept": "text/html", "User-Agent": "content-preview"})
    return made


def page_at(path: str, ticket: str, notice: str) -> pages.Page:
    """Return the front end's page at a path."""
    status, html = asked(path, ticket)
    found = cleaned(html, notice)
    remark = pages.Remark("stubbed", REMARK, None)
    return pages.Page(
        path=path, status=status, title=found.title, html=found.html, remarks=(remark,)
    )


def asked(path: str, ticket: str) -> tuple[int, bytes]:
    """Ask the front end for a page; return its status and HTML.

    Raises:
        PageError: an answer that is no page.
        OSError: no answer, or a fault of the front end.

    """
    headers = {"Govuk-Auth-Bypass-Id": ticket, "GOVUK-Request-Id": request_id.get()}
    waits = (settings.FRONT_END_CONNECT_TIMEOUT, settings.FRONT_END_READ_TIMEOUT)
    with session().get(
        f"{settings.FRONT_END_URL.rstrip('/')}{path}",
        headers=headers,
        timeout=waits,
        allow_redirects=False,
        stream=True,
    ) as answer:
        if answer.status_code >= 500:
            log.warning("front_end.fault", extra={"status": answer.status_code, "path": path})
            raise OSError(f"The front end answered {answer.status_code}.")
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code not in PAGES or not is_page:
            raise PageError(
                f"GOV.UK's front end answered {answer.status_code} instead of this page. "
                "It may not know this type of page yet. Tell the people who run this service."
            )
        return answer.status_code, whole(answer)


def whole(answer: requests.Response) -> bytes:
    """Return the body of an answer.

    Raises:
        PageError: larger than any page.

    """
    body = b""
    for piece in answer.iter_content(64 * 1024):
        body += piece
        if len(body) > LARGEST_PAGE:
            raise PageError("GOV.UK's front end answered with more than 10 MB. Split the page.")
    return body
