"""Telling whoever made a link what became of it, where they did not do it themselves."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable

from django.conf import settings

from preview.accounts.models import Person
from preview.mail.actions import write_letter
from preview.sharing.models import ShareLink


def tell_maker(link: ShareLink, what: str) -> None:
    """Write to the person who made a link: it was `ended` or `suspended`.

    Nobody is written to about a link that an app made: apps hear of ends by webhook. The label may
    say what the draft is about, so it stays out of letters about a limited or sensitive one.
    """
    uid = link.created_by.removeprefix("person:")
    label = "" if link.pack.secret else link.label
    for person in Person.objects.active().filter(uid=uid):
        write_letter(
            to=person.email,
            template=f"link_{what}",
            reference=f"link:{link.id}",
            label=label,
            address=f"{settings.SERVICE_ORIGIN}/packs/{link.pack_id}/share",
        )


def tell_makers(links: Iterable[uuid.UUID], organisation: str) -> None:
    """Write once to each person who made some of these links: an admin ended so many of them."""
    makers = ShareLink.objects.filter(id__in=links).values_list("created_by", flat=True)
    counts = Counter(one.removeprefix("person:") for one in makers)
    for person in Person.objects.active().filter(uid__in=counts):
        write_letter(
            to=person.email,
            template="links_ended",
            reference=f"person:{person.uid}",
            count=counts[person.uid],
            organisation=organisation,
            address=f"{settings.SERVICE_ORIGIN}/packs",
        )
