"""The rules of the house: documents that stay true, files that stay small."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from preview import errors
from preview.api.problems import KINDS

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path
    for folder in ("preview", "publishing_bridge", "scripts")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
FEATURES = sorted(
    path.parent.name
    for path in (ROOT / "preview").glob("*/__init__.py")
    if path.parent.name != "migrations"
)


@pytest.mark.parametrize("package", [*FEATURES, "publishing_bridge"])
def test_every_package_is_on_the_map(package: str) -> None:
    architecture = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert re.search(rf"^\| `(preview/)?{package}` \| \S", architecture, re.MULTILINE)


def settings_read() -> set[str]:
    """Return the names that settings and start scripts read from the environment."""
    text = (ROOT / "preview/settings.py").read_text("utf-8")
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text))


def test_every_setting_is_in_the_example() -> None:
    named = set(
        re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    assert settings_read() <= named


def error_classes(base: type[errors.PreviewError] = errors.PreviewError) -> list[type]:
    """Return the error's class and all below it."""
    return [base, *(found for one in base.__subclasses__() for found in error_classes(one))]


@pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.__name__)
def test_every_error_has_a_kind_of_problem(error: type) -> None:
    named = [cls for cls in error.__mro__ if cls in KINDS]
    assert named[0] is not errors.PreviewError or error is errors.PreviewError


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= 40, f"{node.name} has {lines} lines"


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 100


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
