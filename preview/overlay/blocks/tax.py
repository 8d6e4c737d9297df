"""Tax blocks: a rate by itself, and the table of bands.

Source: alphagov/govuk_content_block_tools
`app/components/content_block_tools/tax/tax_table_component.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from preview.overlay.blocks.registry import Block, title, whole

HEADS = ("Band", "Taxable income", "Tax rate")
HEAD = Markup('<th class="govuk-table__header" scope="col">{}</th>')
CELL = Markup('<td class="govuk-table__cell">{}</td>')
ROW = Markup('<tr class="govuk-table__row">{}</tr>')
TABLE = Markup(
    '<table class="govuk-table"><thead class="govuk-table__head">{}</thead>'
    '<tbody class="govuk-table__body">{}</tbody></table>'
)


@whole("tax")
def tax(block: Block) -> Markup | str | None:
    """Return the table of bands where it is asked for, else the title."""
    if block.format == "tax_table":
        return table(rates_of(block))
    return title(block) if block.format == "default" else None


def rates_of(block: Block) -> list[Mapping[str, Any]]:
    """Return the rates of the first thing that is taxed and has bands."""
    things = block.details.get("things_taxed")
    for thing in things.values() if isinstance(things, Mapping) else ():
        rates = thing.get("rates") if isinstance(thing, Mapping) else None
        rows = list(rates.values()) if isinstance(rates, Mapping) else rates
        found = [row for row in rows or () if isinstance(row, Mapping) and band(row)]
        if found:
            return found
    return []


def band(rate: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first band of a rate, empty where it has none."""
    bands = rate.get("bands")
    rows = list(bands.values()) if isinstance(bands, Mapping) else bands
    first = rows[0] if isinstance(rows, list) and rows else None
    return first if isinstance(first, Mapping) else {}


def threshold(rate: Mapping[str, Any], name: str) -> str:
    """Return a threshold of the first band."""
    found = band(rate).get(name)
    return str(found.get("value", "")) if isinstance(found, Mapping) else ""


def income(rates: list[Mapping[str, Any]], at: int) -> str:
    """Return which income a rate is for."""
    rate = rates[at]
    if at == len(rates) - 1:
        return f"over {threshold(rate, 'lower_threshold')}"
    if at == 0:
        return f"Up to {threshold(rate, 'upper_threshold')}"
    return f"{threshold(rate, 'lower_threshold')} to {threshold(rate, 'upper_threshold')}"


def table(rates: list[Mapping[str, Any]]) -> Markup:
    """Return the table of bands; nothing where there are no rates."""
    if not rates:
        return Markup()
    head = ROW.format(Markup().join(HEAD.format(name) for name in HEADS))
    rows = [
        (band(rate).get("name", ""), income(rates, at), rate.get("value", ""))
        for at, rate in enumerate(rates)
    ]
    lines = [ROW.format(Markup().join(CELL.format(cell) for cell in row)) for row in rows]
    return TABLE.format(head, Markup().join(lines))
