"""Small files of each kind, made here, and traps."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def png(width: int = 1, extra: bytes = b"") -> bytes:
    """Return a PNG image, with `extra` bytes after its end."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + b"\xff\0\0" * width)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + extra


def packed(entries: dict[str, bytes]) -> bytes:
    """Return a ZIP file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return whole.getvalue()


def bomb(megabytes: int) -> bytes:
    """Return a ZIP file that unpacks to so many megabytes of nothing."""
    whole = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(whole, "w", kind, compresslevel=1) as archive,
        archive.open("zeros", "w") as entry,
    ):
        for _ in range(megabytes):
            entry.write(bytes(1024 * 1024))
    return whole.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
GOOD = {
    "report.pdf": (PDF, "application/pdf", True),
    "chart.png": (png(), "image/png", True),
    "photo.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(40), "image/jpeg", True),
    "still.gif": (b"GIF89a\x01\0\x01\0\0\0\0;", "image/gif", True),
    "data.csv": (b"harbour,depth\nLow Quay,3\n", "text/csv", False),
    "latin.csv": (b"harbour\nPort \xe9toile\n", "text/csv", False),
    "notes.txt": ("\ufeffTwice a day".encode(), "text/plain", True),
    "page.html": (HTML, "text/html", False),
    "logo.svg": (b'<?xml version="1.0"?>\n' + SVG, "image/svg+xml", False),
    "pack.zip": (packed({"a/b.txt": b"x"}), "application/zip", False),
    "letter.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/msword", False),
    "letter.rtf": (b"{\\rtf1\\ansi Hello}", "application/rtf", False),
    "plan.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "application/postscript", False),
    "events.ics": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar", False),
    "thing.unknown": (b"anything", "application/octet-stream", False),
}
BAD = {
    "empty.pdf": (b"", "empty"),
    "program.pdf": (b"MZ\x90\0" + bytes(60), "holds a program"),
    "program.unknown": (b"\x7fELF" + bytes(60), "holds a program"),
    "image.png": (PDF, "holds a PDF"),
    "page.png": (HTML, "holds HTML"),
    "letter.pdf": (png(), "holds a PNG"),
    "sheet.csv": (b"a\0b", "holds something else"),
    "both.png": (png(extra=packed({"a": b"b"})), "at once"),
    "both.gif": (b"GIF89a/*<script>alert(1)</script>*/", "at once"),
    "both.pdf": (PDF + packed({"a": b"b"}), "at once"),
    "hidden.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + PDF, "at once"),
    "bomb.zip": (bomb(100), "unpacks to far more"),
    "nested.docx": (packed({"a.zip": bytes(110 * 1024**2)}), "unpacks to far more"),
    "escape.zip": (packed({"../../etc/passwd": b"x"}), "lead out of their folder"),
    "drive.zip": (packed({"C:\\x": b"x"}), "lead out of their folder"),
    "many.zip": (packed({str(n): b"" for n in range(10_001)}), "too many files"),
    "broken.zip": (b"PK\x03\x04" + bytes(100), "damaged"),
    "noextension": (b"MZ\x90\0" + bytes(60), "holds a program"),
}
