"""Commands of `manage.py usage` about decisions: the figures of a day, the example."""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from preview.errors import InvalidInput
from preview.management import usage_import
from preview.management.usage_example import logs, story
from preview.management.usage_example.cast import CAST
from preview.usage.actions import active_rules, add_training_window, ensure_source
from preview.usage.metrics.weeks import monday
from preview.usage.programme.standings import decide, today_in_london
from preview.usage.rollups import rebuild_due

Say = Callable[[str], object]
SEED = 16
SOURCE = "example-nginx"


def add_commands(commands: Any) -> None:
    """Add the sub-commands to the parser."""
    commands.add_parser("decide", help="make standings, weeks and forecast anew")
    example: ArgumentParser = commands.add_parser("example", help="load invented weeks")
    example.add_argument("--weeks", type=int, default=16)
    example.add_argument("--seed", type=int, default=SEED)


def decided(options: Mapping[str, Any], say: Say) -> int:  # noqa: ARG001 (a command's signature)
    """Make the figures anew and say what came of it."""
    made = decide()
    day = made.forecast.middle
    found = {
        "organisations": made.organisations,
        "changes": [f"{one.organisation}: {one.after}" for one in made.changes],
        "forecast": day.isoformat() if day else made.forecast.refusal,
    }
    say(json.dumps(found, indent=1))
    return 0


def example(options: Mapping[str, Any], say: Say) -> int:
    """Generate invented logs, import them as any others, tell the story; once."""
    weeks, seed = options["weeks"], options["seed"]
    if not 1 <= weeks <= 52:
        raise InvalidInput("--weeks is a number from 1 to 52.")
    if story.is_told():
        say("The example of integration usage is there already.")
        return 0
    today = today_in_london()
    first = monday(today) - timedelta(weeks=weeks)
    story.introduce()
    ensure_source(slug=SOURCE, title="Example nginx logs", expected_interval=24 * 3600)
    course(first, weeks)
    with tempfile.TemporaryDirectory() as folder:
        lines = imported(Path(folder), first, seed)
    story.tell(first, today, seed)
    for weeks_ago in (9, 6, 3, 0):
        decide(max(first, today - timedelta(weeks=weeks_ago)))
    say(f"Integration usage: {weeks} weeks, {lines} log lines, {len(CAST)} organisations.")
    return 0


def imported(folder: Path, first: Any, seed: int) -> int:
    """Write the logs, import them, rebuild their days; return how many lines."""
    users = folder / "signon-users.csv"
    users.write_bytes(logs.accounts())
    yesterday = today_in_london() - timedelta(days=1)
    days = [str(path) for path in logs.write_logs(folder, first, yesterday, seed)]
    options = usage_import.Options(source=SOURCE, rebuild=False)
    lines = sum(usage_import.run(names, options).lines for names in ([str(users)], days))
    rebuild_due(active_rules())
    return lines


def course(first: Any, weeks: int) -> None:
    """Enter the training courses."""
    for week in logs.TRAINING_WEEKS:
        if week < weeks:
            day = first + timedelta(weeks=week, days=2)
            add_training_window(
                starts_at=datetime.combine(day, time(9, 45), UTC),
                ends_at=datetime.combine(day, time(12), UTC),
                organisation=logs.TRAINEES.content_id,
                trainer="Publishing trainers",
                note="Course for new editors",
            )


COMMANDS: dict[str, Callable[[Mapping[str, Any], Say], int]] = {
    "decide": decided,
    "example": example,
}
