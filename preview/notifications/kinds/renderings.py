"""Previews that could not be made, of a draft of yours or in a pack of yours."""

from __future__ import annotations

from collections.abc import Iterator

from preview.access import Staff
from preview.notifications.models import Notification
from preview.notifications.people import authors_of, owner_of
from preview.notifications.registry import Kind, Payload, Told, hears, kind
from preview.rendering.models import Rendering

FOUND = Rendering.objects.select_related("version__draft", "pack")


def still_fails(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say whether no newer version was saved, and the same one was not rendered since."""
    rendering = FOUND.filter(id=notification.facts["rendering"]).first()
    version = rendering.version if rendering else None
    if rendering is None or version is None:
        return False
    again = Rendering.objects.ready().filter(
        pack=rendering.pack_id, version=version, generation__gt=rendering.generation
    )
    return version.number == version.draft.version_number and not again.exists()


def reason_of(notification: Notification) -> str:
    """Return why it could not be made."""
    found = Rendering.objects.filter(id=notification.facts["rendering"])
    return found.values_list("failure", flat=True).first() or ""


FAILED = kind(
    Kind(
        "rendering_failed",
        "The preview of a draft of yours could not be made",
        "Previews",
        one="The preview of version {version} could not be made",
        many="{count} previews could not be made",
        place="/drafts/{draft}",
        holds=still_fails,
        detail=reason_of,
    )
)


@hears("rendering.failed")
def failed(payload: Payload) -> Iterator[Told]:
    """Tell the people of the draft, also who saved it: the failure is not their doing."""
    rendering = FOUND.get(id=payload["rendering_id"])
    version = rendering.version
    if version is not None:
        yield Told(
            FAILED,
            f"version:{version.pk}",
            authors_of(version.draft_id) | owner_of(rendering.pack),
            draft_id=version.draft_id,
            facts={
                "version": version.number,
                "draft": str(version.draft_id),
                "rendering": str(rendering.id),
            },
        )
