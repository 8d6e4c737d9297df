"""Addresses of the Publishing API.

Source: alphagov/publishing-api `config/routes.rb`.
"""

from __future__ import annotations

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter, UUIDConverter

from publishing_bridge.publishing_api.endpoint import Unrouted
from publishing_bridge.publishing_api.views import (
    content,
    host_content,
    links,
    lookups,
    paths,
    schemas,
)


class PlatformIdConverter(UUIDConverter):
    """A content id as the platform has it: lower case, version 1 to 5."""

    regex = r"[a-f\d]{8}-[a-f\d]{4}-[1-5][a-f\d]{3}-[89ab][a-f\d]{3}-[a-f\d]{12}"


class BasePathConverter(StringConverter):
    """The path of a page without its first slash; nothing at all is the home page."""

    regex = r"[^\0]*"


register_converter(PlatformIdConverter, "platform_id")
register_converter(BasePathConverter, "base_path")
ITEM = "v2/content/<platform_id:content_id>"

urlpatterns = [
    path("v2/content", content.ContentList.as_view()),
    path(ITEM, content.Content.as_view()),
    path(f"{ITEM}/publish", content.Publish.as_view()),
    path(f"{ITEM}/republish", content.Republish.as_view()),
    path(f"{ITEM}/unpublish", content.Unpublish.as_view()),
    path(f"{ITEM}/discard-draft", content.DiscardDraft.as_view()),
    path(f"{ITEM}/events", content.Events.as_view()),
    path(f"{ITEM}/host-content", host_content.HostContent.as_view()),
    path(
        f"{ITEM}/host-content/<platform_id:host_content_id>",
        host_content.HostContentItem.as_view(),
    ),
    path(f"{ITEM}/embedded", host_content.HostContent.as_view()),
    path("v2/linkables", content.Linkables.as_view()),
    path("v2/editions", lookups.EditionList.as_view()),
    path("v2/links/by-content-id", links.LinksByContentId.as_view()),
    path("v2/links/changes", links.LinkChanges.as_view()),
    path("v2/links/<platform_id:content_id>", links.Links.as_view()),
    path("v2/expanded-links/<platform_id:content_id>", links.ExpandedLinks.as_view()),
    path("v2/linked/<platform_id:content_id>", links.Linked.as_view()),
    path("v2/schemas", schemas.Schemas.as_view()),
    path("v2/schemas/<str:name>", schemas.Schema.as_view()),
    path("lookup-by-base-path", lookups.LookupByBasePath.as_view()),
    re_path(r"^paths(?:/(?P<base_path>.*))?$", paths.Path.as_view()),
    re_path(r"^publish-intent(?:/(?P<base_path>.*))?$", paths.Intent.as_view()),
    re_path(r"^(?:v2|graphql|debug)(?:/.*)?$", Unrouted.as_view()),
]
