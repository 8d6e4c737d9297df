"""Draft files as they are served on the preview host: whole or in ranges, never kept by anybody.

Source: RFC 9110 section 14 (range requests); RFC 6266 for `Content-Disposition`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from preview.assets import storing
from preview.assets.addresses import PATH
from preview.assets.models import Asset
from preview.audit.actions import record_entry

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def is_file(path: str) -> bool:
    """Say whether a path is that of a file, not of a page."""
    return PATH.fullmatch(path) is not None


def asset_response(request: HttpRequest, asset: Asset) -> HttpResponseBase:
    """Return a file, or the range of it that the request asks for.

    Several ranges at once are answered with the whole file, as RFC 9110 lets a server do.
    """
    wanted = range_of(request, asset)
    if wanted is None:
        first, last, status = 0, asset.size - 1, 200
    else:
        first, last = wanted
        status = 206
        if first > last:
            response: HttpResponseBase = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{asset.size}"
            return response
    body: Iterator[bytes] = iter(())
    if request.method != "HEAD":
        body = storing.read(asset.sha256, first, last)
    response = StreamingHttpResponse(body, status=status, content_type=content_type(asset))
    response["Content-Length"] = str(last - first + 1)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{asset.size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag(asset)
    disposition = content_disposition_header(not asset.inline, asset.filename)
    response["Content-Disposition"] = disposition or "inline"
    return response


def record_file_view(request: HttpRequest, actor: str, asset: Asset) -> None:
    """Record who got a file, once for all the ranges in which a browser asks for it."""
    wanted = range_of(request, asset)
    if request.method != "HEAD" and (wanted is None or wanted[0] == 0):
        record_entry(action="asset.view", actor=actor, subject=f"asset:{asset.id}")


def range_of(request: HttpRequest, asset: Asset) -> tuple[int, int] | None:
    """Return the first and last byte that are wanted; None for the whole file.

    A range that lies outside comes back with its first byte after its last.
    """
    said = request.headers.get("If-Range")
    found = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or (said is not None and said != etag(asset)):
        return None
    start, end = found.groups()
    if not start and not end:
        return None
    if not start:
        length = min(int(end), asset.size)
        return asset.size - length, asset.size - 1
    last = min(int(end), asset.size - 1) if end else asset.size - 1
    if end and int(end) < int(start):
        return None  # RFC 9110 14.1.1: such a range is invalid, and an invalid one is ignored
    return int(start), last


def etag(asset: Asset) -> str:
    """Return the entity tag of a file."""
    return f'"{asset.sha256}"'


def content_type(asset: Asset) -> str:
    """Return the type of a file; text is UTF-8, as GOV.UK publishes it."""
    is_text = asset.content_type.startswith("text/")
    return f"{asset.content_type}; charset=utf-8" if is_text else asset.content_type
