"""What a campaign did: the nudged group before and since, beside one that was not nudged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from preview.usage.metrics.displacement import share
from preview.usage.programme.acting import UsageCampaign
from preview.usage.programme.figures import UsagePreview
from preview.usage.queries import REMAINING, Span
from preview.usage.results import UsageDay


@dataclass(frozen=True)
class Group:
    """Sessions a week and production's share of a group, before and since a campaign began."""

    organisations: int
    before: float
    since: float
    share_before: float | None
    share_since: float | None

    @property
    def change(self) -> float | None:
        """Return the relative change of sessions a week; None where there were none before."""
        return (self.since - self.before) / self.before if self.before else None


@dataclass(frozen=True)
class Effect:
    """What a campaign did, beside a group that was not nudged."""

    nudged: Group
    control: Group

    @property
    def difference(self) -> float | None:
        """Return how much more use fell among the nudged, in points of 1; None if unknown."""
        if self.nudged.change is None or self.control.change is None:
            return None
        return self.nudged.change - self.control.change


def effect(campaign: UsageCampaign, today: date) -> Effect:
    """Compare the time since the campaign began with as long a time before, in both groups."""
    last = min(today, campaign.ends + timedelta(days=28))
    days = max(7, (last - campaign.starts).days + 1)
    before = Span.ending(campaign.starts - timedelta(days=1), days)
    since = Span(campaign.starts, max(last, campaign.starts))
    nudged = set(campaign.organisations)
    control = set(campaign.control) or others(nudged, before)
    return Effect(group(nudged, before, since), group(control, before, since))


def others(nudged: set[str], before: Span) -> set[str]:
    """Return all other organisations that were in use before."""
    rows = UsageDay.objects.filter(
        day__range=(before.first, before.last), qualifying=True, audience__in=REMAINING
    )
    return set(rows.values_list("organisation", flat=True).distinct()) - nudged - {""}


def group(organisations: set[str], before: Span, since: Span) -> Group:
    """Return a group's figures."""
    there = [sessions(organisations, span) for span in (before, since)]
    here = [previews(organisations, span) for span in (before, since)]
    weeks = [len(span.days()) / 7 for span in (before, since)]
    return Group(
        organisations=len(organisations),
        before=there[0] / weeks[0],
        since=there[1] / weeks[1],
        share_before=share(here[0], there[0]),
        share_since=share(here[1], there[1]),
    )


def sessions(organisations: set[str], span: Span) -> int:
    """Return the remaining sessions of organisations."""
    rows = UsageDay.objects.filter(
        day__range=(span.first, span.last),
        qualifying=True,
        audience__in=REMAINING,
        organisation__in=organisations,
    )
    return int(rows.aggregate(n=Sum("sessions"))["n"] or 0)


def previews(organisations: set[str], span: Span) -> int:
    """Return the preview sessions in production of organisations."""
    rows = UsagePreview.objects.filter(
        day__range=(span.first, span.last), organisation__in=organisations
    )
    return rows.count()
