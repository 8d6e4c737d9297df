"""What the API answers at an address that it does not have: a problem, not a page."""

from __future__ import annotations

from typing import Never

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class NothingView(APIView):
    """Any other address below `/api/`; open to all, because it says nothing."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> Never:  # noqa: ARG002 (DRF's)
        """Answer every method alike."""
        raise Http404
