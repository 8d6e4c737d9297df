"""Every background flow: which tasks listen to which event, and what runs by the clock."""

from __future__ import annotations

from django.conf import settings

from preview.outbox.actions import Listener

# Event topic → listening tasks, each with its queue.
LISTENERS: dict[str, tuple[Listener, ...]] = {
    "version.saved": (Listener("rendering.render_version", "render"),),
    "draft.discarded": (),
    "letter.written": (Listener("mail.send_letter", "default"),),
    "letter.failed": (),
}

# What runs by the clock: task → seconds between two runs.
TIMERS: dict[str, int] = {
    "outbox.send_again": settings.OUTBOX_SWEEP_EVERY,
    "outbox.purge_done": 60 * 60,
    "drafts.purge_idempotency_keys": 60 * 60,
}

# The modules whose tasks a worker knows.
TASK_MODULES = (
    "preview.outbox.tasks",
    "preview.drafts.tasks",
    "preview.mail.tasks",
    "preview.rendering.tasks",
)
