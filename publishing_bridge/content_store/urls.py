"""Addresses of the content store.

Source: alphagov/content-store `config/routes.rb`.
"""

from __future__ import annotations

from django.urls import path, re_path

from publishing_bridge.content_store.pack_views import PackContent
from publishing_bridge.content_store.views import Content

urlpatterns = [
    re_path(r"^content(?:/(?P<base_path>.*))?$", Content.as_view()),
    re_path(r"^api/content(?:/(?P<base_path>.*))?$", Content.as_view(public=True)),
    path("packs/<uuid:pack_id>/content/<path:base_path>", PackContent.as_view()),
    path("packs/<uuid:pack_id>/api/content/<path:base_path>", PackContent.as_view(public=True)),
]
