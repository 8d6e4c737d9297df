"""Pension blocks: rates, and what weeks of waiting add up to.

Source: alphagov/govuk_content_block_tools
`app/components/content_block_tools/pension_component.rb`, `pension/one_off_arrears_component.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from preview.overlay.blocks.registry import Block, title, whole

WEEKS = (52, 27)
POUNDS = re.compile(r"£?([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(\.[0-9]{1,2})?", re.ASCII)
ARREARS = Markup(
    '<p>If you defer your <a href="/new-state-pension">full new State Pension</a> for {} weeks, '
    "you'll get a one-off arrears payment of {}.</p>"
)


@whole("pension")
def pension(block: Block) -> Markup | str | None:
    """Return the block in its format, or the rate's amount where one rate is named."""
    value = block.field() if block.path else None
    if isinstance(value, Mapping):
        amount = value.get("amount")
        return amount if isinstance(amount, str) else None
    make = FORMATS.get(block.format)
    return make(block) if make else None


def one_off_arrears(block: Block) -> Markup | None:
    """Return what waiting pays in one sum; None where there is not one rate, with an amount."""
    rates = block.details.get("rates")
    rows = list(rates.values()) if isinstance(rates, Mapping) else []
    weekly = pounds(rows[0].get("amount")) if one_mapping(rows) else None
    if weekly is None:
        return None
    lines = [ARREARS.format(weeks, f"£{weekly * weeks:,.2f}") for weeks in WEEKS]
    return Markup("<div>{}</div>").format(Markup().join(lines))


def one_mapping(rows: list[Any]) -> bool:
    """Tell whether there is one rate and no other."""
    return len(rows) == 1 and isinstance(rows[0], Mapping)


def pounds(amount: Any) -> Decimal | None:
    """Return an amount such as £1,221.20; None where the text is no sum of money."""
    found = POUNDS.fullmatch(amount.strip()) if isinstance(amount, str) else None
    return Decimal(found[0].strip("£").replace(",", "")) if found else None


FORMATS: dict[str, Callable[[Block], Markup | str | None]] = {
    "default": title,
    "one_off_arrears": one_off_arrears,
}
