"""Start the service on a fixed day, take the picture of every page, write docs/tour.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from playwright.sync_api import Browser, sync_playwright

from preview.management.example_drafts import examples
from scripts.run import ready
from tests.end_to_end.browser import CHROMIUM
from tests.end_to_end.conftest import Service
from tests.tour.camera import Camera
from tests.tour.document import DOCUMENT, PICTURES, text
from tests.tour.pages import rows

CLOCK = Path(__file__).parent / "clock"
FILL = "import json; from tests.tour.content import fill; print(json.dumps(fill()))"


def start(service: Service) -> None:
    """Start the service on the fixed day, with the example drafts and the example of usage."""
    service.environment |= {
        "PYTHONPATH": f"{CLOCK}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "TOUR_STARTED": str(time.time()),
        "RENDER_TIME_LIMIT": "30",
        "LOG_LEVEL": "WARNING",
    }
    service.valkey.start()
    service.manage("migrate", "-v0")
    for name in ("web", "worker", "background", "beat"):
        service.start(name)
    if not ready(str(service.port)):
        raise RuntimeError(f"The service does not start.\n{service.log()[-4000:]}")
    service.manage("usage", "example")
    service.manage("send_examples", service.address)


def example_of(service: Service) -> dict[str, str]:
    """Make the content of the tour, then save the reviewed draft once more."""
    made: dict[str, str] = json.loads(service.manage("shell", "-c", FILL).splitlines()[-1])
    session = requests.Session()
    secret = service.manage("create_app_token", "example-publisher").splitlines()[-1]
    session.headers["Authorization"] = f"Bearer {secret}"
    session.headers["X-Govuk-Authenticated-User"] = "mock-editor"
    item = json.loads(json.dumps(examples()[0]).replace("\\u00a342", "\\u00a345"))
    place = f"{service.address}/api/v1/drafts/{item['content_id']}"
    answer = session.put(place, json=item, timeout=30)
    answer.raise_for_status()
    service.wait_ended(session, item["content_id"])
    return made


def take(browser: Browser, service: Service, example: dict[str, str]) -> None:
    """Take all pictures, or those of the pages that are named, then write the document."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = [row for row in rows() if row.name in sys.argv[1:]] or rows()
    shown = {row.picture for row in rows()}
    for old in PICTURES.glob("*.webp"):
        if old.name not in shown:
            old.unlink()
    camera = Camera(browser, service, example)
    for row in wanted:
        sys.stdout.write(f"{row.picture}\n")
        (PICTURES / row.picture).write_bytes(camera.picture(row))
    DOCUMENT.write_text(text(), "utf-8")


def main() -> int:
    """Make the tour; 1 where this machine has no Chromium."""
    if not CHROMIUM:
        sys.stderr.write("There is no Chromium here: install Debian's package chromium.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--hide-scrollbars"],
        )
        service = Service(Path(folder))
        try:
            start(service)
            take(browser, service, example_of(service))
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"{error}\n{error.stdout}\n{error.stderr}\n")
            return 1
        finally:
            browser.close()
            service.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
