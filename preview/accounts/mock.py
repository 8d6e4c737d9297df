"""Four example people for machines without Signon; used only where `SIGN_IN=mock` asks for it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from preview.accounts.actions import save_person
from preview.accounts.models import Organisation, Person

ORGANISATIONS = (
    (UUID("5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101"), "Department for Harbours", "harbours"),
    (UUID("5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a102"), "Ministry of Orchards", "orchards"),
)
OPEN = {"harbours"}  # whose drafts may be shared with anyone who has the link
PEOPLE = (
    ("mock-editor", "Edith Example", "edith@harbours.example", 0, ["signin", "share_sensitive"]),
    ("mock-other-editor", "Oscar Example", "oscar@orchards.example", 1, ["signin"]),
    ("mock-admin", "Ada Example", "ada@harbours.example", 0, ["signin", "admin", "manage_usage"]),
    ("mock-auditor", "Audrey Example", "audrey@orchards.example", 1, ["signin", "audit"]),
)


def refuse_unless_allowed() -> None:
    """Refuse to start where everybody could sign in as anybody and nobody said that they may.

    Raises:
        ImproperlyConfigured: `SIGN_IN=mock` without `DEBUG` and without `ALLOW_MOCK_SIGN_IN`.

    """
    if settings.SIGN_IN == "mock" and not (settings.DEBUG or settings.ALLOW_MOCK_SIGN_IN):
        raise ImproperlyConfigured(
            "SIGN_IN=mock lets everybody sign in as an example person. Set SIGN_IN=signon, or "
            "ALLOW_MOCK_SIGN_IN=true on a machine that nobody else can reach."
        )


def example_organisations() -> list[Organisation]:
    """Return the organisations of the example people, made on first use.

    Whoever makes one of them first makes it by this: it says what may be done with its drafts.
    """
    found = Organisation.objects.in_bulk([content_id for content_id, _, _ in ORGANISATIONS])
    for content_id, title, slug in ORGANISATIONS:
        if content_id not in found:
            found[content_id], _ = Organisation.objects.get_or_create(
                content_id=content_id,
                defaults={"title": title, "slug": slug, "anyone_links_allowed": slug in OPEN},
            )
    return [found[content_id] for content_id, _, _ in ORGANISATIONS]


def as_known(person: Person) -> tuple[str, str, list[str], UUID | None]:
    """Return what is known of an example person."""
    return person.name, person.email, person.permissions, person.organisation_id


def example_people() -> list[Person]:
    """Return the four example people, made on first use."""
    by_position = example_organisations()
    uids = [uid for uid, *_ in PEOPLE]
    known = {one.uid: one for one in Person.objects.filter(uid__in=uids)}
    people = []
    for uid, name, email, position, permissions in PEOPLE:
        organisation = by_position[position]
        person = known.get(uid)
        wanted = (name, email, permissions, organisation.content_id)
        if person is None or wanted != as_known(person):
            person = save_person(
                uid=uid,
                name=name,
                email=email,
                permissions=permissions,
                organisation=organisation,
            )
        person.organisation = organisation
        people.append(person)
    return people
