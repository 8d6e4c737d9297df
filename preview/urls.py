"""Addresses of the service's own host: the API, staff's pages, health checks."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter, UUIDConverter
from drf_spectacular.views import SpectacularAPIView

from preview.api import assets as api_assets
from preview.api import checks as api_checks
from preview.api import drafts as api_drafts
from preview.api import (
    fact_check_requests,
    inbound_mail,
    ingest,
    ingest_nudges,
    ingest_otlp,
    ingest_pages,
    many_share_links,
)
from preview.api import impact as api_impact
from preview.api import old_links as api_old_links
from preview.api import pack_members as api_pack_members
from preview.api import packs as api_packs
from preview.api import renderings as api_renderings
from preview.api import sensitivity as api_sensitivity
from preview.api import share_links as api_share_links
from preview.api import sign_offs as api_sign_offs
from preview.api import signon as api_signon
from preview.api import usage as api_usage
from preview.api import versions as api_versions
from preview.api import webhooks as api_webhooks
from preview.api.nothing import NothingView
from preview.ops import health
from preview.web import (
    audit,
    checks,
    comments,
    compare,
    drafts,
    errors,
    events,
    fact_checks,
    home,
    impact,
    link_requests,
    notifications,
    old_links,
    pack_changes,
    pack_exports,
    pack_progress,
    packs,
    pre_release,
    sensitivity,
    share_links,
    sign_in,
    sign_offs,
    signon,
    webhooks,
)


class ContentIdConverter(UUIDConverter):
    """A content id as Publishing API has it: lower case, version 1 to 5."""

    regex = r"[a-f\d]{8}-[a-f\d]{4}-[1-5][a-f\d]{3}-[89ab][a-f\d]{3}-[a-f\d]{12}"


class AnythingConverter(StringConverter):
    """Whatever is left of an address, line breaks and nothing at all included."""

    regex = r"[\s\S]*"


register_converter(ContentIdConverter, "content_id")
register_converter(AnythingConverter, "anything")
DRAFT = "api/v1/drafts/<content_id:content_id>"
PACK = "api/v1/packs/<uuid:pack_id>"
MEMBER = "packs/<uuid:pack_id>/drafts/<uuid:draft_id>"

urlpatterns = [
    path("healthcheck/live", health.live),
    path("healthcheck/ready", health.ready),
    # API
    path("api/openapi.yaml", SpectacularAPIView.as_view()),
    path("api/v1/drafts", api_drafts.DraftListView.as_view()),
    path(DRAFT, api_drafts.DraftView.as_view()),
    path(f"{DRAFT}/discard", api_drafts.DiscardView.as_view()),
    path(f"{DRAFT}/sensitivity", api_sensitivity.SensitivityView.as_view()),
    path(f"{DRAFT}/checks", api_checks.CheckListView.as_view()),
    path(f"{DRAFT}/versions/<int:number>", api_versions.VersionView.as_view()),
    path(f"{DRAFT}/impact", api_impact.DraftImpactView.as_view()),
    path(f"{DRAFT}/old-links", api_old_links.OldLinkListView.as_view()),
    path(f"{DRAFT}/sign-off", api_sign_offs.SignOffView.as_view()),
    path(f"{DRAFT}/share-links", api_share_links.ShareLinkListView.as_view()),
    path(f"{DRAFT}/share-links/revoke", many_share_links.DraftLinksRevocationView.as_view()),
    path(f"{PACK}/share-links", many_share_links.PackLinksView.as_view()),
    path(f"{PACK}/share-links/revoke", many_share_links.PackLinksRevocationView.as_view()),
    path(
        "api/v1/organisations/<uuid:content_id>/share-links/revoke",
        many_share_links.OrganisationLinksRevocationView.as_view(),
    ),
    path(
        "api/v1/share-links/<uuid:link_id>/extend",
        api_share_links.ShareLinkExtensionView.as_view(),
    ),
    path(
        "api/v1/share-links/<uuid:link_id>/revoke",
        api_share_links.ShareLinkRevocationView.as_view(),
    ),
    path("api/v1/renderings/<uuid:rendering_id>", api_renderings.RenderingView.as_view()),
    path("api/v1/assets", api_assets.AssetListView.as_view()),
    path("api/v1/assets/<uuid:asset_id>", api_assets.AssetView.as_view()),
    path("api/v1/packs", api_packs.PackListView.as_view()),
    path(PACK, api_packs.PackView.as_view()),
    path(f"{PACK}/members", api_pack_members.MemberListView.as_view()),
    path(f"{PACK}/members/<content_id:content_id>", api_pack_members.MemberView.as_view()),
    path(f"{PACK}/members/<content_id:content_id>/consent", api_pack_members.ConsentView.as_view()),
    # The publishing platform's own addresses
    path("", include("publishing_bridge.urls")),
    # Logs of integration
    path("ingest/v1/logs", ingest.LogsView.as_view()),
    path("ingest/v1/page-tokens", ingest_pages.PageTokenView.as_view()),
    path("ingest/v1/beacon", ingest_pages.BeaconView.as_view()),
    path("ingest/v1/nudges", ingest_nudges.NudgeView.as_view()),
    path("v1/logs", ingest_otlp.OtlpLogsView.as_view()),
    path("api/v1/usage/weeks", api_usage.UsageWeeksView.as_view()),
    path("api/v1/usage/organisations", api_usage.UsageOrganisationsView.as_view()),
    path("api/v1/usage/forecast", api_usage.UsageForecastView.as_view()),
    path("api/v1/usage/sources", api_usage.UsageSourcesView.as_view()),
    # Fact checks, as Fact Check Manager takes them
    path("api/requests", fact_check_requests.RequestListView.as_view()),
    path(
        "api/requests/<slug:source_app>/<str:source_id>", fact_check_requests.RequestView.as_view()
    ),
    path(
        "api/requests/<slug:source_app>/<str:source_id>/resend-emails",
        fact_check_requests.ResendView.as_view(),
    ),
    path("inbound/v1/mail", inbound_mail.receive),
    path("api/v1/webhooks", api_webhooks.WebhookListView.as_view()),
    path("api/v1/webhooks/<uuid:webhook_id>", api_webhooks.WebhookView.as_view()),
    path("api/v1/webhooks/<uuid:webhook_id>/enable", api_webhooks.WebhookEnablingView.as_view()),
    path(
        "api/v1/webhooks/<uuid:webhook_id>/deliveries",
        api_webhooks.WebhookDeliveryListView.as_view(),
    ),
    path(
        "api/v1/webhook-deliveries/<uuid:message_id>/redeliver",
        api_webhooks.RedeliveryView.as_view(),
    ),
    path("api/<anything:rest>", NothingView.as_view()),
    # Staff
    path("", home.index, name="drafts"),
    path("views", home.save, name="view_save"),
    path("views/<int:view_id>/delete", home.delete, name="view_delete"),
    path("sign-in", sign_in.choose, name="sign_in"),
    path("sign-out", sign_in.leave, name="sign_out"),
    path("auth/gds", signon.start, name="signon"),
    path("auth/gds/callback", signon.callback),
    path("auth/gds/sign_out", signon.sign_out),
    path("auth/failure", signon.failure),
    path("auth/gds/api/users/<str:uid>", api_signon.update),
    path("auth/gds/api/users/<str:uid>/reauth", api_signon.reauth),
    path("drafts/<uuid:draft_id>", drafts.show, name="draft"),
    path("drafts/<uuid:draft_id>/sensitivity", sensitivity.show, name="draft_sensitivity"),
    path("drafts/<uuid:draft_id>/impact", impact.show, name="draft_impact"),
    path("drafts/<uuid:draft_id>/impact/measure", impact.measure, name="draft_impact_measure"),
    path("drafts/<uuid:draft_id>/old-link", old_links.mint, name="old_link"),
    path("drafts/<uuid:draft_id>/compare", compare.show, name="draft_compare"),
    path("drafts/<uuid:draft_id>/checks", checks.show, name="draft_checks"),
    path(
        "drafts/<uuid:draft_id>/checks/<slug:key>/dismiss", checks.dismiss, name="finding_dismiss"
    ),
    path(
        "drafts/<uuid:draft_id>/checks/<slug:key>/restore", checks.restore, name="finding_restore"
    ),
    path("drafts/<uuid:draft_id>/comments", comments.index, name="draft_comments"),
    path("drafts/<uuid:draft_id>/comments/new", comments.new, name="draft_comment_new"),
    path("drafts/<uuid:draft_id>/sign-off", sign_offs.index, name="draft_sign_off"),
    path("drafts/<uuid:draft_id>/fact-checks", fact_checks.index, name="draft_fact_checks"),
    path("fact-checks/<uuid:check_id>", fact_checks.show, name="fact_check"),
    path("fact-checks/<uuid:check_id>/close", fact_checks.close, name="fact_check_close"),
    path("fact-checks/<uuid:check_id>/remind", fact_checks.remind_all, name="fact_check_remind"),
    path("settings/notifications", notifications.settings_page, name="notification_settings"),
    path("unsubscribe/<str:token>", notifications.stop, name="unsubscribe"),
    path("webhooks", webhooks.index, name="webhooks"),
    path("webhooks/<uuid:webhook_id>", webhooks.show, name="webhook"),
    path("webhooks/<uuid:webhook_id>/enable", webhooks.enable, name="webhook_enable"),
    path(
        "webhook-deliveries/<uuid:message_id>/redeliver",
        webhooks.send_again,
        name="webhook_redeliver",
    ),
    path("sign-offs/<uuid:sign_off_id>", sign_offs.show, name="sign_off"),
    path("sign-offs/<uuid:sign_off_id>/withdraw", sign_offs.withdraw, name="sign_off_withdraw"),
    path(
        "sign-offs/<uuid:sign_off_id>/certificate.<slug:form>",
        sign_offs.export,
        name="sign_off_export",
    ),
    path("comments/<uuid:thread_id>", comments.thread, name="comment_thread"),
    path("comments/<uuid:thread_id>/resolve", comments.resolve, name="comment_resolve"),
    path("comments/<uuid:thread_id>/reopen", comments.reopen, name="comment_reopen"),
    path("drafts/<uuid:draft_id>/events", events.stream, name="draft_events"),
    path("packs", packs.index, name="packs"),
    path("packs/new", pack_changes.create, name="pack_new"),
    path("packs/<uuid:pack_id>", packs.show, name="pack"),
    path("packs/<uuid:pack_id>/preview", packs.preview, name="pack_preview"),
    path("packs/<uuid:pack_id>/edit", pack_changes.edit, name="pack_edit"),
    path("packs/<uuid:pack_id>/archive", pack_changes.archive, name="pack_archive"),
    path("packs/<uuid:pack_id>/progress", pack_progress.show, name="pack_progress"),
    path("packs/<uuid:pack_id>/export", pack_exports.export, name="pack_export"),
    path("packs/<uuid:pack_id>/add", pack_changes.find, name="pack_find"),
    path(f"{MEMBER}/add", pack_changes.add, name="pack_add"),
    path(f"{MEMBER}/move", pack_changes.move, name="pack_move"),
    path(f"{MEMBER}/remove", pack_changes.remove, name="pack_remove"),
    path(f"{MEMBER}/agree", pack_changes.agree, name="pack_agree"),
    path("packs/<uuid:pack_id>/share", share_links.share, name="share"),
    path("packs/<uuid:pack_id>/pre-release", pre_release.show, name="pre_release"),
    path("packs/<uuid:pack_id>/pre-release.csv", pre_release.published, name="pre_release_csv"),
    path("packs/<uuid:pack_id>/seen", audit.seen, name="pack_seen"),
    path("audit", audit.trail, name="audit_trail"),
    path("audit.csv", audit.as_csv, name="audit_csv"),
    path("packs/<uuid:pack_id>/share/stop", share_links.revoke_all, name="share_links_revoke_all"),
    path("drafts/<uuid:draft_id>/share/stop", share_links.revoke_of_draft, name="draft_links_stop"),
    path("share-links/<uuid:link_id>/revoke", share_links.revoke, name="share_link_revoke"),
    path("share-links/<uuid:link_id>/extend", share_links.extend, name="share_link_extend"),
    path("share-links/<uuid:link_id>/approve", share_links.approve, name="share_link_approve"),
    path(
        "link-requests/<uuid:request_id>/answer", link_requests.answer, name="link_request_answer"
    ),
    # Integration usage
    path("", include("preview.web.usage.urls")),
    path("", include("preview.web.administration.urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.fault
