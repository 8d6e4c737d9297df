"""Pension blocks: rates, and what a year of waiting adds up to.

Source: alphagov/govuk_content_block_tools
`app/components/content_block_tools/pension_component.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from preview.overlay.blocks.registry import Block, title, whole


@whole("pension")
def pension(block: Block) -> Markup | str | None:
    """Return the block's title, or the rate's amount where one rate is named."""
    value = block.field() if block.path else None
    if isinstance(value, Mapping):
        amount = value.get("amount")
        return amount if isinstance(amount, str) else None
    return title(block) if block.format == "default" else None
