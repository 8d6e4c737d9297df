"""What a pack shows at its paths: pages of the newest rendering of each item."""

from __future__ import annotations

from collections.abc import Sequence

from preview.rendering.models import PackPage, RenderedPage, Rendering


def is_shown(rendering: Rendering) -> bool:
    """Say whether the pack shows the rendering's item now."""
    return PackPage.objects.filter(
        pack=rendering.pack_id,
        audience=rendering.audience,
        content_id=rendering.content_id,
        locale=rendering.locale,
    ).exists()


def show(rendering: Rendering, pages: Sequence[RenderedPage]) -> set[str]:
    """Let the pack show these pages for the item, unless a newer rendering is shown already.

    Returns the paths at which the pack began or ceased to show a page.
    """
    if not pages:
        return set()
    shown = PackPage.objects.filter(
        pack=rendering.pack_id,
        audience=rendering.audience,
        content_id=rendering.content_id,
        locale=rendering.locale,
    )
    before = list(shown.select_related("page__rendering__version"))
    if before and before[0].page.rendering.order() > rendering.order():
        return set()
    if before:
        shown.delete()
    PackPage.objects.bulk_create(
        (
            PackPage(
                pack_id=rendering.pack_id,
                audience=rendering.audience,
                path=page.path,
                page=page,
                content_id=rendering.content_id,
                locale=rendering.locale,
            )
            for page in pages
        ),
        update_conflicts=True,
        unique_fields=["pack", "audience", "path"],
        update_fields=["page", "content_id", "locale"],
    )
    return {one.path for one in before} ^ {page.path for page in pages}
