"""Replay interactions over HTTP and compare the answers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import requests

from tests.contract import states
from tests.contract.matching import differences, rules_of

LEFT_OUT = tomllib.loads((Path(__file__).parent / "left_out.toml").read_text("utf-8"))["left_out"]
SESSION = requests.Session()
NOT_SENT = {"host", "content-length", "authorization"}


@dataclass(frozen=True)
class Outcome:
    """What became of one interaction; no `problems` means that it passed."""

    name: str
    problems: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Replayer:
    """A running server, a token of it, and the folder in which it looks for schemas."""

    address: str
    token: str
    app: str
    schemas: Path

    def interaction(self, row: dict[str, Any], setups: dict[str, Any]) -> Outcome:
        """Set its state up, send it, compare."""
        name = f"{row['id']}: {row['description']} ({row.get('provider_state')})"
        if reason := reason_to_leave_out(row):
            return Outcome(name, left_out=reason)
        state = row.get("provider_state_setup") or setups.get(row.get("provider_state") or "", {})
        states.set_up(state, self.schemas, self.app)
        answer = self.send(row)
        return Outcome(name, tuple(problems_of(row, answer)))

    def send(self, row: dict[str, Any]) -> requests.Response:
        headers = {
            name: value
            for name, value in (row.get("request_headers") or {}).items()
            if name.lower() not in NOT_SENT
        }
        headers |= {"Host": "example.org", "Authorization": f"Bearer {self.token}"}
        body = orjson.dumps(row["body"]) if row.get("has_body") or row.get("body") else None
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        query = f"?{row['query']}" if row.get("query") else ""
        return SESSION.request(
            row["method"],
            f"{self.address}{row['path']}{query}",
            headers=headers,
            data=body,
            timeout=20,
            allow_redirects=False,
        )

    def case(self, row: dict[str, Any]) -> Outcome:
        """Do the same for a case in words of the content store."""
        name = f"{row['id']}: {row['description']}"
        if reason := reason_to_leave_out(row):
            return Outcome(name, left_out=reason)
        given, request = row.get("given") or {}, row["request"]
        path = request["path"]
        if given or request["method"] == "DELETE":
            item = {"base_path": path.removeprefix("/content"), "title": "Title", **given}
            states.set_up({"content_items": [item]}, self.schemas, self.app)
        else:
            states.clear(self.schemas)
        problems = [
            *self.once(row, row["expected"]["status"]),
        ]
        return Outcome(name, tuple(problems))

    def once(self, row: dict[str, Any], status: Any) -> list[str]:
        """Send a case as often as it has statuses: `200 / 404` is once more after that."""
        request, expected = row["request"], row["expected"]
        headers = dict(request.get("headers") or {})
        if request["method"] in ("PUT", "DELETE") and status != 401:
            headers["Authorization"] = f"Bearer {self.token}"
        problems = []
        for wanted in str(status).split(" / "):
            answer = SESSION.request(
                request["method"],
                f"{self.address}{request['path']}",
                headers=headers,
                data=body_of(request),
                timeout=20,
                allow_redirects=False,
            )
            problems += of_case(answer, expected, int(wanted))
        return problems


def body_of(request: dict[str, Any]) -> bytes | None:
    if "raw_body" in request:
        return str(request["raw_body"]).encode()
    body = request.get("body")
    if body == "item":
        body = {"title": "VAT rates", "schema_name": "answer", "payload_version": 1}
    return orjson.dumps(body) if body is not None else None


def of_case(answer: requests.Response, expected: dict[str, Any], status: int) -> list[str]:
    """Compare what a case names: status, body, headers, caching, where a redirect leads."""
    problems = [] if answer.status_code == status else [f"status {answer.status_code}: {status}"]
    if expected.get("body") == "":
        problems += [f"body {answer.content!r}"] if answer.content else []
    elif wanted := expected.get("body") or expected.get("body_includes"):
        problems += differences(wanted, parsed(answer), {})
    for name, value in (expected.get("headers") or {}).items():
        if answer.headers.get(name) != value:
            problems.append(f"{name}: {answer.headers.get(name)}")
    if caching := expected.get("cache_control"):
        found = {one.strip() for one in answer.headers.get("Cache-Control", "").split(",")}
        asked = {one.strip() for one in caching.replace("<default_ttl>", "300").split(",")}
        if not asked <= found:
            problems.append(f"Cache-Control: {found}")
    if place := expected.get("location_path"):
        found_place = answer.headers.get("Location", "")
        if not found_place.endswith(place):
            problems.append(f"Location: {found_place}")
    return problems


def parsed(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def problems_of(row: dict[str, Any], answer: requests.Response) -> list[str]:
    """Compare an answer with what an interaction expects."""
    problems = []
    if answer.status_code != row["expected_status"]:
        problems.append(f"status {answer.status_code}, not {row['expected_status']}")
    for name, value in (row.get("expected_headers") or {}).items():
        found = answer.headers.get(name, "")
        if found.replace(" ", "").lower() != value.replace(" ", "").lower():
            problems.append(f"{name}: {found!r}, not {value!r}")
    if row.get("has_expected_body") and row.get("expected_body") is not None:
        rules = rules_of(row.get("expected_body_matchers") or [])
        problems += differences(row["expected_body"], parsed(answer), rules)
    return [*problems, answer.text[:600]] if problems else []


def reason_to_leave_out(row: dict[str, Any]) -> str:
    """Return why an interaction is not replayed; "" where it is."""
    facts = {**row, "component": row.get("component", ""), "provider": row.get("provider", "")}
    for rule in LEFT_OUT:
        if all(str(facts.get(name, "")) == value for name, value in rule["where"].items()):
            return str(rule["reason"])
    return ""


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
