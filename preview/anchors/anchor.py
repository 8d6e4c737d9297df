"""What is stored of a passage, so that it is found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from preview.reading import squeezed

# Letters of context that are kept on each side, and of a quote that are kept at all.
CONTEXT = 64
LONGEST = 5000
# One sign for each way to write it, so that a quotation mark made curly moves nothing.
SIGNS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\t": " ",
        "\n": " ",
    }
)


def normal(text: str) -> str:
    """Return a text with one sign for each way to write it, letter by letter as long as it was."""
    return text.translate(SIGNS)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage: its words, up to 64 letters before and after, and where it stood.

    path: of its first block, as `reading.Block.path`; at: its first letter within that block.
    copies: how often its words stood in the page when it was made.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    path: str = ""
    at: int = -1
    copies: int = 1

    @classmethod
    def from_selector(cls, selector: Mapping[str, Any]) -> Anchor:
        """Return the anchor of a Web Annotation text quote selector; what is no text is empty."""

        def text(name: str) -> str:
            value = selector.get(name)
            return squeezed(value) if isinstance(value, str) else ""

        quote, prefix, suffix = text("exact"), text("prefix"), text("suffix")
        return cls(quote[:LONGEST], prefix[-CONTEXT:], suffix[:CONTEXT])

    def selector(self) -> dict[str, str]:
        """Return the Web Annotation text quote selector."""
        return {
            "type": "TextQuoteSelector",
            "exact": self.quote,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }
