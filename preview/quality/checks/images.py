"""Images have a text for those who can't see them.

Source: WCAG 2.2, 1.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short
from preview.reading import squeezed

FILE_NAME = re.compile(r"[\w-]+\.(?:jpe?g|png|gif|svg|webp)", re.IGNORECASE)
IMAGE_OF = re.compile(
    r"(?:an? )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b", re.IGNORECASE
)
LONGEST = 250


def name_of(address: str) -> str:
    """Return an image's file name."""
    return address.partition("?")[0].rpartition("/")[2] or "without an address"


@rule("alt-missing", "error", "People who can't see the image are told nothing, or its file name.")
def missing(page: Page) -> Iterator[Spot]:
    """Find images without alternative text, and linked ones whose link has no other words."""
    for image in page.named("img"):
        name = name_of(image.get("src"))
        if not image.has("alt"):
            what = f"Describe the image {name} for people who can't see it (alternative text)."
            yield Spot(what, image.get("src"))
    for link in page.named("a"):
        if "img" in link.inside and not link.text:
            what = (
                "An image is a link and has no words. Say in its alternative text where it leads."
            )
            yield Spot(what, link.get("href"))


@rule("alt-file-name", "warning", "A file name does not say what the image shows.")
def file_name(page: Page) -> Iterator[Spot]:
    """Find alternative texts that are file names."""
    for image in page.named("img"):
        alt = squeezed(image.get("alt"))
        if FILE_NAME.fullmatch(alt):
            yield Spot(f"Say what the image shows instead of its file name “{alt}”.", alt)


@rule("alt-repeats", "warning", "Screen reader users hear the same words twice.")
def repeats(page: Page) -> Iterator[Spot]:
    """Find alternative texts that are the caption or the text beside the image."""
    blocks = page.blocks
    for at, block in enumerate(blocks):
        if block.kind != "image" or not block.text:
            continue
        beside = [blocks[near] for near in (at - 1, at + 1) if 0 <= near < len(blocks)]
        same = [
            one for one in beside if one.text.lower().strip(". ") == block.text.lower().strip(". ")
        ]
        if same:
            what = f"The image's description repeats the text beside it: “{short(block.text)}”."
            yield Spot(
                f"{what} Describe what else it shows, or leave it empty.", block.text, block.path
            )


@rule("alt-image-of", "hint", "Screen readers say that it is an image.")
def image_of(page: Page) -> Iterator[Spot]:
    """Find alternative texts that start with “image of”."""
    for image in page.named("img"):
        alt = squeezed(image.get("alt"))
        if IMAGE_OF.match(alt):
            yield Spot(f"Start “{short(alt)}” with what the image shows.", alt)


@rule("alt-long", "hint", "A description can't be paused or skimmed.")
def too_long(page: Page) -> Iterator[Spot]:
    """Find alternative texts that are long."""
    for image in page.named("img"):
        alt = squeezed(image.get("alt"))
        if len(alt) > LONGEST:
            what = f"Shorten “{short(alt)}” and put the details into the text: {len(alt)} letters."
            yield Spot(what, alt)
