"""The attachment components, block and link.

Source: alphagov/govuk_publishing_components `components/_attachment.html.erb` and
`_attachment_link.html.erb`, for structure and classes. Icons are drawn for this project.
"""

from __future__ import annotations

from html import escape

from preview.govspeak.components.file_facts import component_attributes
from preview.govspeak.escaping import encoded
from preview.govspeak.labels import label
from preview.govspeak.options import Item, text_of

BLOCK = "gem-c-attachment"
LINK = "gem-c-attachment-link"
ODF_GUIDE = "https://www.gov.uk/guidance/using-open-document-formats-odf-in-your-organisation"
PRINTED_COPIES = "https://www.gov.uk/guidance/how-to-buy-printed-copies-of-official-documents"
LINES = '<path d="M20 50h60v6H20zM20 70h60v6H20zM20 90h40v6H20z"></path>'
ICON = (
    '<svg class="{block}__thumbnail-image" version="1.1" viewBox="0 0 99 140" width="99"'
    ' height="140" aria-hidden="true">{lines}</svg>'
)


def attachment(item: Item, locale: str, heading: str = "h2") -> str:
    """Return the block component of a file, its title a heading of that level."""
    address = escape(encoded(text_of(item, "url")))
    title = escape(text_of(item, "title"))
    icon = ICON.format(block=BLOCK, lines=LINES)
    parts = [
        f'<section class="{BLOCK} govuk-!-margin-bottom-6">',
        f'<div class="{BLOCK}__thumbnail govuk-!-display-none-print">',
        f'<a class="govuk-link" target="_self" tabindex="-1" aria-hidden="true" href="{address}">',
        f' {icon} </a></div><div class="{BLOCK}__details"><{heading} class="{BLOCK}__title">',
        f'<a class="govuk-link" target="_self" href="{address}">{title}</a></{heading}>',
        *references(item, locale),
        metadata(component_attributes(item, locale, BLOCK)),
        preview(item, locale, title),
        open_document(item, locale),
        order_a_copy(item, locale),
        other_formats(item, locale),
        "</div></section>",
    ]
    return "".join(parts)


def attachment_link(item: Item, locale: str) -> str:
    """Return the link component of a file."""
    address, title = escape(encoded(text_of(item, "url"))), escape(text_of(item, "title"))
    facts = component_attributes(item, locale, LINK)
    link = f'<a class="govuk-link" href="{address}">{title}</a>'
    return f'<span class="{LINK}"> {link} {f" ({facts})" if facts else ""}</span>'


def metadata(text: str, more: str = "") -> str:
    """Return a line below the title; "" for no text."""
    return f'<p class="{BLOCK}__metadata{more}">{text}</p>' if text else ""


def references(item: Item, locale: str) -> list[str]:
    """Return the lines with the numbers of a paper."""
    compact = f" {BLOCK}__metadata--compact"
    isbn, paper = text_of(item, "isbn"), text_of(item, "hoc_paper_number")
    session = text_of(item, "parliamentary_session")
    known = [
        f"ISBN {isbn}" if isbn else "",
        text_of(item, "unique_reference"),
        text_of(item, "command_paper_number"),
        f"HC {paper} {session}".strip() if paper else "",
    ]
    named = ", ".join(escape(one) for one in known if one)
    lines = [metadata(label("reference", locale, references=named), compact)] if named else []
    unnumbered = ("unnumbered_command_paper", "unnumbered_hoc_paper")
    return lines + [metadata(label(key, locale), compact) for key in unnumbered if item.get(key)]


def preview(item: Item, locale: str, title: str) -> str:
    """Return the link to the file's contents online."""
    address = escape(encoded(text_of(item, "preview_url")))
    if not address:
        return ""
    name = label("view_title_online", locale, title=title)
    link = f'<a class="govuk-link" aria-label="{name}" href="{address}">'
    return metadata(f"{link}{label('view_online', locale)}</a>")


def open_document(item: Item, locale: str) -> str:
    """Say that a file is in an OpenDocument format."""
    if "opendocument" not in text_of(item, "content_type"):
        return ""
    name = label("opendocument_link", locale)
    link = f'<a href="{ODF_GUIDE}" target="_self" class="govuk-link">{name}</a>'
    return metadata(label("opendocument", locale, link=link))


def order_a_copy(item: Item, locale: str) -> str:
    """Return the link to order an official paper."""
    official = ("command_paper_number", "hoc_paper_number")
    unnumbered = ("unnumbered_command_paper", "unnumbered_hoc_paper")
    if not any(item.get(key) for key in official + unnumbered):
        return ""
    link = (
        '<a class="govuk-link govuk-link--no-visited-state" target="_blank" rel="noopener"'
        f' href="{PRINTED_COPIES}">{label("order_a_copy", locale)}</a>'
    )
    return metadata(link)


def other_formats(item: Item, locale: str) -> str:
    """Return how to ask for an accessible format."""
    email = escape(text_of(item, "alternative_format_contact_email"))
    if not email or item.get("accessible") is True:
        return ""
    heading = label("request_format", locale)
    link = f'<a href="mailto:{email}" target="_blank" class="govuk-link">{email}</a>'
    return (
        f"{metadata(label('not_accessible', locale))}"
        f'<details class="gem-c-details govuk-details govuk-!-margin-bottom-0" title="{heading}">'
        '<summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
        f' {heading} </span></summary><div class="govuk-details__text">'
        f"{label('request_format_text', locale, email=link)}</div></details>"
    )
