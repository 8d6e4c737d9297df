"""The tasks of checks; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task
from django.conf import settings

from preview.checks import actions, in_browser, outside
from preview.rendering.tasks import RETRIES

# Starting a browser and ending it take their time too.
IN_BROWSER = {
    **RETRIES,
    "soft_time_limit": settings.CHROMIUM_SECONDS + 15,
    "time_limit": settings.CHROMIUM_SECONDS + 20,
}


@shared_task(name="checks.check_rendering", **RETRIES)
def check_rendering(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Check a rendering; safe to run twice."""
    actions.check_rendering(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="checks.look_in_browser", **IN_BROWSER)
def look_in_browser(self: Task, *, delivery_id: str, rendering_id: str) -> None:
    """Have axe-core look at a rendering; safe to run twice. A browser that ended is tried anew."""
    last = self.request.retries >= in_browser.TRIES - 1
    done = in_browser.look(rendering_id=rendering_id, delivery_id=delivery_id, last=last)
    if not done:
        raise self.retry(countdown=in_browser.PAUSE)


@shared_task(name="checks.look_at_link", **{**RETRIES, "max_retries": 100})
def look_at_link(self: Task, *, delivery_id: str, link_id: int) -> None:
    """Ask for an address on another site, when it is that site's turn; safe to run twice."""
    wait = outside.look_at_link(link_id=link_id, delivery_id=delivery_id)
    if wait:
        raise self.retry(countdown=wait)
