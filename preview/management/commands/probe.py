"""Prove that a pack is closed to outsiders, by fetching every address of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from preview.packs.models import Pack
from preview.sharing.probing import probe_pack


class Command(BaseCommand):
    help = "Fetch every address of a pack as an outsider, print the proof and record it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pack", type=uuid.UUID, help="the pack's id, as in its address")
        parser.add_argument(
            "--base-url", default="", help="where the service answers, if not at its origins"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        pack = Pack.objects.filter(id=options["pack"]).first()
        if pack is None:
            raise CommandError("There is no such pack. Take the id from the address of its page.")
        proof = probe_pack(pack=pack, actor="operator", base_url=options["base_url"])
        for look in proof.looks:
            self.stdout.write(look.line())
        self.stdout.write(
            f"{len(proof.looks)} requests, {len(proof.open)} not closed. SHA-256: {proof.digest}"
        )
        if proof.open:
            raise CommandError("The pack is not closed. End its share links, then probe again.")
