"""The shapes of packs in the API, for reading, writing and the OpenAPI document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from preview.drafts.models import Draft
from preview.errors import InvalidPack
from preview.packs.models import Pack, PackDraft


class PackRequestSerializer(serializers.Serializer[Any]):
    """What a pack is made from."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=5000
    )
    as_of = serializers.DateTimeField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Show the pack as it will be at this time, RFC 3339 with offset",
    )


class PackChangeSerializer(serializers.Serializer[Any]):
    """What of a pack is changed."""

    name = serializers.CharField(required=False, max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    as_of = serializers.DateTimeField(required=False, allow_null=True)


class MemberRequestSerializer(serializers.Serializer[Any]):
    """Where in the order a draft goes."""

    position = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=10_000
    )


class DraftNameSerializer(serializers.Serializer[Any]):
    """What tells a draft from all others."""

    content_id = serializers.UUIDField()
    locale = serializers.CharField(
        required=False, default="en", allow_blank=True, max_length=16, help_text='"" for links'
    )
    kind = serializers.ChoiceField(
        required=False, default=Draft.Kind.CONTENT, choices=Draft.Kind.choices
    )


class OrderSerializer(serializers.Serializer[Any]):
    """The order of a pack's drafts: each of them once."""

    members = DraftNameSerializer(many=True)


class PackSerializer(serializers.ModelSerializer[Pack]):
    """A pack; `drafts` counts those that the pack holds, waiting ones included."""

    drafts = serializers.SerializerMethodField()
    page_url = serializers.SerializerMethodField(help_text="Address of the pack's page, for staff")

    class Meta:
        model = Pack
        fields = [
            "id",
            "name",
            "description",
            "owner",
            "as_of",
            "drafts",
            "created_at",
            "updated_at",
            "archived_at",
            "page_url",
        ]

    def get_drafts(self, pack: Pack) -> int:
        """Return how many drafts the pack holds."""
        counted = getattr(pack, "count", None)
        return pack.members.count() if counted is None else int(counted)

    def get_page_url(self, pack: Pack) -> str:
        """Return the address of the pack's page on the service."""
        return f"{settings.SERVICE_ORIGIN}/packs/{pack.id}"


class MemberSerializer(serializers.ModelSerializer[PackDraft]):
    """A draft in a pack; title and path are null where the token may not read the draft."""

    content_id = serializers.UUIDField(source="draft.content_id")
    locale = serializers.CharField(source="draft.locale")
    kind = serializers.ChoiceField(source="draft.kind", choices=Draft.Kind.choices)
    app = serializers.CharField(source="draft.app.name")
    title = serializers.SerializerMethodField()
    base_path = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    waits_for_consent = serializers.BooleanField(source="waits")
    came_with = serializers.UUIDField(
        source="brought_by.draft.content_id",
        allow_null=True,
        default=None,
        help_text="Content id of the document whose child it is",
    )

    class Meta:
        model = PackDraft
        fields = [
            "content_id",
            "locale",
            "kind",
            "app",
            "title",
            "base_path",
            "version",
            "position",
            "added_at",
            "waits_for_consent",
            "came_with",
        ]

    def readable(self, member: PackDraft) -> bool:
        """Say whether the token may read the draft."""
        return member.draft_id in self.context.get("readable", ())

    def get_title(self, member: PackDraft) -> str | None:
        """Return the draft's title."""
        return member.draft.title if self.readable(member) else None

    def get_base_path(self, member: PackDraft) -> str | None:
        """Return the draft's path."""
        return member.draft.base_path if self.readable(member) else None

    def get_version(self, member: PackDraft) -> int | None:
        """Return the draft's version."""
        return member.draft.version_number if self.readable(member) else None


class MissingSerializer(serializers.Serializer[Any]):
    """A link from a draft of the pack to a draft that is not in it."""

    content_id = serializers.UUIDField(source="missing.content_id")
    locale = serializers.CharField(source="missing.locale")
    title = serializers.CharField(source="missing.title")
    linked_from = serializers.UUIDField(source="linked_from.content_id")


class MembersSerializer(serializers.Serializer[Any]):
    """The drafts of a pack in order, and the links to drafts that it lacks."""

    members = MemberSerializer(many=True)
    missing = MissingSerializer(many=True)


def read(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Return the body as a serializer reads it.

    Raises:
        InvalidPack: with the first thing that is wrong.

    """
    found = serializer(data=data)
    if not found.is_valid():
        field, sentence = first_of(found.errors)
        raise InvalidPack(field, sentence)
    values: dict[str, Any] = dict(found.validated_data)
    return values


def first_of(errors: Any, field: str = "") -> tuple[str, str]:
    """Return the first error of a serializer, with the name of its field."""
    while not isinstance(errors, str):
        if isinstance(errors, dict):
            name, errors = next(iter(errors.items()))
            field = f"{field}.{name}" if field else str(name)
        else:
            errors = next((one for one in errors if one), "This can't be read.")
    return field, str(errors)
