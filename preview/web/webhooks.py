"""Webhooks of all apps, for admins: what was delivered, what failed, sending it again."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from preview.web.viewer import person_of, signed_in
from preview.webhooks.actions import enable_endpoint, redeliver
from preview.webhooks.models import Endpoint, Message

MOST = 100


def admin_of(request: HttpRequest) -> str:
    """Return the signed-in admin as an actor; for everybody else there is nothing here."""
    person = person_of(request)
    if not {"signin", "admin"} <= set(person.permissions):
        raise Http404
    return f"person:{person.uid}"


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """List the webhooks of all apps."""
    admin_of(request)
    rows = list(Endpoint.objects.select_related("app").order_by("app__name", "created_at")[:500])
    values = {"person": request.user, "endpoints": rows}
    return render(request, "web/webhooks/index.html", values, using="jinja2")


@require_safe
@signed_in
def show(request: HttpRequest, webhook_id: uuid.UUID) -> HttpResponse:
    """Show a webhook with what it was sent, newest first."""
    admin_of(request)
    endpoint = get_object_or_404(Endpoint.objects.select_related("app"), id=webhook_id)
    messages = list(endpoint.messages.prefetch_related("attempts")[:MOST])
    values = {"person": request.user, "endpoint": endpoint, "messages": messages}
    return render(request, "web/webhooks/show.html", values, using="jinja2")


@require_POST
@signed_in
def enable(request: HttpRequest, webhook_id: uuid.UUID) -> HttpResponse:
    """Let a webhook that was disabled hear again."""
    actor = admin_of(request)
    endpoint = get_object_or_404(Endpoint.objects.select_related("app"), id=webhook_id)
    enable_endpoint(endpoint=endpoint, actor=actor)
    return redirect("webhook", webhook_id=webhook_id)


@require_POST
@signed_in
def send_again(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Deliver a message again."""
    admin_of(request)
    message = get_object_or_404(Message, id=message_id)
    redeliver(message=message)
    return redirect("webhook", webhook_id=message.endpoint_id)
