"""Checks over HTTP: what they found on the newest preview of a draft."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, draft_at
from preview.api.kinds import LOCALE
from preview.api.serializers import ChecksBadgeSerializer
from preview.checks.models import InBrowser, Severity
from preview.checks.queries import Report, Told, report
from preview.rendering.models import Rendering


class DismissalSerializer(serializers.Serializer[Any]):
    """Why a finding may stand."""

    reason = serializers.CharField()
    dismissed_at = serializers.DateTimeField()


class FindingSerializer(serializers.Serializer[Any]):
    """One thing to do."""

    key = serializers.CharField(help_text="Stays the same from version to version")
    rule = serializers.CharField()
    severity = serializers.ChoiceField(Severity.choices)
    sentence = serializers.CharField(help_text="What is wrong, where, and what to do")
    why = serializers.CharField(help_text="Why it matters")
    quote = serializers.CharField(help_text="The words or the address that it is about")
    page = serializers.CharField(help_text="Path of the page")
    block = serializers.CharField(help_text="Where on the page")
    pointer = serializers.CharField(help_text="JSON Pointer into the content item, or empty")
    new = serializers.BooleanField(help_text="Whether the live page does not have it")
    dismissed = DismissalSerializer(allow_null=True)


class ChecksSerializer(serializers.Serializer[Any]):
    """The checks of the newest preview; new findings first."""

    version = serializers.IntegerField(allow_null=True, help_text="The version that was checked")
    checked_at = serializers.DateTimeField(allow_null=True)
    compared_with_live = serializers.BooleanField()
    accessibility = serializers.ChoiceField(
        InBrowser.choices, allow_null=True, help_text="How axe-core looked at it, in a browser"
    )
    counts = ChecksBadgeSerializer(help_text="What is new and not dismissed")
    findings = FindingSerializer(many=True)


class CheckListView(APIView):
    """The checks of a draft."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read"}

    @extend_schema(parameters=[LOCALE], responses={200: ChecksSerializer, 404: PROBLEM})
    def get(self, request: Request, content_id: uuid.UUID) -> Response:
        """Get what the checks of the newest preview found."""
        draft = draft_at(request, content_id)
        ready = Rendering.objects.in_own_pack().ready().filter(version__draft=draft)
        rendering = ready.select_related("version").newest_first().first()
        number = rendering.version.number if rendering and rendering.version else None
        return Response(ChecksSerializer(told(report(rendering, draft.id), number)).data)


def told(found: Report, version: int | None) -> dict[str, Any]:
    """Return a report as the answer has it."""
    rows = sorted((*found.new, *found.known, *found.dismissed), key=in_order)
    return {
        "version": version,
        "checked_at": found.run.checked_at if found.run else None,
        "compared_with_live": bool(found.run and found.run.compared),
        "accessibility": found.run.in_browser if found.run else None,
        "counts": found.badge,
        "findings": [finding(one) for one in rows],
    }


def in_order(one: Told) -> tuple[bool, int]:
    """Return what puts findings in order: new ones first."""
    return (not one.finding.is_new, one.finding.position)


def finding(one: Told) -> dict[str, Any]:
    """Return a finding as the answer has it."""
    row = one.finding
    return {
        "key": row.key,
        "rule": row.rule,
        "severity": row.severity,
        "sentence": row.sentence,
        "why": one.why,
        "quote": row.quote,
        "page": row.page,
        "block": row.block,
        "pointer": row.pointer,
        "new": row.is_new,
        "dismissed": one.dismissal,
    }
