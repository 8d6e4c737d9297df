"""Every table of the service, gathered for Django from the features that own them."""

from preview.accounts.models import AppToken, Organisation, Person, PublisherApp
from preview.alarms.models import Alarm
from preview.assets.models import Asset
from preview.audit.models import Entry, Seal
from preview.checks.models import CheckRun, Dismissal, Finding, OutsideLink
from preview.desk.models import LastLook, SavedView
from preview.drafts.models import BypassId, Draft, IdempotencyKey, Version
from preview.impact.models import Impact, ImpactPage
from preview.mail.models import Letter
from preview.notifications.models import (
    Notification,
    NotificationChoice,
    NotificationMail,
)
from preview.outbox.models import Delivery
from preview.packs.models import Pack, PackDraft
from preview.pre_release.models import AccessList, Breach, ListedPerson
from preview.rendering.companions import RenderedItem, RenderedSurface
from preview.rendering.models import PackPage, RenderedPage, Rendering, RenderingAsset
from preview.retention.models import Hold, Leftover, Receipt
from preview.review.comments.models import Comment, Thread
from preview.review.fact_checks.models import (
    CheckedFact,
    Checker,
    FactCheck,
    FactVerdict,
    Reply,
)
from preview.review.sign_offs.models import SignOff
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
from preview.usage.programme.acting import (
    UsageAlert,
    UsageBrownout,
    UsageCampaign,
    UsageDigest,
    UsageNudge,
)
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsagePreview,
    UsageReasonCount,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.models import (
    UsageAnnotation,
    UsageAnswer,
    UsageBlocker,
    UsageCapability,
    UsageContact,
    UsageOrganisation,
    UsageTarget,
    UsageView,
    UsageWave,
)
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay, UsageSession
from preview.webhooks.models import Attempt, Endpoint, Message

__all__ = [
    "AccessList",
    "Alarm",
    "AppToken",
    "Asset",
    "Attempt",
    "Breach",
    "BypassId",
    "CheckRun",
    "CheckedFact",
    "Checker",
    "Comment",
    "Delivery",
    "Dismissal",
    "Draft",
    "Endpoint",
    "Entry",
    "FactCheck",
    "FactVerdict",
    "Finding",
    "Grant",
    "GuestSession",
    "Hold",
    "IdempotencyKey",
    "Impact",
    "ImpactPage",
    "LastLook",
    "Leftover",
    "Letter",
    "LinkAddress",
    "LinkRequest",
    "ListedPerson",
    "Message",
    "Notification",
    "NotificationChoice",
    "NotificationMail",
    "OneTimeCode",
    "Organisation",
    "OutsideLink",
    "Pack",
    "PackDraft",
    "PackPage",
    "Person",
    "PublisherApp",
    "Receipt",
    "Recipient",
    "RenderedItem",
    "RenderedPage",
    "RenderedSurface",
    "Rendering",
    "RenderingAsset",
    "Reply",
    "SavedView",
    "Seal",
    "ShareLink",
    "SignOff",
    "Thread",
    "UsageActivityDay",
    "UsageAlert",
    "UsageAnnotation",
    "UsageAnswer",
    "UsageBlocker",
    "UsageBrownout",
    "UsageCampaign",
    "UsageCapability",
    "UsageContact",
    "UsageCoverage",
    "UsageDate",
    "UsageDay",
    "UsageDigest",
    "UsageEvent",
    "UsageForecast",
    "UsageGrant",
    "UsageKey",
    "UsageMetricWeek",
    "UsageNudge",
    "UsageObject",
    "UsageOrganisation",
    "UsagePerson",
    "UsagePreview",
    "UsageReasonCount",
    "UsageReject",
    "UsageRules",
    "UsageSession",
    "UsageSource",
    "UsageSourceKey",
    "UsageStanding",
    "UsageStateChange",
    "UsageTally",
    "UsageTarget",
    "UsageTrainingWindow",
    "UsageView",
    "UsageWave",
    "UsageWrite",
    "Version",
]
