"""Writes of integration usage: rules, sources and their keys, training windows, people."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_network
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from preview.errors import InvalidInput
from preview.usage.features import LONDON
from preview.usage.formats import registry
from preview.usage.importing import mark_days_dirty
from preview.usage.models import (
    UsageDate,
    UsagePerson,
    UsageRules,
    UsageSource,
    UsageSourceKey,
    UsageTrainingWindow,
)
from preview.usage.ruleset import Rules, compiled, seeds

MOST_KEYS = 2
KEY_PREFIX = "cp_usage_"
CATEGORIES = ("", "editor", "trainee", "developer", "gds_content", "e2e")


@lru_cache(maxsize=4)
def of_version(version: int) -> Rules:
    """Return an edition of the rules, compiled; editions never change."""
    if version == 0:
        return compiled(seeds())
    return compiled(UsageRules.objects.get(version=version).document, version)


def active_rules() -> Rules:
    """Return the rules that apply now: the active edition, or the seeds."""
    active = UsageRules.objects.filter(active=True).values_list("version", flat=True).first()
    return of_version(active or 0)


def rules_without_tables() -> Rules:
    """Return the active rules, or the seeds where there is no database yet."""
    try:
        with transaction.atomic():
            return active_rules()
    except DatabaseError:
        return of_version(0)


@transaction.atomic
def save_rules(
    *, document: Mapping[str, Any], author: str = "", note: str = "", activate: bool = True
) -> UsageRules:
    """Keep a new edition of the rules; days that are open are rebuilt by it when it is active.

    Raises:
        InvalidUsageRules: says where and why.

    """
    newest = UsageRules.objects.select_for_update().order_by("-version").first()
    version = newest.version + 1 if newest else 1
    compiled(document, version)
    made = UsageRules.objects.create(
        version=version, document=dict(document), author=author, note=note[:500]
    )
    if activate:
        activate_rules(version=version)
        made.refresh_from_db()
    return made


@transaction.atomic
def activate_rules(*, version: int) -> None:
    """Let an edition apply from now on; a second call changes nothing."""
    UsageRules.objects.filter(active=True).exclude(version=version).update(active=False)
    if not UsageRules.objects.filter(version=version).update(active=True):
        raise InvalidInput(f"There are no rules with version {version}.")


def ensure_source(*, slug: str, **values: Any) -> UsageSource:
    """Return a source, made when it is new; values that are given are set.

    Raises:
        InvalidInput: a name, format, address or network that can't be used.

    """
    if not slug or len(slug) > 64 or not slug.replace("-", "").replace("_", "").isalnum():
        raise InvalidInput("A source's name has letters, digits, - and _ only, at most 64.")
    if (name := values.get("format")) and name not in registry.names():
        raise InvalidInput(f"There is no format {name}. There are: {', '.join(registry.names())}.")
    if (url := values.get("pull_url")) and not url.startswith("s3://"):
        raise InvalidInput("A source is pulled from s3://bucket/prefix/{yyyy}/{mm}/{dd}/.")
    try:
        values |= {"networks": [str(ip_network(one)) for one in values["networks"]]}
    except KeyError:
        pass
    except ValueError as error:
        raise InvalidInput(f"A network is written as 192.0.2.0/24: {error}.") from error
    found, made = UsageSource.objects.get_or_create(slug=slug, defaults=values)
    if not made and values:
        UsageSource.objects.filter(pk=found.pk).update(**values)
        found.refresh_from_db()
    return found


@transaction.atomic
def create_source_key(*, slug: str, label: str = "") -> str:
    """Make a bearer key of a source and return it, once.

    Raises:
        InvalidInput: two keys are active; revoke one first.

    """
    source = UsageSource.objects.select_for_update().get(pk=ensure_source(slug=slug).pk)
    if source.keys.filter(revoked_at=None).count() >= MOST_KEYS:
        raise InvalidInput(f"{slug} has two active keys. Revoke one, then make another.")
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    UsageSourceKey.objects.create(source=source, digest=digest(secret), label=label[:120])
    return secret


def digest(secret: str) -> str:
    """Return the SHA-256 (hex) under which a key is stored."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def find_source_key(secret: str) -> UsageSourceKey | None:
    """Return the active key with this secret."""
    keys = UsageSourceKey.objects.select_related("source")
    return keys.filter(digest=digest(secret), revoked_at=None).first()


def revoked_source_of(secret: str) -> str:
    """Return the source whose key this was before it was revoked; empty for no key of ours."""
    keys = UsageSourceKey.objects.filter(digest=digest(secret)).exclude(revoked_at=None)
    return keys.values_list("source__slug", flat=True).first() or ""


def is_active(key: UsageSourceKey) -> bool:
    """Say whether a key is still good, asked of the table now."""
    return UsageSourceKey.objects.filter(pk=key.pk, revoked_at=None).exists()


def revoke_source_key(*, key_id: str) -> None:
    """Revoke a key; a second call changes nothing."""
    UsageSourceKey.objects.filter(pk=key_id, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def add_training_window(
    *,
    starts_at: datetime,
    ends_at: datetime,
    organisation: str = "",
    apps: Sequence[str] = (),
    trainer: str = "",
    note: str = "",
) -> UsageTrainingWindow:
    """Enter a time of training; the days that it touches are rebuilt.

    Raises:
        InvalidInput: the end is not after the start, or more than 31 days after it.

    """
    if not timedelta(0) < ends_at - starts_at <= timedelta(days=31):
        raise InvalidInput("A training ends after it starts, and within 31 days.")
    window = UsageTrainingWindow.objects.create(
        organisation=organisation,
        apps=list(apps),
        starts_at=starts_at,
        ends_at=ends_at,
        trainer=trainer[:120],
        note=note[:500],
    )
    touch_window(window)
    return window


@transaction.atomic
def delete_training_window(*, window_id: int) -> None:
    """Take a training window back; a second call changes nothing."""
    for window in UsageTrainingWindow.objects.filter(pk=window_id):
        touch_window(window)
        window.delete()


def touch_window(window: UsageTrainingWindow) -> None:
    """Have the days of a window rebuilt where lines of them are known."""
    first, last = (at.astimezone(LONDON).date() for at in (window.starts_at, window.ends_at))
    known = UsageDate.objects.filter(day__range=(first, last))
    mark_days_dirty(set(known.values_list("day", flat=True)))


@transaction.atomic
def set_category(*, person: str, category: str) -> None:
    """Say what kind of user a person is; exports do not overwrite it, open days are rebuilt.

    Raises:
        InvalidInput: a category that does not exist.

    """
    if category not in CATEGORIES:
        raise InvalidInput(f"A category is one of: {', '.join(CATEGORIES[1:])}; or nothing.")
    UsagePerson.objects.update_or_create(
        key=person, defaults={"category": category, "category_fixed": True}
    )
    UsageDate.objects.filter(closed=False).update(dirty=True)
