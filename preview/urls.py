"""Addresses of the service's own host: the API, staff's pages, health checks."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from preview.api import drafts as api_drafts
from preview.api import renderings as api_renderings
from preview.api import share_links as api_share_links
from preview.api import versions as api_versions
from preview.ops import health
from preview.web import drafts, errors, events, share_links, sign_in

CONTENT_ID = r"(?P<content_id>[a-f\d]{8}-[a-f\d]{4}-[1-5][a-f\d]{3}-[89ab][a-f\d]{3}-[a-f\d]{12})"

urlpatterns = [
    path("healthcheck/live", health.live),
    path("healthcheck/ready", health.ready),
    # API
    path("api/openapi.yaml", SpectacularAPIView.as_view()),
    path("api/v1/drafts", api_drafts.DraftListView.as_view()),
    re_path(f"^api/v1/drafts/{CONTENT_ID}$", api_drafts.DraftView.as_view()),
    re_path(f"^api/v1/drafts/{CONTENT_ID}/discard$", api_drafts.DiscardView.as_view()),
    re_path(
        rf"^api/v1/drafts/{CONTENT_ID}/versions/(?P<number>\d{{1,9}})$",
        api_versions.VersionView.as_view(),
    ),
    re_path(
        f"^api/v1/drafts/{CONTENT_ID}/share-links$", api_share_links.ShareLinkListView.as_view()
    ),
    path(
        "api/v1/share-links/<uuid:link_id>/revoke",
        api_share_links.ShareLinkRevocationView.as_view(),
    ),
    path("api/v1/renderings/<uuid:rendering_id>", api_renderings.RenderingView.as_view()),
    # Staff
    path("", drafts.index, name="drafts"),
    path("sign-in", sign_in.choose, name="sign_in"),
    path("sign-out", sign_in.leave, name="sign_out"),
    path("drafts/<uuid:draft_id>", drafts.show, name="draft"),
    path("drafts/<uuid:draft_id>/events", events.stream, name="draft_events"),
    path("drafts/<uuid:draft_id>/share-links", share_links.create, name="share_link_create"),
    path("share-links/<uuid:link_id>/revoke", share_links.revoke, name="share_link_revoke"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.fault
