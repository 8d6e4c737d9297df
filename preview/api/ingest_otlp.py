"""Logs by OTLP/HTTP: each log record's body is a line, or an object that stands for one.

Source: OpenTelemetry Protocol specification, "OTLP/HTTP" (binary and JSON encodings, partial
success, 429 and 503 with `Retry-After`); `opentelemetry/proto/logs/v1/logs.proto`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpResponse
from google.protobuf import json_format
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2 as service
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from rest_framework.request import Request

from preview.api.bodies import body_of
from preview.api.ingest import IngestView, one_of_few, take
from preview.errors import BatchTooLarge, NothingReadable
from preview.usage.batches import MOST_PLAIN
from preview.usage.decompression import Tally, plain

JSON, PROTOBUF = "application/json", "application/x-protobuf"
DEEPEST = 20


class OtlpLogsView(IngestView):
    """An exporter's requests; the answer has the request's encoding."""

    def post(self, request: Request) -> HttpResponse:
        """Take the records: 200, with how many were rejected."""
        kind = JSON if (request.content_type or "").startswith(JSON) else PROTOBUF
        with one_of_few():
            sent = exported(whole(request), kind)
            rows = records(sent)
            first = next(rows, None)
            answer = service.ExportLogsServiceResponse()
            if first is not None:
                receipt = take(request, Lines(first, rows))
                answer.partial_success.rejected_log_records = receipt.rejected
        if kind == JSON:
            return HttpResponse(json_format.MessageToJson(answer), content_type=JSON)
        return HttpResponse(answer.SerializeToString(), content_type=PROTOBUF)


def whole(request: Request) -> bytes:
    """Return the whole message, decompressed: it can't be read in parts.

    Raises:
        BatchTooLarge: more than 64 MiB.

    """
    parts: list[bytes] = []
    size = 0
    for piece in plain(body_of(request), Tally()):
        size += len(piece)
        if size > MOST_PLAIN:
            raise BatchTooLarge
        parts.append(piece)
    return b"".join(parts)


def exported(data: bytes, kind: str) -> service.ExportLogsServiceRequest:
    """Return the message.

    Raises:
        NothingReadable: it is none.

    """
    message = service.ExportLogsServiceRequest()
    try:
        if kind == JSON:
            json_format.Parse(data, message, ignore_unknown_fields=True)
        else:
            message.ParseFromString(data)
    except (DecodeError, json_format.ParseError, UnicodeDecodeError, RecursionError) as error:
        raise NothingReadable("not_an_otlp_message") from error
    return message


def records(message: service.ExportLogsServiceRequest) -> Iterator[bytes]:
    """Give every log record as a line."""
    for resource in message.resource_logs:
        for scope in resource.scope_logs:
            for record in scope.log_records:
                yield line_of(record.body) + b"\n"


def line_of(body: AnyValue) -> bytes:
    """Return a record's body as a line: a text as it is, an object as JSON."""
    found = value_of(body)
    if isinstance(found, str):
        return found.replace("\n", " ").encode("utf-8", "replace")
    return orjson.dumps(found, default=str)


def value_of(value: AnyValue, depth: int = 0) -> Any:
    """Return a value of OTLP as a value of JSON; what is nested too deep is nothing."""
    kind = value.WhichOneof("value")
    if kind is None or depth > DEEPEST:
        return None
    if kind == "kvlist_value":
        return {one.key: value_of(one.value, depth + 1) for one in value.kvlist_value.values}
    if kind == "array_value":
        return [value_of(one, depth + 1) for one in value.array_value.values]
    return getattr(value, kind)


class Lines:
    """Lines that can be read as a stream of bytes."""

    def __init__(self, first: bytes, rest: Iterator[bytes]) -> None:
        self.kept, self.rest = first, rest

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        while len(self.kept) < size and (line := next(self.rest, None)) is not None:
            self.kept += line
        found, self.kept = self.kept[:size], self.kept[size:]
        return found
