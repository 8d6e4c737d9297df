"""Who holds and held which role: the appointments that link people and roles.

Source: alphagov/collections `app/models/person.rb`, `app/presenters/role_presenter.rb`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from preview.pages.dates import LONDON
from preview.pages.item import ContentItem
from preview.pages.labels import Labels

EARLIEST = datetime.min.replace(tzinfo=UTC)
LAST = 10**9


def appointments(item: ContentItem, *, current: bool) -> list[ContentItem]:
    """Return the appointments of a person or to a role that still stand, or that have ended."""
    found = item.links("role_appointments")
    return [one for one in found if one.details.raw.get("current") is current]


def in_persons_order(found: list[ContentItem]) -> list[ContentItem]:
    """Return a person's appointments in the order that editors gave them."""

    def order(one: ContentItem) -> int:
        number = one.details.number("person_appointment_order")
        return LAST if number is None else number

    return sorted(found, key=order)


def latest_first(found: list[ContentItem]) -> list[ContentItem]:
    """Return appointments by when they began, the latest first."""
    return sorted(found, key=started, reverse=True)


def started(one: ContentItem) -> datetime:
    """Return when an appointment began; one that does not say is the earliest."""
    return one.details.moment("started_on") or EARLIEST


def years(one: ContentItem, label: Labels) -> str:
    """Return from which year to which an appointment lasted."""
    start, end = (one.details.moment(name) for name in ("started_on", "ended_on"))
    return label.plain(
        "person.years",
        start=start.astimezone(LONDON).year if start else "",
        end=end.astimezone(LONDON).year if end else "",
    ).strip()


def roles(found: list[ContentItem]) -> list[ContentItem]:
    """Return the roles of appointments, those that could be looked up."""
    linked = [one.link("role") for one in found]
    return [role for role in linked if role]


def in_a_sentence(names: list[str], label: Labels) -> str:
    """Return names as a sentence has them: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {label.plain('page.and')} {names[-1]}"
