"""GOV.UK's published JSON Schemas, where a folder of them is at hand.

Source: json-schema.org draft-04; the folder is laid out `<schema>/publisher_v2/schema.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from preview.schemas.violation import Violation

MOST = 100
LONGEST = 300


@lru_cache(maxsize=128)
def validator(path: Path) -> jsonschema_rs.Draft4Validator | None:
    """Return the compiled schema of a file; None where there is no such file."""
    if not path.is_file():
        return None
    return jsonschema_rs.Draft4Validator(orjson.loads(path.read_bytes()))


def schema_violations(payload: Mapping[str, Any], folder: Path, name: str) -> list[Violation]:
    """Return what the published schema finds wrong, at most 100 violations."""
    compiled = validator(folder / name / "publisher_v2" / "schema.json")
    if compiled is None:
        return []
    item = {key: value for key, value in payload.items() if key != "content_id"}
    found = []
    for error in compiled.iter_errors(item):
        steps = [str(step).replace("~", "~0").replace("/", "~1") for step in error.instance_path]
        sentence = error.message if len(error.message) <= LONGEST else error.message[:LONGEST] + "…"
        found.append(Violation("".join(f"/{step}" for step in steps), sentence, "json_schema"))
        if len(found) == MOST:
            break
    return found
