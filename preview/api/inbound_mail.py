"""E-mail that comes in: a mail service posts each message as it is, signed.

Source: Standard Webhooks specification 1.0 for the headers; RFC 5322 for the body.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from preview.errors import InvalidToken
from preview.review.fact_checks.receiving import receive_mail
from preview.webhooks.signing import check

MOST_BYTES = 2 * 1024 * 1024
TOO_LARGE = "The message is larger than 2 MB. Leave its attachments out and send it again."
UNSIGNED = "Sign the message with INBOUND_MAIL_SECRET, and send it within five minutes."


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Keep one message; sending it again changes nothing, and a repeated signature opens nothing.

    What was kept is named by its own Message-ID, so a replay within the window is the same message.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"detail": TOO_LARGE}, status=413)
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return JsonResponse({"detail": TOO_LARGE}, status=413)
    said = request.headers
    try:
        check(
            settings.INBOUND_MAIL_SECRET,
            said.get("webhook-id", ""),
            said.get("webhook-timestamp", ""),
            said.get("webhook-signature", ""),
            body,
            time.time(),
        )
    except InvalidToken:
        return JsonResponse({"detail": UNSIGNED}, status=401)
    reply = receive_mail(body)
    return JsonResponse({"id": str(reply.id), "kind": reply.kind}, status=200)
