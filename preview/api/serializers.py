"""The shapes of the API's answers, for writing them and for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from preview.access import Role
from preview.drafts.models import Draft, Version
from preview.rendering.models import Rendering
from preview.sharing.models import ShareLink


class ViolationSerializer(serializers.Serializer[Any]):
    """One thing that is wrong with a content item."""

    pointer = serializers.CharField(help_text="JSON Pointer into the body (RFC 6901)")
    detail = serializers.CharField(help_text="A sentence that says what to do")
    rule = serializers.CharField(help_text="Name of the rule")


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem, as RFC 9457 has it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ViolationSerializer(many=True, required=False)  # type: ignore[assignment]  # a field


class RemarkSerializer(serializers.Serializer[Any]):
    """One line of the fidelity report: what of the page is not real."""

    kind = serializers.ChoiceField(
        choices=["stubbed", "from_live", "missing_link", "left_out", "generic"]
    )
    what = serializers.CharField()
    pointer = serializers.CharField(allow_null=True)


class RenderedPageSerializer(serializers.Serializer[Any]):
    """One page of a rendering."""

    path = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="HTTP status that the live site would answer with")
    sha256 = serializers.CharField(help_text="SHA-256 (hex) of the page's HTML")
    size = serializers.IntegerField(help_text="Bytes of HTML")


class RenderingSerializer(serializers.ModelSerializer[Rendering]):
    """A rendering: state, pages, fidelity report, or why there is none."""

    version = serializers.IntegerField(source="version.number")
    pages = RenderedPageSerializer(many=True)
    remarks = RemarkSerializer(many=True)

    class Meta:
        model = Rendering
        fields = [
            "id",
            "content_id",
            "locale",
            "version",
            "state",
            "renderer",
            "queued_at",
            "ended_at",
            "failure",
            "trace_id",
            "remarks",
            "timings",
            "pages",
        ]


class DraftSerializer(serializers.ModelSerializer[Draft]):
    """A draft as it stands, with the newest version's rendering where there is one."""

    app = serializers.CharField(source="app.name")
    version = serializers.IntegerField(source="version_number")
    page_url = serializers.SerializerMethodField(help_text="Address of the draft's page, for staff")

    class Meta:
        model = Draft
        fields = [
            "content_id",
            "locale",
            "kind",
            "app",
            "state",
            "version",
            "title",
            "base_path",
            "schema_name",
            "document_type",
            "sensitivity",
            "lower_to",
            "known_schema",
            "created_at",
            "updated_at",
            "page_url",
        ]

    def get_page_url(self, draft: Draft) -> str:
        """Return the address of the draft's page on the service."""
        return f"{settings.SERVICE_ORIGIN}/drafts/{draft.id}"


class ChecksBadgeSerializer(serializers.Serializer[Any]):
    """How many things are to do: new beside the live page and not dismissed."""

    state = serializers.ChoiceField(
        choices=["waiting", "done", "failed"], help_text="Whether the checks have run"
    )
    errors = serializers.IntegerField()  # type: ignore[assignment]  # a field
    warnings = serializers.IntegerField()
    hints = serializers.IntegerField()


class DraftWithRenderingSerializer(DraftSerializer):
    """A draft and what became of its newest version."""

    rendering = RenderingSerializer(allow_null=True)
    checks = ChecksBadgeSerializer(help_text="Checks of that rendering")

    class Meta(DraftSerializer.Meta):
        fields = [*DraftSerializer.Meta.fields, "rendering", "checks"]


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A version with the content that was sent."""

    content = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = ["number", "sha256", "created_at", "content"]

    def get_content(self, version: Version) -> dict[str, Any]:
        """Return the content item as it was sent."""
        return version.content()


class ShareLinkRequestSerializer(serializers.Serializer[Any]):
    """What a share link is made from."""

    expires_at = serializers.DateTimeField(help_text="When the link ends, RFC 3339 with offset")
    kind = serializers.ChoiceField(ShareLink.Kind.choices, default=ShareLink.Kind.NAMED)
    role = serializers.ChoiceField([role.value for role in Role], default=Role.VIEW.value)
    label = serializers.CharField(  # type: ignore[assignment]  # a field
        required=False, default="", allow_blank=True
    )
    purpose = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="Shown before the link is opened"
    )
    recipients = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        default=list,
        help_text="E-mail addresses, for the kind `named`; each gets an e-mail with the link",
    )
    passphrase = serializers.CharField(required=False, default="", allow_blank=True)
    opens_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    most_people = serializers.IntegerField(
        required=False, allow_null=True, default=None, max_value=2**31 - 1
    )
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**31 - 1,
        help_text="Pin this version; without it the link follows the latest",
    )


class ShareLinkExtensionSerializer(serializers.Serializer[Any]):
    """The new end of a share link."""

    expires_at = serializers.DateTimeField(help_text="When the link ends, RFC 3339 with offset")


class EndedLinksSerializer(serializers.Serializer[Any]):
    """The ids of the links that a request ended; those that had ended before are not among them."""

    ended = serializers.ListField(child=serializers.UUIDField())


class ShareLinkSerializer(serializers.ModelSerializer[ShareLink]):
    """A share link; `url` is there only in the answer that made it."""

    url = serializers.CharField(required=False)
    revoked_at = serializers.DateTimeField(source="ended_at", allow_null=True)
    version = serializers.SerializerMethodField(help_text="The pinned version, null for the latest")
    opened = serializers.IntegerField(
        source="grants.count", help_text="Number of browsers that opened the link"
    )

    class Meta:
        model = ShareLink
        fields = [
            "id",
            "kind",
            "role",
            "label",
            "purpose",
            "created_at",
            "opens_at",
            "expires_at",
            "revoked_at",
            "ended_reason",
            "version",
            "opened",
            "url",
        ]

    def get_version(self, link: ShareLink) -> int | None:
        """Return the number of the pinned version of a draft shared by itself."""
        pinned = link.pinned_versions.first() if link.pinned else None
        return pinned.number if pinned else None


class OldLinkSerializer(serializers.Serializer[Any]):
    """A link with a token; its address is in this answer only."""

    url = serializers.CharField(help_text="Opens the draft for whoever has it")
