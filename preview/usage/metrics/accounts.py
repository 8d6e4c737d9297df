"""Accounts kept: unsuspended accounts on integration, the upper bound of who could use it.

Signon suspends an account 45 days after its last sign-in, so the number falls by itself. Only the
newest export is known, so only the running week has a value.
"""

from __future__ import annotations

from datetime import date

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame
from preview.usage.models import UsagePerson
from preview.usage.queries import accounts_kept


def measure(frame: Frame) -> dict[date, float | None]:
    """Return the accounts of now in the running week, and nothing before."""
    found: dict[date, float | None] = dict.fromkeys(frame.weeks)
    if UsagePerson.objects.exists():
        found[frame.weeks[-1]] = float(sum(number for _, number in accounts_kept()))
    return found


register(
    Metric(
        "accounts",
        "Accounts kept",
        "accounts",
        measure,
        "Accounts on integration that are not suspended, by the newest export.",
        of_logs=False,
    )
)
