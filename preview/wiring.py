"""Every background flow: which tasks listen to which event, and what runs by the clock."""

from __future__ import annotations

from django.conf import settings

from preview.outbox.actions import Listener

# What apps may hear of by webhook: each topic of `webhooks/topics.py` has an event here.
TELL_APPS = Listener("webhooks.announce", "default")
# What people are told by e-mail: the topics that rules of `notifications/kinds/` hear.
TELL_PEOPLE = Listener("notifications.note", "default")
# The share links of drafts that ended: they stay ended, whatever is sent later.
END_LINKS = Listener("sharing.end_links_to_what_ended", "default")

# Event topic → listening tasks, each with its queue.
LISTENERS: dict[str, tuple[Listener, ...]] = {
    "version.saved": (Listener("rendering.render_version", "render"),),
    "share_link.created": (),
    "share_link.approval_asked": (TELL_PEOPLE,),
    "share_link.approved": (TELL_PEOPLE,),
    "share_link.requested": (TELL_PEOPLE,),
    "share_link.code_wanted": (Listener("sharing.send_code", "default"),),
    "share_link.ended": (TELL_APPS,),
    "letter.written": (Listener("mail.send_letter", "default"),),
    "letter.failed": (),
    "draft.child_saved": (Listener("packs.take_along", "default"),),
    "alarm.raised": (TELL_APPS,),
    "usage.alert_raised": (TELL_APPS,),
    "pre_release.breached": (),
    "person.disabled": (Listener("sharing.end_links_of_person", "default"),),
    "version.rendered": (Listener("rendering.spread_version", "render"),),
    "rendering.queued": (Listener("rendering.render_queued", "render"),),
    "rendering.queued_in_bulk": (Listener("rendering.render_queued", "bulk"),),
    "rendering.ready": (
        Listener("rendering.complete_rendering", "bulk"),
        Listener("review.place_comments", "default"),
        TELL_APPS,
    ),
    "rendering.failed": (TELL_PEOPLE,),
    "comment.added": (TELL_APPS, TELL_PEOPLE),
    "comment.resolved": (TELL_PEOPLE,),
    "sign_off.given": (TELL_APPS, TELL_PEOPLE),
    "sign_off.stale": (TELL_PEOPLE,),
    "fact_check.requested": (TELL_APPS,),
    "fact_check.answered": (TELL_APPS, TELL_PEOPLE),
    "rendering.completed": (Listener("checks.check_rendering", "bulk"),),
    "rendering.checked": (Listener("checks.look_in_browser", "bulk"),),
    "outside_link.wanted": (Listener("checks.look_at_link", "bulk"),),
    "pack.changed": (Listener("rendering.refresh_pack", "render"),),
    "asset.changed": (Listener("rendering.refresh_asset", "render"),),
    "pack.draft_added": (TELL_PEOPLE,),
    "pack.archived": (),
    "pack.probe_wanted": (Listener("sharing.probe_pack", "bulk"),),
    "pack.paths_changed": (Listener("rendering.refresh_paths", "bulk"),),
    "impact.wanted": (Listener("impact.plan", "bulk"),),
    "impact.part_wanted": (Listener("impact.compare", "bulk"),),
    "draft.lowering_asked": (TELL_PEOPLE,),
    "draft.limits_changed": (Listener("sharing.end_links_of_draft", "default"),),
    "pack.sensitive_draft_joined": (Listener("sharing.ask_again", "default"),),
    "draft.scheduled": (Listener("rendering.forget_draft", "bulk"),),
    "draft.discarded": (END_LINKS, Listener("rendering.forget_draft", "bulk"), TELL_APPS),
    "draft.published": (END_LINKS, Listener("rendering.forget_draft", "bulk"), TELL_APPS),
    "webhook.written": (Listener("webhooks.send_message", "default"),),
    "usage.batch_received": (Listener("usage.load_batch", "usage"),),
    "publishing_request.accepted": (Listener("publishing_bridge.keep_copy", "default"),),
}

# What runs by the clock: task → seconds between two runs.
TIMERS: dict[str, int] = {
    "outbox.send_again": settings.OUTBOX_SWEEP_EVERY,
    "outbox.purge_done": 60 * 60,
    "audit.seal": 60,
    "alarms.watch": 60,
    "review.remind_checkers": 15 * 60,
    "notifications.watch": 10 * 60,
    "notifications.send_due": 15,
    "webhooks.send_due": 15,
    "drafts.purge_idempotency_keys": 60 * 60,
    "usage.rebuild_days": 60,
    "usage.pull_sources": 15 * 60,
    "usage.purge": 60 * 60,
    "usage.decide": 10 * 60,
    "usage.watch": 10 * 60,
    "usage.send_digest": 60 * 60,
    # Each hour and not each day: a timer of a day would start anew with each deployment.
    "retention.run": 60 * 60,
    "publishing_bridge.purge_copies": 60 * 60,
    "publishing_bridge.purge_messages": 60 * 60,
}

# The modules whose tasks a worker knows.
TASK_MODULES = (
    "preview.outbox.tasks",
    "preview.audit.tasks",
    "preview.alarms.tasks",
    "preview.drafts.tasks",
    "preview.mail.tasks",
    "preview.packs.tasks",
    "preview.rendering.tasks",
    "publishing_bridge.copies.tasks",
    "publishing_bridge.consumer.tasks",
    "preview.usage.tasks",
    "preview.impact.tasks",
    "preview.checks.tasks",
    "preview.sharing.tasks",
    "preview.review.tasks",
    "preview.retention.tasks",
    "preview.webhooks.tasks",
    "preview.notifications.tasks",
)
