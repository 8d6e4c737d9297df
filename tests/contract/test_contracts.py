"""Every contract with the publishing platform holds, against a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.contract.matching import differences, rules_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def replayed(folder: Path, result: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    command = [sys.executable, "-m", "tests.contract", str(folder), "--json", str(result), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.is_file(), done.stdout + done.stderr
    return json.loads(result.read_text("utf-8")), done.stdout


def failures(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["name"]: one["problems"] for one in found if one["problems"]}


def test_the_projects_own_contracts_hold(tmp_path: Path) -> None:
    found, printed = replayed(HERE / "own", tmp_path / "result.json")
    assert not failures(found), printed
    assert len(found) > 40
    assert "Traceback" not in printed


def test_the_platforms_contracts_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contracts = SHARED / "data" / "contracts"
    if not contracts.is_dir():
        pytest.skip(f"there are no contracts at {contracts}")
    found, printed = replayed(contracts, tmp_path / "result.json")
    with capsys.disabled():
        print(f"\n{printed.splitlines()[-1]}")
    assert not failures(found), printed
    assert {one["left_out"] for one in found} - {""}
    assert "Traceback" not in printed


EXPECTED = {"title": "x", "rows": [{"id": 1}], "error": {"message": "no"}}


@pytest.mark.parametrize(
    ("actual", "rules"),
    [
        ({**EXPECTED, "more": 1}, []),
        ({**EXPECTED, "rows": [{"id": 7}, {"id": 8}]}, [("$['rows']", "type", {"min": 1})]),
        ({**EXPECTED, "error": {"message": "Not there"}}, [("$['error']['message']", "regex", {})]),
        ({**EXPECTED, "title": "y"}, [("$['title']", "type", {})]),
    ],
)
def test_an_answer_fits_what_its_rules_allow(actual: Any, rules: list[Any]) -> None:
    found = [{"path": path, "match": match, "regex": r"\S+", **more} for path, match, more in rules]
    assert differences(EXPECTED, actual, rules_of(found)) == []


@pytest.mark.parametrize(
    ("actual", "rules"),
    [
        ({**EXPECTED, "title": "y"}, []),
        ({"rows": [{"id": 1}], "error": {"message": "no"}}, []),
        ({**EXPECTED, "rows": [{"id": 1}, {"id": 2}]}, []),
        ({**EXPECTED, "rows": []}, [("$['rows']", "type", {"min": 1})]),
        ({**EXPECTED, "rows": [{"id": "1"}]}, [("$['rows']", "type", {})]),
        ({**EXPECTED, "error": {"message": ""}}, [("$['error']['message']", "regex", {})]),
        ({**EXPECTED, "title": None}, [("$['title']", "type", {})]),
    ],
)
def test_an_answer_that_breaks_a_rule_is_found(actual: Any, rules: list[Any]) -> None:
    found = [{"path": path, "match": match, "regex": r"\S+", **more} for path, match, more in rules]
    assert differences(EXPECTED, actual, rules_of(found))
