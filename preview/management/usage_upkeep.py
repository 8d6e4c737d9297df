"""The other commands of `manage.py usage`: rules, sources, keys, days, what is to be deleted."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

from preview.errors import InvalidUsageRules
from preview.usage.actions import (
    activate_rules,
    active_rules,
    create_source_key,
    ensure_source,
    revoke_source_key,
    save_rules,
)
from preview.usage.formats import registry
from preview.usage.models import UsageRules
from preview.usage.reclassify import dry_run
from preview.usage.reclassify import reclassify as apply_rules
from preview.usage.retention import purge
from preview.usage.rollups import rebuild_due
from preview.usage.ruleset import compiled, seeds

Say = Callable[[str], object]


def add_commands(commands: Any) -> None:
    """Add the sub-commands to the parser."""
    commands.add_parser("rebuild", help="rebuild the days that are due")
    commands.add_parser("purge", help="delete what is kept no longer")
    rules: ArgumentParser = commands.add_parser("rules", help="print or load the rules")
    rules.add_argument("--load", type=Path, metavar="FILE", help="keep a new edition")
    rules.add_argument("--activate", type=int, metavar="VERSION", help="go (back) to an edition")
    rules.add_argument("--note", default="", help="why the rules change")
    again: ArgumentParser = commands.add_parser("reclassify", help="apply rules to the past")
    again.add_argument("--rules", type=Path, metavar="FILE", help="rules to try; default: active")
    again.add_argument("--apply", action="store_true", help="store it; else only the difference")
    source: ArgumentParser = commands.add_parser("source", help="make or change a source")
    source.add_argument("slug")
    source.add_argument("--title")
    source.add_argument("--format", choices=registry.names())
    source.add_argument("--app")
    source.add_argument("--pull-url", metavar="S3", help="s3://bucket/prefix/{yyyy}/{mm}/{dd}/")
    source.add_argument("--network", action="append", dest="networks", metavar="CIDR")
    source.add_argument("--expected-interval", type=int, metavar="SECONDS")
    key: ArgumentParser = commands.add_parser("key", help="make or revoke a source's key")
    key.add_argument("slug")
    key.add_argument("--label", default="")
    key.add_argument("--revoke", metavar="ID")


def run(options: Mapping[str, Any], say: Say) -> int:
    """Run a sub-command; return the exit status."""
    return COMMANDS[options["command"]](options, say)


def rebuild(options: Mapping[str, Any], say: Say) -> int:  # noqa: ARG001 (a command's signature)
    """Rebuild the days that are due."""
    say(json.dumps({"days_rebuilt": rebuild_due(active_rules())}))
    return 0


def purged(options: Mapping[str, Any], say: Say) -> int:  # noqa: ARG001 (a command's signature)
    """Delete what is kept no longer."""
    say(json.dumps(purge()))
    return 0


def rules(options: Mapping[str, Any], say: Say) -> int:
    """Print the rules, keep a new edition, or go back to one."""
    if options["load"]:
        made = save_rules(document=read_rules(options["load"]), note=options["note"])
        say(f"Rules {made.version} apply to lines read from now on. See: usage reclassify.")
    elif options["activate"] is not None:
        activate_rules(version=options["activate"])
        say(f"Rules {options['activate']} apply.")
    else:
        active = UsageRules.objects.filter(active=True).first()
        document = active.document if active else seeds()
        say(json.dumps(document, indent=1, ensure_ascii=False))
    return 0


def read_rules(path: Path) -> dict[str, Any]:
    """Return the document in a file."""
    try:
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InvalidUsageRules(f"{path} can't be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        raise InvalidUsageRules(f"{path} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise InvalidUsageRules(f"{path} must hold an object. Start from: usage rules.")
    return found


def reclassify(options: Mapping[str, Any], say: Say) -> int:
    """Say what other rules would change in the past, or change it."""
    if options["rules"]:
        document = read_rules(options["rules"])
        if options["apply"]:
            save_rules(document=document, note="reclassify")
        tried = compiled(document)
    else:
        tried = active_rules()
    if options["apply"]:
        found = apply_rules(active_rules())
        rebuild_due(active_rules())
    else:
        found = dry_run(tried)
    say(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    return 0


def source(options: Mapping[str, Any], say: Say) -> int:
    """Make or change a source."""
    names = ("title", "format", "app", "pull_url", "networks", "expected_interval")
    values = {name: options[name] for name in names if options[name] is not None}
    made = ensure_source(slug=options["slug"], **values)
    keys = [
        {"id": str(key.id), "label": key.label, "since": key.created_at.isoformat()}
        for key in made.keys.filter(revoked_at=None)
    ]
    shown = {name: getattr(made, name) for name in ("slug", *names)}
    say(json.dumps({**shown, "keys": keys}, indent=1))
    return 0


def key(options: Mapping[str, Any], say: Say) -> int:
    """Make a key of a source and print it, once; or revoke one."""
    if options["revoke"]:
        revoke_source_key(key_id=options["revoke"])
        say("Revoked. Senders with this key are answered 401 from now on.")
    else:
        say(create_source_key(slug=options["slug"], label=options["label"]))
    return 0


COMMANDS: dict[str, Callable[[Mapping[str, Any], Say], int]] = {
    "rebuild": rebuild,
    "purge": purged,
    "rules": rules,
    "reclassify": reclassify,
    "source": source,
    "key": key,
}
