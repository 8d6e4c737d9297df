"""Webhooks over HTTP: where an app wants to hear of what, and what was delivered."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of
from preview.errors import InvalidEndpoint
from preview.webhooks.actions import add_endpoint, enable_endpoint, redeliver, remove_endpoint
from preview.webhooks.models import Attempt, Endpoint, Message
from preview.webhooks.topics import TOPICS

MOST = 100
SCOPE = "webhooks:write"


class WebhookRequestSerializer(serializers.Serializer[Any]):
    """A webhook to add."""

    address = serializers.CharField(max_length=500, help_text="https:// on the public internet")
    topics = serializers.ListField(
        child=serializers.ChoiceField(sorted(TOPICS)), allow_empty=False, max_length=len(TOPICS)
    )
    description = serializers.CharField(max_length=120, required=False, default="")


class WebhookSerializer(serializers.ModelSerializer[Endpoint]):
    """A webhook; `disabled_reason` says why it hears nothing any more."""

    class Meta:
        model = Endpoint
        fields = [
            *("id", "address", "topics", "description"),
            *("created_at", "disabled_at", "disabled_reason"),
        ]


class NewWebhookSerializer(WebhookSerializer):
    """A webhook just made, with its secret: it is in this answer and nowhere else, ever."""

    secret = serializers.CharField(help_text="Signs what is sent (Standard Webhooks)")

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """One try."""

    class Meta:
        model = Attempt
        fields = ("at", "status", "failure", "milliseconds")


class WebhookDeliverySerializer(serializers.ModelSerializer[Message]):
    """A message and every try to deliver it; `id` is the header `webhook-id`."""

    state = serializers.ChoiceField([(one.value, one.value) for one in Message.State])
    attempts = AttemptSerializer(many=True)

    class Meta:
        model = Message
        fields = ("id", "topic", "state", "created_at", "next_at", "body", "attempts")


def endpoint_of(request: Request, webhook_id: uuid.UUID) -> Endpoint:
    """Return a webhook of the calling app."""
    return Endpoint.objects.select_related("app").get(id=webhook_id, app=app_of(request))


class WebhookListView(APIView):
    """The webhooks of an app."""

    scopes: ClassVar[dict[str, str]] = {"GET": SCOPE, "POST": SCOPE}

    @extend_schema(responses={200: WebhookSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """List the app's webhooks."""
        rows = Endpoint.objects.filter(app=app_of(request))[:MOST]
        return Response(WebhookSerializer(rows, many=True).data)

    @extend_schema(
        request=WebhookRequestSerializer,
        responses={
            201: NewWebhookSerializer,
            400: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def post(self, request: Request) -> Response:
        """Add a webhook; its secret is in this answer and nowhere else, ever."""
        wanted = WebhookRequestSerializer(data=request.data)
        if not wanted.is_valid():
            field, problems = next(iter(wanted.errors.items()))
            raise InvalidEndpoint(field, f"{field}: {told(problems)}")
        new = add_endpoint(app=app_of(request), **wanted.validated_data)
        data = {**WebhookSerializer(new.endpoint).data, "secret": new.secret}
        return Response(data, status=201)


def told(problems: Any) -> str:
    """Return the first sentence of a serializer's errors, however deep it is."""
    while isinstance(problems, dict | list) and problems:
        problems = next(iter(problems.values())) if isinstance(problems, dict) else problems[0]
    return str(problems)


class WebhookView(APIView):
    """One webhook."""

    scopes: ClassVar[dict[str, str]] = {"GET": SCOPE, "DELETE": SCOPE}

    @extend_schema(responses={200: WebhookSerializer, 404: PROBLEM})
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Get a webhook."""
        return Response(WebhookSerializer(endpoint_of(request, webhook_id)).data)

    @extend_schema(responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Remove a webhook with its log."""
        remove_endpoint(endpoint=endpoint_of(request, webhook_id))
        return Response(status=204)


class WebhookEnablingView(APIView):
    """Whether a webhook hears."""

    scopes: ClassVar[dict[str, str]] = {"POST": SCOPE}

    @extend_schema(request=None, responses={200: WebhookSerializer, 404: PROBLEM})
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Let a webhook that was disabled hear again."""
        endpoint = enable_endpoint(endpoint=endpoint_of(request, webhook_id))
        return Response(WebhookSerializer(endpoint).data)


class WebhookDeliveryListView(APIView):
    """What a webhook was sent."""

    scopes: ClassVar[dict[str, str]] = {"GET": SCOPE}

    @extend_schema(responses={200: WebhookDeliverySerializer(many=True), 404: PROBLEM})
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """List the newest 100 messages with every try."""
        rows = endpoint_of(request, webhook_id).messages.prefetch_related("attempts")[:MOST]
        return Response(WebhookDeliverySerializer(rows, many=True).data)


class RedeliveryView(APIView):
    """A message, once more."""

    scopes: ClassVar[dict[str, str]] = {"POST": SCOPE}

    @extend_schema(request=None, responses={202: None, 404: PROBLEM})
    def post(self, request: Request, message_id: uuid.UUID) -> Response:
        """Deliver a message again, in the background."""
        redeliver(message=Message.objects.get(id=message_id, endpoint__app=app_of(request)))
        return Response(status=202)
