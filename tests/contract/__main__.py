"""Replay contracts against a server started for them, and print how many pass.

`python -m tests.contract [folder …]`; a folder holds `pact-interactions.jsonl` with
`pact-provider-states.json`, and `contract-cases.jsonl`, or some of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.contract.replaying import Outcome, Replayer

OWN = Path(__file__).parent / "own"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "contracts"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=None)
    parser.add_argument("--schemas", type=Path, help="a folder of published schemas to check by")
    parser.add_argument("--json", type=Path, help="write every outcome to this file")
    options = parser.parse_args()
    folders = options.folders or [OWN, *([SHARED] if SHARED.is_dir() else [])]
    if not options.folders and not SHARED.is_dir():
        print(f"There is no {SHARED}: only the project's own contracts are replayed.")
    with tempfile.TemporaryDirectory(prefix="contract-") as name:
        found = run(Path(name), folders, options.schemas)
    if options.json:
        options.json.write_text(json.dumps([vars(one) for one in found]), "utf-8")
    return report(found)


def run(folder: Path, folders: list[Path], schemas: Path | None) -> list[Outcome]:
    """Start the server on an empty database and replay all that the folders hold."""
    import tests.environment
    from scripts.servers import Valkey, free_port
    from tests.contract.server import environment, serving

    valkey = Valkey(folder / "valkey")
    more = {"REDIS_URL": valkey.url}
    if schemas:
        more["CONTENT_SCHEMAS_PATH"] = str(schemas)
    settings = environment(folder, free_port(), **more)
    os.environ.update(settings, DJANGO_SETTINGS_MODULE="preview.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from preview.accounts.actions import create_app_token
    from tests.contract.replaying import Replayer

    scopes = ("drafts:read", "drafts:read_all", "drafts:write", "content_store:write")
    token = create_app_token(app_name="contract", scopes=scopes).secret
    with valkey, serving(settings, folder / "server.log") as address:
        replayer = Replayer(
            address, token, "contract", folder / ("stubs" if schemas else "schemas")
        )
        found = [one for place in folders for one in replay(replayer, place)]
    faults = [
        line
        for line in (folder / "server.log").read_text("utf-8").splitlines()
        if "Traceback" in line
    ]
    if faults:
        print((folder / "server.log").read_text("utf-8")[-3000:])
    del tests.environment
    return found


def replay(replayer: Replayer, folder: Path) -> list[Outcome]:
    """Replay the contracts of one folder."""
    from tests.contract.replaying import read_lines

    found: list[Outcome] = []
    states = folder / "pact-provider-states.json"
    setups = json.loads(states.read_text("utf-8"))["states"] if states.is_file() else {}
    for name, run_one in (
        ("pact-interactions.jsonl", lambda row: replayer.interaction(row, setups)),
        ("contract-cases.jsonl", replayer.case),
    ):
        path = folder / name
        found += [run_one(row) for row in (read_lines(path) if path.is_file() else [])]
    return found


def report(found: list[Outcome]) -> int:
    """Print what failed, what was left out and why, and "N of M"."""
    played = [one for one in found if not one.left_out]
    failed = [one for one in played if one.problems]
    for one in failed:
        print(f"FAILED {one.name}")
        for problem in one.problems:
            print(f"    {problem}")
    reasons: dict[str, int] = {}
    for one in found:
        if one.left_out:
            reasons[one.left_out] = reasons.get(one.left_out, 0) + 1
    for reason, count in reasons.items():
        print(f"Left out {count}: {reason}")
    passed, left_out = len(played) - len(failed), sum(reasons.values())
    print(f"{passed} of {len(played)} contracts pass; {left_out} left out.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
