"""How to reach an office: its address, and the ways to get in touch.

Source: alphagov/frontend `app/presenters/linked_contact_presenter.rb`,
`app/views/worldwide_organisation/_contact.html.erb`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from preview.govspeak.components.contact import comments, postal_address
from preview.pages.item import ContentItem
from preview.pages.sanitise import sanitised

NOTHING = Markup()


@dataclass(frozen=True)
class Contact:
    """A contact: of several addresses, e-mails or forms a page shows the first."""

    title: str
    address: Markup = NOTHING
    email: str = ""
    form: str = ""
    phones: list[tuple[str, str]] = field(default_factory=list)
    comments: Markup = NOTHING


def contact(item: ContentItem) -> Contact:
    """Return the contact that an item of the schema `contact` holds."""
    details = item.details
    addresses = details.objects("post_addresses")
    emails = details.objects("email_addresses")
    forms = details.objects("contact_form_links")
    phones = [(row.text("title"), row.text("number")) for row in details.objects("phone_numbers")]
    return Contact(
        details.text("title") or item.title,
        sanitised(postal_address(addresses[0].raw)) if addresses else NOTHING,
        emails[0].text("email") if emails else "",
        forms[0].text("link") if forms else "",
        [phone for phone in phones if phone[1]],
        sanitised(comments(details.text("description"))),
    )
