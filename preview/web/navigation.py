"""The navigation of staff's pages: a row for each part of the service, shown to who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from preview.accounts.models import Person


@dataclass(frozen=True)
class Part:
    """A part: its name, the name of its address, the permission that it needs ("" for none)."""

    name: str
    address: str
    permission: str = ""


PARTS = (
    Part("Drafts", "drafts"),
    Part("Packs", "packs"),
    Part("Usage", "usage"),
    Part("Notifications", "notification_settings"),
    Part("Audit", "audit_trail", "audit"),
    Part("Webhooks", "webhooks", "admin"),
    Part("Admin", "administration", "admin"),
)


def navigation(person: Person, current: str = "") -> list[dict[str, object]]:
    """Return the rows for the Design System's service navigation; `current` is a part's name."""
    return [
        {"text": one.name, "href": reverse(one.address), "active": one.name == current}
        for one in PARTS
        if not one.permission or one.permission in person.permissions
    ]
