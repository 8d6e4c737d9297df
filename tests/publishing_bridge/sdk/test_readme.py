"""The examples of the client's README run, in order, against the server in memory."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from content_preview_client.memory import MemoryServer

README = Path(__file__).resolve().parents[3] / "publishing_bridge" / "sdk" / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.usefixtures("content_preview_url")
def test_the_examples_run_and_print(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "readme"}
    for number, block in enumerate(BLOCKS, start=1):
        exec(compile(block, f"README.md, example {number}", "exec"), names)  # noqa: S102 (ours)
    names["client"].close()
    names["ana"].close()
    tests = [one for name, one in names.items() if name.startswith("test_")]
    for test in tests:
        assert isinstance(test, FunctionType)
        assert list(inspect.signature(test).parameters) == ["content_preview"]
        test(MemoryServer())
    assert len(tests) == 3
    printed = capsys.readouterr().out
    assert "Somebody saved in between; it is at version 2" in printed
    assert "/base_path Send base_path: this schema needs it." in printed
    assert "['Low tide'] lacks 0" in printed


def test_every_heading_of_a_task_has_an_example() -> None:
    sections = README.read_text("utf-8").split("\n## ")[1:]
    without = [text.split("\n")[0] for text in sections if "```python" not in text]
    assert without == ["Errors"]
