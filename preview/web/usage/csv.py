"""Figures as files: CSV that no spreadsheet runs as formulas, with what it holds in its head."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from preview.audit.export import safe_cell
from preview.usage.programme.standings import today_in_london

NOTE = "Fewer than 5 people are written as 1 to 4. Empty means not known."


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], filters: Mapping[str, str]
) -> HttpResponse:
    """Return a CSV file (UTF-8, ISO dates) whose first lines and name say what it holds."""
    out = io.StringIO()
    writer = csv.writer(out)
    day = today_in_london().isoformat()
    chosen = ", ".join(f"{key}: {value}" for key, value in filters.items()) or "all"
    for sentence in (f"Integration usage on {day}", f"Filters: {chosen}", NOTE):
        writer.writerow([safe_cell(f"# {sentence}")])
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    marks = [re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") for value in filters.values()]
    file = "-".join(filter(None, [name, day, *marks]))[:120]
    response["Content-Disposition"] = f'attachment; filename="{file}.csv"'
    return response
