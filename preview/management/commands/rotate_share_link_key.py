"""Make a new key for share links; older keys stay until no link that they signed can live."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from preview.audit.actions import record_entry
from preview.sharing.tokens import encoded

NAME = "SHARE_LINK_KEYS"


class Command(BaseCommand):
    help = "Print SHARE_LINK_KEYS with a new key first; the keys before it stay as long as needed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--env-file", type=Path, help="a file of NAME=value lines to write it into"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        today = datetime.now(UTC).date()
        keys = rotated(settings.SHARE_LINK_KEYS, today, settings.SHARE_LINK_MAX_DAYS)
        line = f"{NAME}={','.join(f'{key_id}:{seed}' for key_id, seed in keys.items())}"
        newest = next(iter(keys))
        record_entry(
            action="share_link_key.rotate",
            actor="operator",
            subject=f"share_link_key:{newest}",
            kept=len(keys) - 1,
            dropped=len(settings.SHARE_LINK_KEYS) - len(keys) + 1,
        )
        if options["env_file"] is None:
            self.stdout.write(line)
            return
        write(options["env_file"], line)
        self.stdout.write(f"{newest} signs new links once the service is started again.")


def rotated(keys: dict[str, str], today: date, most_days: int) -> dict[str, str]:
    """Return the keys with a new one first.

    A key signed links until the next newer one was made; such a link lives `most_days` at most. A
    key that is followed by a key made longer ago than that is dropped.
    """
    made: dict[str, str] = {fresh_id(keys, today): encoded(secrets.token_bytes(32))}
    followed_since: date | None = today
    for key_id, seed in keys.items():
        if followed_since is None or followed_since + timedelta(days=most_days) >= today:
            made[key_id] = seed
        followed_since = day_of(key_id)
    return made


def fresh_id(keys: dict[str, str], today: date) -> str:
    """Return an id that tells the day and was never used."""
    base = f"k{today:%Y%m%d}"
    return next(
        one for n in range(1, 100) if (one := base if n == 1 else f"{base}-{n}") not in keys
    )


def day_of(key_id: str) -> date | None:
    """Return the day that a key's id tells; None where it tells none."""
    try:
        return datetime.strptime(key_id.partition("-")[0], "k%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def write(path: Path, line: str) -> None:
    """Put the line into a file of settings, in one step; its other lines stay.

    Raises:
        CommandError: there is no such file.

    """
    if not path.is_file():
        raise CommandError(f"There is no file {path}. Name the file that holds the settings.")
    lines = [one for one in path.read_text("utf-8").splitlines() if not one.startswith(f"{NAME}=")]
    fresh = path.with_name(f"{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_text("\n".join([*lines, line]) + "\n", "utf-8")
    fresh.replace(path)
