"""Types of files: what each extension must hold, how it is served.

Source: alphagov/whitehall `app/uploaders/{attachment,image,favicon}_uploader.rb` for the
extensions; IANA's registry of media types.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What a file's first bytes say that it is."""

    PNG = "a PNG image"
    JPEG = "a JPEG image"
    GIF = "a GIF image"
    WEBP = "a WebP image"
    PDF = "a PDF"
    ZIP = "a ZIP file"
    OLE = "an older Office file"
    RTF = "rich text"
    POSTSCRIPT = "PostScript"
    MARKUP = "HTML or XML"
    TEXT = "text"
    PROGRAM = "a program"
    OTHER = "something else"


@dataclass(frozen=True)
class FileType:
    """A type of file: what its content may be, its media type, whether a browser may show it."""

    content_type: str
    families: frozenset[Family]
    inline: bool = False


def kind(content_type: str, *families: Family, inline: bool = False) -> FileType:
    """Return a type."""
    return FileType(content_type, frozenset(families), inline)


TEXT, ZIP, OLE, MARKUP = Family.TEXT, Family.ZIP, Family.OLE, Family.MARKUP
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES: dict[str, FileType] = {
    "chm": kind("application/vnd.ms-htmlhelp", Family.OTHER),
    "csv": kind("text/csv", TEXT),
    "diff": kind("text/plain", TEXT, MARKUP),
    "doc": kind("application/msword", OLE, Family.RTF),
    "docx": kind(f"{OFFICE}.wordprocessingml.document", ZIP),
    "dot": kind("application/msword", OLE),
    "dxf": kind("image/vnd.dxf", TEXT, Family.OTHER),
    "eps": kind("application/postscript", Family.POSTSCRIPT, Family.OTHER),
    "gif": kind("image/gif", Family.GIF, inline=True),
    "gml": kind("application/gml+xml", MARKUP),
    "htm": kind("text/html", MARKUP, TEXT),
    "html": kind("text/html", MARKUP, TEXT),
    "ics": kind("text/calendar", TEXT),
    "jpeg": kind("image/jpeg", Family.JPEG, inline=True),
    "jpg": kind("image/jpeg", Family.JPEG, inline=True),
    "json": kind("application/json", TEXT),
    "kml": kind("application/vnd.google-earth.kml+xml", MARKUP),
    "odp": kind(f"{OPEN}.presentation", ZIP),
    "ods": kind(f"{OPEN}.spreadsheet", ZIP),
    "odt": kind(f"{OPEN}.text", ZIP),
    "pdf": kind("application/pdf", Family.PDF, inline=True),
    "png": kind("image/png", Family.PNG, inline=True),
    "ppt": kind("application/vnd.ms-powerpoint", OLE),
    "pptx": kind(f"{OFFICE}.presentationml.presentation", ZIP),
    "ps": kind("application/postscript", Family.POSTSCRIPT),
    "rdf": kind("application/rdf+xml", MARKUP),
    "ris": kind("application/x-research-info-systems", TEXT),
    "rtf": kind("application/rtf", Family.RTF),
    "sch": kind("application/xml", MARKUP),
    "svg": kind("image/svg+xml", MARKUP),
    "txt": kind("text/plain", TEXT, MARKUP, inline=True),
    "vcf": kind("text/vcard", TEXT),
    "webp": kind("image/webp", Family.WEBP, inline=True),
    "wsdl": kind("application/wsdl+xml", MARKUP),
    "xls": kind("application/vnd.ms-excel", OLE),
    "xlsm": kind("application/vnd.ms-excel.sheet.macroenabled.12", ZIP),
    "xlsx": kind(f"{OFFICE}.spreadsheetml.sheet", ZIP),
    "xlt": kind("application/vnd.ms-excel", OLE),
    "xml": kind("application/xml", MARKUP),
    "xsd": kind("application/xml", MARKUP),
    "xslt": kind("application/xslt+xml", MARKUP),
    "zip": kind("application/zip", ZIP),
}
UNKNOWN = FileType("application/octet-stream", frozenset(set(Family) - {Family.PROGRAM}))


def type_of(filename: str) -> FileType:
    """Return the type that a file's name says; a type that is not known is only downloaded."""
    return TYPES.get(filename.rpartition(".")[2].lower(), UNKNOWN)
