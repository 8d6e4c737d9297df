"""Run the scoring scripts beside the project; fail where a score is below the recorded one.

The recorded scores stand in `docs/fidelity.md`, in the block that starts with `scores`: one JSON
object, a name of a scoring script and what it last printed, in per cent. `--record` writes it anew.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT.parent / "shared" / "conformance"
RECORD = ROOT / "docs" / "fidelity.md"
BLOCK = re.compile(r"(?<=```json scores\n).*?(?=\n```)", re.DOTALL)
SCORE = re.compile(r"(\b[a-z-]+)\s*[:=]?\s*(\d+(?:\.\d+)?)\s*%")
Scores = dict[str, dict[str, float]]


def recorded() -> Scores:
    """Return the scores of `docs/fidelity.md`."""
    block = BLOCK.search(RECORD.read_text("utf-8"))
    found: Scores = json.loads(block[0]) if block else {}
    return found


def measured(name: str) -> dict[str, float]:
    """Run one scoring script and read the scores off its last line."""
    command = [sys.executable, str(SCRIPTS / f"{name}.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise SystemExit(f"{name}: the scoring script failed.\n{done.stdout}\n{done.stderr}")
    print(f"{name}: {lines[-1]}")
    return {kind.strip(): float(value) for kind, value in SCORE.findall(lines[-1])}


def main() -> int:
    """Score everything that is recorded; 1 when something dropped."""
    if not SCRIPTS.is_dir():
        print("No scoring scripts beside the project: nothing scored.")
        return 0
    before = recorded()
    now = {name: measured(name) for name in before}
    if "--record" in sys.argv[1:]:
        text = BLOCK.sub(lambda _: json.dumps(now, indent=1), RECORD.read_text("utf-8"))
        RECORD.write_text(text, "utf-8")
        return 0
    dropped = [
        f"{name} {kind}: {now[name].get(kind)} is below {score}"
        for name, scores in before.items()
        for kind, score in scores.items()
        if now[name].get(kind, -1.0) < score
    ]
    print("\n".join(dropped) or "No score dropped.")
    return 1 if dropped else 0


if __name__ == "__main__":
    sys.exit(main())
