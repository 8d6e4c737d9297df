"""Addresses of the bridge, on the service's host.

The Publishing API and the content store stand under prefixes of their own, and at the root too: a
client that changes nothing but the base address of its service finds everything where it looks.
"""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("publishing-api/", include("publishing_bridge.publishing_api.urls")),
    path("content-store/", include("publishing_bridge.content_store.urls")),
    path("", include("publishing_bridge.publishing_api.urls")),
    path("", include("publishing_bridge.content_store.urls")),
]
