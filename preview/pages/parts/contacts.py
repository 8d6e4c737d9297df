"""How to reach an organisation: addresses, e-mail addresses, forms, telephone numbers.

Source: alphagov/collections `app/presenters/organisations/contacts_presenter.rb`; addresses in
running text become links as tenderlove/rails_autolink makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.labels import Labels
from preview.pages.sanitise import sanitised

LINES = ("title", "street_address", "locality", "region", "postal_code", "world_location")
MARKUP = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
ADDRESS = re.compile(
    r"(?P<web>(?:https?|ftp)://[^\s<\u00a0\"]+|www\.\w[^\s<\u00a0\"]*)"
    r"|(?P<mail>[\w.!#$%'*/=?^`{|}~+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
TRAILING = re.compile(r"(?:&\w+;|[^\w/=])+$")


@dataclass(frozen=True)
class Contact:
    """One way or several to reach somebody; `postal` is a list of addresses by their lines."""

    title: str
    locale: str = ""
    postal: list[list[str]] = field(default_factory=list)
    emails: list[Destination] = field(default_factory=list)
    forms: list[Destination] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)
    description: Markup = field(default_factory=Markup)

    @property
    def reachable(self) -> bool:
        """Whether anything but an address is known."""
        return bool(self.emails or self.forms or self.phones)


def contacts(items: list[ContentItem], label: Labels, *, foi: bool = False) -> list[Contact]:
    """Return contacts; those for freedom of information requests have other default titles."""
    return [contact(one, label, foi=foi) for one in items]


def contact(item: ContentItem, label: Labels, *, foi: bool = False) -> Contact:
    """Return a contact out of its item."""
    details = item.details
    title = details.text("title") or label.plain("foi.requests" if foi else "contact.details")
    form = label.plain("foi.form") if foi else label.plain("contact.form", title=title)
    written = [row for row in details.objects("email_addresses") if row.text("email")]
    return Contact(
        title,
        item.text("locale"),
        [lines for row in details.objects("post_addresses") if (lines := postal(row))],
        [Destination(row.text("email"), mail_address(row.text("email"))) for row in written],
        [
            Destination(row.text("description") or form, row.text("link"))
            for row in details.objects("contact_form_links")
            if row.text("link")
        ],
        [
            (row.text("title") or label.plain("contact.telephone"), row.text("number"))
            for row in details.objects("phone_numbers")
        ],
        described(details),
    )


def postal(row: Fields) -> list[str]:
    """Return the lines of an address."""
    lines = [line for name in LINES for line in row.text(name).splitlines()]
    return [line for line in lines if line.strip()]


def mail_address(email: str) -> str:
    """Return what a link to write an e-mail leads to."""
    return f"mailto:{quote(email, safe='@')}"


def described(details: Fields) -> Markup:
    """Return what is said of a contact, with its addresses as links."""
    text = details.text("description").replace("\r\n", "<br>")
    return auto_linked(sanitised(text)) if text.strip() else Markup()


def auto_linked(html: Markup) -> Markup:
    """Return HTML in which the addresses of its text are links."""
    parts = MARKUP.split(html)
    linked = [part if at % 2 else ADDRESS.sub(as_link, part) for at, part in enumerate(parts)]
    return Markup("".join(linked))  # noqa: S704 (sanitised above; only links were added)


def as_link(found: re.Match[str]) -> str:
    """Return an address of sanitised text as a link, without the punctuation that follows it."""
    whole = found[0]
    if found["mail"]:
        return str(Markup('<a class="govuk-link" href="mailto:{0}">{0}</a>').format(whole))
    after = TRAILING.search(whole)
    shown = Markup(whole[: after.start()] if after else whole)  # noqa: S704 (escaped already)
    rest = whole[len(shown) :]
    href = shown if "://" in shown else Markup("http://") + shown
    return f'<a class="govuk-link" href="{escape(href)}">{shown}</a>{rest}'
