"""Run the scoring scripts beside the project; fail where a score is below the recorded one.

The recorded scores stand in `docs/fidelity.md`: what each scoring script last printed as one JSON
object, in per cent, and a table with the scores of each schema. `--record` writes both anew, and
the list of what stands in for live content (`scripts.fidelity`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from scripts import fidelity

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT.parent / "shared" / "conformance"
BLOCK = re.compile(r"(?<=```json scores\n).*?(?=\n```)", re.DOTALL)
SCORE = re.compile(r"(\b[a-z-]+)\s*[:=]?\s*(\d+(?:\.\d+)?)\s*%")
Scores = dict[str, dict[str, float]]


def recorded() -> Scores:
    """Return the scores of `docs/fidelity.md`."""
    block = BLOCK.search(fidelity.RECORD.read_text("utf-8"))
    found: Scores = json.loads(block[0]) if block else {}
    return found


def measured(name: str) -> tuple[dict[str, float], list[fidelity.Row]]:
    """Run one scoring script; read the scores off its last line, and those of each schema."""
    command = [sys.executable, str(SCRIPTS / f"{name}.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise SystemExit(f"{name}: the scoring script failed.\n{done.stdout}\n{done.stderr}")
    print(f"{name}: {lines[-1]}")
    scores = {kind.strip(): float(value) for kind, value in SCORE.findall(lines[-1])}
    return scores, fidelity.rows(lines)


def main() -> int:
    """Score everything that is recorded; 1 when something dropped."""
    if not SCRIPTS.is_dir():
        print("No scoring scripts beside the project: nothing scored.")
        return 0
    before, table_before = recorded(), fidelity.recorded_rows()
    runs = {name: measured(name) for name in before}
    now = {name: scores for name, (scores, _) in runs.items()}
    table = [row for _, found in runs.values() for row in found]
    if "--record" in sys.argv[1:]:
        text = fidelity.RECORD.read_text("utf-8")
        text = BLOCK.sub(lambda _: json.dumps(now, indent=1), text)
        fidelity.record(text, table)
        return 0
    dropped = [
        f"{name} {kind}: {now[name].get(kind)} is below {score}"
        for name, scores in before.items()
        for kind, score in scores.items()
        if now[name].get(kind, -1.0) < score
    ]
    dropped += fidelity.dropped(table_before, table)
    print("\n".join(dropped) or "No score dropped.")
    return 1 if dropped else 0


if __name__ == "__main__":
    sys.exit(main())
