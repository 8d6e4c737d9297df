"""`manage.py govspeak FILE` prints HTML; `--jsonl` answers lines of JSON with lines of JSON."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from preview.errors import GovspeakError
from preview.govspeak import render, to_html
from preview.govspeak.options import from_json


class Command(BaseCommand):
    help = "Render Govspeak: a file, or JSON lines {id, input, options} from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a text file; - for standard input")
        parser.add_argument("--jsonl", action="store_true", help="read and write lines of JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        if options["jsonl"] == bool(options["file"]):
            raise CommandError("Name one file (or -), or use --jsonl with lines on standard input.")
        if options["jsonl"]:
            for line in sys.stdin.buffer:
                if line.strip():
                    self.stdout.write(answer(line).decode())
            return
        self.stdout.write(to_html(read(options["file"])))


def read(name: str) -> str:
    """Return the text of a file."""
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return Path(name).read_bytes().decode("utf-8")
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 text (byte {error.start}).") from error


def answer(line: bytes) -> bytes:
    """Return the answer to one line; an error is answered in its place."""
    known: Any = None
    try:
        asked = orjson.loads(line)
        known = asked.get("id") if isinstance(asked, dict) else None
        if not isinstance(asked, dict):
            raise GovspeakError("Each line is an object with id, input and options.")
        rendered = render(asked.get("input"), from_json(asked.get("options") or {}))  # type: ignore[arg-type]
    except orjson.JSONDecodeError as error:
        return orjson.dumps({"id": None, "error": f"The line is not JSON: {error}"})
    except GovspeakError as error:
        return orjson.dumps({"id": known, "error": str(error)})
    return orjson.dumps(
        {
            "id": known,
            "html": rendered.html,
            "headers": [header.as_json() for header in rendered.headers],
            "links": rendered.links,
            "valid": rendered.valid,
        }
    )
