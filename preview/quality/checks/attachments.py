"""Files that not everybody can read have somebody to ask."""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule


@rule(
    "attachment-contact",
    "warning",
    "People who use assistive technology need somebody to ask for another format.",
)
def contact(page: Page) -> Iterator[Spot]:
    """Find files that are not accessible and name nobody to ask."""
    general = page.item.details.raw.get("alternative_format_contact_email")
    for row in page.item.details.objects("attachments"):
        inaccessible = row.raw.get("accessible") is False
        is_file = row.raw.get("attachment_type", "file") == "file"
        asks = row.raw.get("alternative_format_contact_email") or general
        if inaccessible and is_file and not asks:
            title = row.text("title") or row.text("filename")
            what = f"Give an e-mail address for other formats of “{title}”, or an accessible file."
            yield Spot(what, title, pointer=row.pointer)


@rule("attachment-title", "warning", "A file name tells readers nothing about what is inside.")
def title(page: Page) -> Iterator[Spot]:
    """Find files whose title is missing or is the name of the file."""
    for row in page.item.details.objects("attachments"):
        named, file = row.text("title").strip(), row.text("filename")
        if not named or (file and named.lower() == file.lower()):
            what = f"Give the attachment “{named or file}” a title that says what it is."
            yield Spot(what, named or file, pointer=row.pointer)
