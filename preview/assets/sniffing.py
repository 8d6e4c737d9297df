"""What a file really is, by its content; files that are two things at once are found out.

Source: PKWARE APPNOTE 4.3.16 for the end of a ZIP file; ISO 32000 7.5.2 and its implementation
note, by which readers find a PDF's header anywhere in the first 1024 bytes.
"""

from __future__ import annotations

import re
import struct

import puremagic

from preview.assets.types import Family

HEAD = 1024
TAIL = 22 + 65_535  # the end of a ZIP file and the longest comment after it
END = b"PK\x05\x06"
BY_EXTENSION = {
    Family.PNG: {".png"},
    Family.JPEG: {".jpg", ".jpeg", ".jfif"},
    Family.GIF: {".gif"},
    Family.WEBP: {".webp"},
    Family.PDF: {".pdf"},
    Family.ZIP: {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".jar"},
    Family.OLE: {".doc", ".xls", ".ppt", ".msi"},
    Family.RTF: {".rtf"},
    Family.POSTSCRIPT: {".eps", ".ps"},
    Family.PROGRAM: {".exe", ".dll", ".elf", ".so", ".class", ".dmg", ".macho"},
}
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
MARKUP = re.compile(rb"\s*<(?:[a-z!?][^>]*)?", re.IGNORECASE)
ACTIVE = re.compile(rb"<(?:!doctype\s+html|html|script|svg|body|iframe)\b|<\?php", re.IGNORECASE)
IMAGES = {Family.PNG, Family.JPEG, Family.GIF, Family.WEBP}


def family_of(head: bytes) -> Family:
    """Return what the first bytes of a file say that it is."""
    if head.startswith(PROGRAMS):
        return Family.PROGRAM
    text = head.removeprefix(b"\xef\xbb\xbf")
    if MARKUP.match(text) and b"\0" not in head:
        return Family.MARKUP
    found = by_signature(head)
    if found is not None:
        return found
    is_text = b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Family.TEXT if is_text else Family.OTHER


def by_signature(head: bytes) -> Family | None:
    """Return the family of a known signature at the very start."""
    try:
        likely = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    best = max((one.confidence for one in likely), default=0)
    named = {one.extension for one in likely if one.confidence == best}
    for family, extensions in BY_EXTENSION.items():
        if named & extensions:
            return family
    return None


def second_nature(head: bytes, tail: bytes, family: Family) -> Family | None:
    """Return what else a file is, None where it is one thing only.

    `head` is its first kilobyte, `tail` its last 65,557 bytes.
    """
    if family is not Family.PDF and b"%PDF-" in head[:HEAD] and family is not Family.TEXT:
        return Family.PDF
    if family is not Family.ZIP and ends_as_zip(tail):
        return Family.ZIP
    if family in IMAGES and ACTIVE.search(head):
        return Family.MARKUP
    return None


def ends_as_zip(tail: bytes) -> bool:
    """Say whether a file ends as a ZIP file does: programs would open it as one."""
    at = tail.rfind(END)
    while at >= 0:
        if len(tail) >= at + 22:
            (comment,) = struct.unpack_from("<H", tail, at + 20)
            if at + 22 + comment <= len(tail):
                return True
        at = tail.rfind(END, 0, at)
    return False
