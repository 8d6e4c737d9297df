"""The picture of a page.

Source: alphagov/frontend `app/models/concerns/news_image.rb`, `lead_image`.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.pages.fields import Fields
from preview.pages.item import ContentItem


@dataclass(frozen=True)
class Picture:
    """An image: address, alternative text, caption, whom to thank."""

    src: str
    alt: str
    caption: str = ""
    credit: str = ""


def lead_picture(item: ContentItem) -> Picture | None:
    """Return the picture at the head of a page, in either of the forms that items have."""
    for image in item.details.objects("images"):
        if image.text("type") == "lead":
            sources = image.fields("sources")
            return picture(image, sources.text("s300") or image.text("url"))
    image = item.details.fields("image")
    return picture(image, image.text("url"))


def default_picture(item: ContentItem) -> Picture | None:
    """Return the picture that stands for the publisher, where the page has none."""
    publisher = item.link("primary_publishing_organisation")
    if publisher is None:
        return None
    image = publisher.details.fields("default_news_image")
    return picture(image, image.text("url"))


def picture(image: Fields, src: str) -> Picture | None:
    """Return a picture out of the fields of an image."""
    if not src:
        return None
    return Picture(
        src, image.text("alt_text"), image.text("caption").strip(), image.text("credit").strip()
    )
