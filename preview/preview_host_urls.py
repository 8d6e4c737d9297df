"""Addresses of the preview host: rendered drafts, and the pages of those without an account."""

from __future__ import annotations

from django.urls import path

from preview.ops import health
from preview.web import (
    errors,
    frames,
    guest_comments,
    guest_compare,
    guest_fact_checks,
    guest_sign_offs,
    guests,
    landing,
    link_requests,
    old_links,
    pack_frames,
)

urlpatterns = [
    path("healthcheck/live", health.live),
    path("s/<str:token>", landing.landing, name="landing"),
    path("s/<str:token>/request", link_requests.ask, name="link_request"),
    path(
        "shared/<uuid:link_id>/-/compare/<path:page>", guest_compare.compare, name="shared_compare"
    ),
    path(
        "shared/<uuid:link_id>/-/comments/<path:page>",
        guest_comments.index,
        name="shared_comments",
    ),
    path(
        "shared/<uuid:link_id>/-/new-comment/<path:page>",
        guest_comments.new,
        name="shared_comment_new",
    ),
    path(
        "shared/<uuid:link_id>/-/threads/<uuid:thread_id>/<path:page>",
        guest_comments.thread,
        name="shared_thread",
    ),
    path(
        "shared/<uuid:link_id>/-/sign-off/<path:page>",
        guest_sign_offs.index,
        name="shared_sign_off",
    ),
    path(
        "shared/<uuid:link_id>/-/fact-check/<path:page>",
        guest_fact_checks.index,
        name="shared_fact_check",
    ),
    path("shared/<uuid:link_id>/", guests.page, {"page": ""}, name="shared_page"),
    path("shared/<uuid:link_id>/<path:page>", guests.page, name="shared_page"),
    path("enter/<str:ticket>", frames.enter, name="enter"),
    path("pack-frames/<uuid:pack_id>/", pack_frames.page, {"page": ""}, name="pack_frame"),
    path("pack-frames/<uuid:pack_id>/<path:page>", pack_frames.page, name="pack_frame"),
    path("surfaces/<uuid:rendering_id>/<slug:surface>", frames.surface_frame, name="surface_frame"),
    path("frames/<uuid:rendering_id>/", frames.frame, {"page": ""}, name="frame"),
    path("frames/<uuid:rendering_id>/<path:page>", frames.frame, name="frame"),
    # GOV.UK's own addresses, for ?token= links; everything else is not found
    path("", old_links.page, {"page": ""}),
    path("<path:page>", old_links.page),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.nothing_here
handler500 = errors.fault
