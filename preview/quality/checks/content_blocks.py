"""Content blocks and other parts that Govspeak fills in are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

LEFT = re.compile(
    r"\{\{[^{}\n]{1,200}\}\}|\[(?:Image|Attachment|AttachmentLink|InlineAttachment|Contact|embed):"
    r"[^\]\n]{1,200}\]|!@\d+|\$(?:CTA|A|C|E|D|P)\b|\{::?[a-z][^}\n]{0,80}\}"
)


@rule("unfilled", "error", "Readers would see the code instead of what it stands for.")
def unfilled(page: Page) -> Iterator[Spot]:
    """Find code in the text that should have become something."""
    for block in page.blocks:
        if block.kind == "code":
            continue
        for found in LEFT.finditer(block.text):
            what = f"“{short(found.group())}” is not filled in. Check that it is spelled right and"
            yield Spot(f"{what} that what it names exists.", found.group(), block.path)
