"""Every table of the service, gathered for Django from the features that own them."""

from preview.accounts.models import AppToken, Organisation, Person, PublisherApp
from preview.alarms.models import Alarm
from preview.assets.models import Asset
from preview.audit.models import Entry, Seal
from preview.drafts.models import BypassId, Draft, IdempotencyKey, Version
from preview.impact.models import Impact, ImpactPage
from preview.mail.models import Letter
from preview.outbox.models import Delivery
from preview.packs.models import Pack, PackDraft
from preview.rendering.models import PackPage, RenderedPage, Rendering, RenderingAsset
from preview.sharing.models import (
    Grant,
    GuestSession,
    LinkAddress,
    LinkRequest,
    OneTimeCode,
    Recipient,
    ShareLink,
)
from preview.usage.models import (
    UsageDate,
    UsageEvent,
    UsageGrant,
    UsageKey,
    UsageObject,
    UsagePerson,
    UsageReject,
    UsageRules,
    UsageSource,
    UsageSourceKey,
    UsageTally,
    UsageTrainingWindow,
    UsageWrite,
)
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay, UsageSession

__all__ = [
    "Alarm",
    "AppToken",
    "Asset",
    "BypassId",
    "Delivery",
    "Draft",
    "Entry",
    "Grant",
    "GuestSession",
    "IdempotencyKey",
    "Impact",
    "ImpactPage",
    "Letter",
    "LinkAddress",
    "LinkRequest",
    "OneTimeCode",
    "Organisation",
    "Pack",
    "PackDraft",
    "PackPage",
    "Person",
    "PublisherApp",
    "Recipient",
    "RenderedPage",
    "Rendering",
    "RenderingAsset",
    "Seal",
    "ShareLink",
    "UsageActivityDay",
    "UsageCoverage",
    "UsageDate",
    "UsageDay",
    "UsageEvent",
    "UsageGrant",
    "UsageKey",
    "UsageObject",
    "UsagePerson",
    "UsageReject",
    "UsageRules",
    "UsageSession",
    "UsageSource",
    "UsageSourceKey",
    "UsageTally",
    "UsageTrainingWindow",
    "UsageWrite",
    "Version",
]
