"""Home and a draft's page with 100 and with 100,000 drafts: what they cost must not follow."""

from __future__ import annotations

import logging
import os
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.usage_pages import ROUNDS, p95

DRAFTS = (100, 100_000)
MINE = 50  # one draft of so many was saved by whoever looks
BATCH = 2_000


def measure() -> dict[str, Any]:
    """Return p95 of both pages in milliseconds, and the ratio of 100,000 drafts to 100."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
        import django

        django.setup()
        logging.disable(logging.INFO)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        found: dict[str, Any] = {}
        have = 0
        for count in DRAFTS:
            fill(have, count)
            have = count
            found[f"{count}_drafts"] = measured()
        few, many = (found[f"{count}_drafts"] for count in DRAFTS)
        found["ratio"] = {page: round(many[page] / few[page], 2) for page in few}
        return found


def measured() -> dict[str, float]:
    """Return p95 by page, the best of some rounds."""
    from django.test import Client

    from preview.accounts.mock import example_people
    from preview.drafts.models import Draft

    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(next(one for one in example_people() if one.uid == "mock-editor"))
    draft = Draft.objects.get(base_path="/bench-0")
    places = {"home": "/", "search": "/?q=harbour+7", "draft": f"/drafts/{draft.pk}"}
    return {name: min(p95(client, place) for _ in range(ROUNDS)) for name, place in places.items()}


def fill(first: int, last: int) -> None:
    """Save drafts with the numbers from `first` to before `last`, each with version and pack."""
    from django.db import transaction
    from django.utils import timezone

    from preview.accounts.mock import ORGANISATIONS, example_people
    from preview.accounts.models import PublisherApp
    from preview.drafts.models import Draft, Version
    from preview.packs.models import Pack, PackDraft

    example_people()
    app, _ = PublisherApp.objects.get_or_create(name="bench")
    now, payload = timezone.now(), b'{"title":"Harbour"}'
    with transaction.atomic():
        for start in range(first, last, BATCH):
            numbers = range(start, min(start + BATCH, last))
            drafts = [
                Draft(
                    content_id=uuid.uuid4(),
                    locale="en",
                    app=app,
                    title=f"Harbour {number}",
                    base_path=f"/bench-{number}",
                    version_number=1,
                    schema_name="answer",
                    document_type="answer",
                    organisation_content_id=ORGANISATIONS[number % 2][0],
                    updated_at=now - timedelta(seconds=number),
                )
                for number in numbers
            ]
            Draft.objects.bulk_create(drafts)
            packs = [Pack(own_draft=one) for one in drafts]
            Pack.objects.bulk_create(packs)
            PackDraft.objects.bulk_create(
                PackDraft(pack=pack, draft=pack.own_draft) for pack in packs
            )
            Version.objects.bulk_create(
                Version(
                    draft=draft,
                    number=1,
                    payload=payload,
                    sha256="0" * 64,
                    submitted_by="" if number % MINE else "mock-editor",
                )
                for number, draft in zip(numbers, drafts, strict=True)
            )
