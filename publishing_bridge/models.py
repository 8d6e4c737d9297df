"""Every table of the bridge, gathered for Django from the packages that own them."""

from publishing_bridge.consumer.models import HandledMessage
from publishing_bridge.content_store.models import ContentItem, ContentRoute, PublishIntent
from publishing_bridge.publishing_api.models import (
    ContentIdAlias,
    Document,
    Edition,
    Event,
    Link,
    LinkChange,
    LinkSet,
    PathReservation,
    Unpublishing,
)
from publishing_bridge.tee.models import ForwardedRequest

__all__ = [
    "ContentIdAlias",
    "ContentItem",
    "ContentRoute",
    "Document",
    "Edition",
    "Event",
    "ForwardedRequest",
    "HandledMessage",
    "Link",
    "LinkChange",
    "LinkSet",
    "PathReservation",
    "PublishIntent",
    "Unpublishing",
]
