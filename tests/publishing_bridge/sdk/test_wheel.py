"""The client builds as a wheel of its own and works without the service's code."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

SDK = Path(__file__).resolve().parents[3] / "publishing_bridge" / "sdk"
PROGRAM = """
import importlib.metadata, importlib.util, sys, uuid
from content_preview_client.memory import MemoryServer
assert importlib.util.find_spec("django") is None, "django can be imported"
assert importlib.util.find_spec("preview") is None, "preview can be imported"
draft = MemoryServer().client().drafts.put(str(uuid.uuid4()), {
    "schema_name": "answer", "document_type": "answer", "base_path": "/a", "title": "A",
    "publishing_app": "publisher", "rendering_app": "frontend", "details": {},
    "routes": [{"path": "/a", "type": "exact"}],
})
print(draft.title, importlib.metadata.version("content-preview-client"))
"""
NEEDED = ("requests", "urllib3", "idna", "certifi", "charset_normalizer", "stamina", "tenacity")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, so the wheel can't be built without a network")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=SDK, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("content_preview_client-*.whl")
    return found


def test_the_wheel_holds_the_client_its_types_and_its_fixture(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "content_preview_client.pytest_plugin" in opened.read(entry_points).decode()
    assert "content_preview_client/py.typed" in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"content_preview_client"}


def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    """Of the environment of the tests it gets what the wheel asks for, and nothing else."""
    venv.create(tmp_path / "empty", with_pip=False, symlinks=True)
    (packages,) = (tmp_path / "empty").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(packages)
    for name in NEEDED:
        spec = find_spec(name)
        assert spec
        assert spec.origin
        (packages / name).symlink_to(Path(spec.origin).parent)
    python = tmp_path / "empty" / "bin" / "python"
    done = subprocess.run(
        [python, "-I", "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, ["A", "0.1.0"]), done.stderr
