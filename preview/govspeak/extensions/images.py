"""Images: `!!1`, `[Image:id]`, `[embed:attachments:image:id]`."""

from __future__ import annotations

import re
from urllib.parse import quote

from preview.govspeak.escaping import escape_value
from preview.govspeak.extensions.registry import Context, extension
from preview.govspeak.labels import label
from preview.govspeak.options import Item, named, text_of

SAFE = "/:?#[]@!$&'()*+,;=%-._~"


def figure(context: Context, image: Item, *, own_id: str = "", alternative: str = "") -> str:
    """Return the figure of an image with its caption and credit."""
    name = f' id="attachment_{escape_value(own_id)}"' if own_id else ""
    address = escape_value(quote(text_of(image, "url"), safe=SAFE))
    shown = escape_value(alternative)
    return (
        f'<figure{name} class="image embedded"><div class="img"><img src="{address}"'
        f' alt="{shown}"></div>{caption(context, image)}</figure>'
    )


def caption(context: Context, image: Item) -> str:
    """Return the caption; "" where there is nothing to say."""
    lines = []
    if text := text_of(image, "caption").strip():
        lines.append(f"<p>{text}</p>")
    if credit := text_of(image, "credit").strip():
        lines.append(f"<p>{label('image_credit', context.options.locale)}: {credit}</p>")
    return f"\n<figcaption>{chr(10).join(lines)}</figcaption>" if lines else ""


@extension(80, "!!", r"^!!([0-9]+)")
def numbered(context: Context, match: re.Match[str]) -> str:
    """Show the image of this number, counted from one; zero is the last."""
    images = context.options.images
    number = int(match[1][:9]) - 1
    if not -1 <= number < len(images) or not images:
        return ""
    return figure(context, images[number], alternative=text_of(images[number], "alt_text"))


@extension(100, "[embed:attachments:image:", r"\[embed:attachments:image:\s*([^\n\[\]]*?)\s*\]")
def attached(context: Context, match: re.Match[str]) -> str:
    """Show an attached image."""
    found = named(context.options.attachments, "content_id", match[1])
    if found is None:
        return ""
    own_id = text_of(found, "id")
    return figure(
        context, found, own_id=own_id, alternative=text_of(found, "title").replace("\n", " ")
    )


@extension(210, "[Image:", r"^\[Image:\s*([^\n\[\]]*?)\s*\]")
def embedded(context: Context, match: re.Match[str]) -> str:
    """Show an image by its file name."""
    found = named(context.options.images, "id", match[1])
    if found is None:
        return ""
    return figure(context, found, alternative=text_of(found, "alt_text"))
