"""What admins noted in the example, and the previews that people opened in production meanwhile."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from preview.accounts.mock import example_organisations
from preview.accounts.models import Organisation
from preview.management.usage_example.cast import CAST, Cast
from preview.usage.keys import pseudonyms
from preview.usage.models import UsagePerson
from preview.usage.programme import actions, nudging
from preview.usage.programme.acting import UsageNudge
from preview.usage.programme.brownouts import plan_brownout
from preview.usage.programme.figures import UsagePreview

ADA = "person:mock-admin"
SHOWN_SHARE = 0.6


def at(day: date, hour: int = 10) -> datetime:
    """Return a time on a day."""
    return datetime.combine(day, time(hour), UTC)


def tell(first: date, today: date, seed: int) -> None:
    """Enter the story of the weeks from `first` on."""
    draw = random.Random(seed)  # noqa: S311 (examples, not secrets)
    capabilities(first)
    blockers(today)
    talks(first, today)
    campaign(first, draw)
    previews(first, today, draw)
    actions.set_target(metric="remaining", value=5, due=today + timedelta(weeks=20), actor=ADA)
    actions.set_target(metric="training", value=4, due=today + timedelta(weeks=30), actor=ADA)
    actions.set_target(metric="organisations", value=2, due=today + timedelta(weeks=20), actor=ADA)
    tuesday = today + timedelta(days=15 + (1 - today.weekday()) % 7)
    plan_brownout(
        app="whitehall",
        starts_at=at(tuesday, 9),
        ends_at=at(tuesday, 12),
        actor=ADA,
        note="The first of two",
    )


def capabilities(first: date) -> None:
    """Enter since when production previews kinds that have no draft state."""
    for kind, week in {"people": 5, "organisations": 10, "document_collection": 0}.items():
        day = first + timedelta(weeks=week)
        actions.set_capability(kind=kind, since=day, actor=ADA, note="Content Preview")
        if week:
            actions.annotate(day=day, kind="release", text=f"Production previews {kind}", actor=ADA)
    actions.annotate(
        day=first + timedelta(weeks=6), kind="outage", text="The log pipeline stood", actor=ADA
    )


def blockers(today: date) -> None:
    """Enter what must be built."""
    for title, reason, kinds, weeks in (
        ("Previews of roles", "NON_EDITIONABLE", ["roles", "role_appointments"], 5),
        ("Topical events and their lists", "NON_EDITIONABLE", ["topical_events"], 12),
        ("Browse and topic pages in packs", "NAVIGATION_OR_TAXONOMY", [], 18),
    ):
        actions.save_blocker(
            title=title,
            reason=reason,
            kinds=kinds,
            owner="Previews team",
            expected=today + timedelta(weeks=weeks),
            actor=ADA,
        )


def talks(first: date, today: date) -> None:
    """Enter contacts, stages and a wave."""
    for number, one in enumerate(CAST[:9]):
        actions.log_contact(
            organisation=one.content_id,
            at=first + timedelta(weeks=2, days=number),
            channel="call" if number % 2 else "email",
            text="Told them about previews in production.",
            actor=ADA,
        )
    for one in CAST[:4]:
        actions.set_organisation(key=one.content_id, stage="piloting", actor=ADA)
    actions.set_organisation(
        key=CAST[8].content_id,
        next_action="Show them packs with topic pages",
        due=today + timedelta(days=9),
        contact="Head of digital content",
        actor=ADA,
    )
    actions.save_wave(
        name="First wave",
        starts=first + timedelta(weeks=4),
        ends=first + timedelta(weeks=12),
        organisations=[one.content_id for one in CAST[:6]],
        actor=ADA,
    )


def campaign(first: date, draw: random.Random) -> None:
    """Enter a campaign, who was nudged by it, and what they answered."""
    starts = first + timedelta(weeks=8)
    nudging.save_campaign(
        name="people-pages",
        title="People pages preview in production",
        variants=["short", "with-example"],
        organisations=[CAST[0].content_id, CAST[1].content_id, CAST[2].content_id],
        control=[CAST[9].content_id, CAST[11].content_id],
        starts=starts,
        ends=starts + timedelta(weeks=3),
        actor=ADA,
    )
    rows: list[UsageNudge] = []
    for one in CAST[:3]:
        for number in range(one.people):
            variant = draw.choice(["short", "with-example"])
            clicks = 2 if draw.random() < SHOWN_SHARE else 1
            when = at(starts + timedelta(number))
            rows += [
                nudge(one, number, event, variant, when) for event in ("shown", "clicked")[:clicks]
            ]
    UsageNudge.objects.bulk_create(rows)
    way = nudging.known_way(app="whitehall", kind="people")
    for one, reason in ((CAST[1], "HABIT"), (CAST[9], "MULTI_PAGE_SET"), (CAST[8], "OTHER")):
        who = nudging.who_was(pseudonyms().person(one.uid(0)), one.content_id)
        nudging.answer(who=who, way=way, reason=reason, via="banner", text="")


def nudge(one: Cast, number: int, event: str, variant: str, when: datetime) -> UsageNudge:
    """Return an event of the campaign."""
    return UsageNudge(
        at=when,
        event=event,
        campaign="people-pages",
        variant=variant,
        person=pseudonyms().person(one.uid(number)),
        email_key=pseudonyms().email(one.email(number)),
        organisation=one.content_id,
        app="whitehall",
        kind=one.kinds[0],
        found=event == "clicked",
    )


def previews(first: date, today: date, draw: random.Random) -> None:
    """Enter preview sessions in production: what people do instead of using integration."""
    rows = []
    for place, one in enumerate(CAST):
        if one.falls_from is None:
            continue
        for day in range((today - first).days):
            week, when = day // 7, first + timedelta(days=day)
            if when.weekday() > 4 or week < one.falls_from:
                continue
            share = min(1.0, 0.3 + 0.15 * (week - one.falls_from))
            if draw.random() < one.rate * share / 5:
                rows.append(preview(one, draw.randrange(one.people), when, day * 100 + place))
    UsagePreview.objects.bulk_create(rows, batch_size=500)


def preview(one: Cast, number: int, day: date, identity: int) -> UsagePreview:
    """Return a preview session."""
    return UsagePreview(
        id=identity,
        day=day,
        started_at=at(day, 11),
        person=pseudonyms().email(one.email(number)),
        organisation=one.content_id,
        kind=one.kinds[0],
        views=2,
    )


def introduce() -> None:
    """Make the organisations known by their names."""
    example_organisations()
    for one in CAST:
        Organisation.objects.get_or_create(
            content_id=one.content_id, defaults={"slug": one.slug, "title": one.title}
        )


def is_told() -> bool:
    """Say whether the example is there already."""
    return UsagePerson.objects.filter(key=pseudonyms().person(CAST[0].uid(0))).exists()
