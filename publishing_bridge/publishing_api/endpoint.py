"""What every address of the Publishing API does: who calls, what was sent, how it is answered.

A request goes one of three ways: a command on the tables here (stand-alone), on to the real
Publishing API (tee), or into a pack (with the header `Preview-Pack`, in either mode).

Source: alphagov/publishing-api `app/controllers/application_controller.rb`; alphagov/gds-sso
`lib/gds-sso/failure_app.rb`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from publishing_bridge.tee import forwarding
from publishing_bridge.wire.answers import REFUSALS, nothing, refusal
from publishing_bridge.wire.caller import READ, WRITE, Caller, caller_of
from publishing_bridge.wire.errors import CommandError, refuse_missing

PACK_HEADER = "Preview-Pack"
LENGTHLESS = "The body has no Content-Length. Send the request again with its length."


@method_decorator(csrf_exempt, name="dispatch")
class Endpoint(View):
    """One address; subclasses answer as methods `get`, `put`, … and name what only reads."""

    reads: ClassVar[frozenset[str]] = frozenset({"GET", "HEAD"})
    caller: Caller
    pack: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the request its way; refusals get the platform's bodies."""
        self.pack = request.headers.get(PACK_HEADER, "").strip()
        if PACK_HEADER in request.headers and not self.pack:
            return refusal(empty_pack())  # meant for a preview: it must not reach the live site
        if lengthless(request):
            return refusal(CommandError(411, LENGTHLESS))
        if settings.PUBLISHING_BRIDGE_MODE == "tee" and not self.pack:
            return forwarding.forward(request)
        try:
            self.caller = caller_of(request, READ if request.method in self.reads else WRITE)
            return super().dispatch(request, *args, **kwargs)
        except REFUSALS as error:
            return refusal(error)

    def http_method_not_allowed(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Answer as for an address that does not exist, as the platform does."""
        return nothing()


class Unrouted(Endpoint):
    """Any other address of the Publishing API: the real one may have it."""

    reads = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Answer that it is not here."""
        return nothing()


def lengthless(request: HttpRequest) -> bool:
    """Say whether a body comes without a length: it would be read as no body at all."""
    return "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length")


def empty_pack() -> CommandError:
    """Return the refusal of a `Preview-Pack` that names no pack."""
    sentence = "Preview-Pack is empty. Send the id of a pack, or the word own."
    return CommandError(422, sentence, error_code="parameter_missing_or_invalid")


def many(request: HttpRequest, name: str) -> list[str]:
    """Return a parameter that can stand several times: `name[]`, or `name` alone."""
    return request.GET.getlist(f"{name}[]") or request.GET.getlist(name)


def required(request: HttpRequest, name: str) -> str:
    """Return a parameter of the query.

    Raises:
        CommandError: it is absent or empty.

    """
    return request.GET.get(name) or refuse_missing(name)


def boolean(value: Any, *, default: bool) -> bool:
    """Read a flag as Rails does."""
    if value is None or value == "":
        return default
    return str(value).lower() not in ("false", "f", "0", "off")


def original_url(request: HttpRequest) -> str:
    """Return the address as it was asked for, its query untouched."""
    query = request.META.get("QUERY_STRING", "")
    address = f"{request.scheme}://{request.get_host()}{request.path}"
    return f"{address}?{query}" if query else address
