"""What is said of a file: its type, size, number of pages.

Source: alphagov/govuk_publishing_components `lib/.../presenters/attachment_helper.rb`; govspeak
`lib/govspeak/presenters/attachment_presenter.rb`.
"""

from __future__ import annotations

from html import escape

from preview.govspeak.labels import label
from preview.govspeak.options import Item, text_of

UNITS = ("Bytes", "KB", "MB", "GB", "TB", "PB", "EB")
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
Type = tuple[str, str]
# By content type: what it is called, and where that is an abbreviation, what it stands for.
TYPES: dict[str, Type] = {
    "application/msword": ("MS Word Document", ""),
    f"{OFFICE}wordprocessingml.document": ("MS Word Document", ""),
    "application/vnd.ms-powerpoint": ("MS PowerPoint Presentation", ""),
    f"{OFFICE}presentationml.presentation": ("MS PowerPoint Presentation", ""),
    "application/vnd.ms-excel": ("MS Excel Spreadsheet", ""),
    "application/vnd.ms-excel.sheet.macroenabled.12": ("MS Excel Spreadsheet", ""),
    f"{OFFICE}spreadsheetml.sheet": ("MS Excel Spreadsheet", ""),
    "application/pdf": ("PDF", "Portable Document Format"),
    "application/postscript": ("PS", "PostScript"),
    "application/rtf": ("RTF", "Rich Text Format"),
    f"{OPEN}presentation": ("ODP", "OpenDocument Presentation"),
    f"{OPEN}spreadsheet": ("ODS", "OpenDocument Spreadsheet"),
    f"{OPEN}text": ("ODT", "OpenDocument Text document"),
    "application/xml": ("XML", "XML Document"),
    "application/zip": ("ZIP", "Zip archive"),
    "image/gif": ("GIF", "Graphics Interchange Format"),
    "image/jpeg": ("JPEG", "Joint Photographic Experts Group"),
    "image/png": ("PNG", "Portable Network Graphic"),
    "text/csv": ("CSV", "Comma-separated Values"),
    "text/html": ("HTML", ""),
    "text/plain": ("Plain Text", ""),
    "text/xml": ("XSD", "XML Schema"),
}
# By file extension, as inline attachments have it.
EXTENSIONS: dict[str, Type] = {
    "chm": ("CHM", "Microsoft Compiled HTML Help"),
    "csv": ("CSV", "Comma-separated Values"),
    "diff": ("DIFF", "Plain text differences"),
    "doc": ("MS Word Document", ""),
    "docx": ("MS Word Document", ""),
    "dot": ("DOT", "MS Word Document Template"),
    "dxf": ("DXF", "AutoCAD Drawing Exchange Format"),
    "eps": ("EPS", "Encapsulated PostScript"),
    "gif": ("GIF", "Graphics Interchange Format"),
    "gml": ("GML", "Geography Markup Language"),
    "html": ("HTML", ""),
    "ics": ("ICS", "iCalendar file"),
    "jpg": ("JPEG", ""),
    "odp": ("ODP", "OpenDocument Presentation"),
    "ods": ("ODS", "OpenDocument Spreadsheet"),
    "odt": ("ODT", "OpenDocument Text document"),
    "pdf": ("PDF", "Portable Document Format"),
    "png": ("PNG", "Portable Network Graphic"),
    "ppt": ("PPT", "MS PowerPoint Presentation"),
    "pptx": ("PPTX", "MS PowerPoint Presentation"),
    "ps": ("PS", "PostScript"),
    "rdf": ("RDF", "Resource Description Framework"),
    "ris": ("RIS", "Research Information Systems file"),
    "rtf": ("RTF", "Rich Text Format"),
    "sch": ("SCH", "XML based Schematic"),
    "txt": ("Plain text", ""),
    "vcf": ("VCF", "vCard file"),
    "wsdl": ("WSDL", "Web Services Description Language"),
    "xls": ("MS Excel Spreadsheet", ""),
    "xlsm": ("XLSM", "MS Excel Macro-Enabled Workbook"),
    "xlsx": ("MS Excel Spreadsheet", ""),
    "xlt": ("XLT", "MS Excel Spreadsheet Template"),
    "xml": ("XML", "XML Document"),
    "xsd": ("XSD", "XML Schema"),
    "xslt": ("XSLT", "Extensible Stylesheet Language Transformation"),
    "zip": ("ZIP", "Zip archive"),
}


def number_of(item: Item, key: str) -> int | None:
    """Return a whole number of an item; None where it has none."""
    value = item.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def size(count: int) -> str:
    """Return a number of bytes in the unit that fits, to three significant figures."""
    if count < 1024:
        return f"{count} Byte" if count == 1 else f"{count} Bytes"
    unit, value = 0, float(count)
    while value >= 1024 and unit < len(UNITS) - 1:
        unit, value = unit + 1, value / 1024
    digits = f"{value:.3g}"
    shown = f"{float(digits):f}".rstrip("0").rstrip(".")
    return f"{shown} {UNITS[unit]}"


def pages(count: int, locale: str) -> str:
    """Return a number of pages."""
    return label("page" if count == 1 else "pages", locale, count=count)


def component_attributes(item: Item, locale: str, block: str) -> str:
    """Return type, size and pages as the attachment components show them.

    An attached page (`type` "html") has none of these; of one elsewhere ("external") the address
    is shown.
    """
    pages_elsewhere = {"html": "HTML", "external": escape(text_of(item, "url"))}
    if text_of(item, "type") in pages_elsewhere:
        shown = pages_elsewhere[text_of(item, "type")]
        return f'<span class="{block}__attribute">{shown}</span>'
    name, full = TYPES.get(text_of(item, "content_type"), ("", ""))
    parts = []
    if full:
        parts.append(f'<abbr title="{full}" class="{block}__abbr">{name}</abbr>')
    elif name:
        parts.append(name)
    if (count := number_of(item, "file_size")) is not None:
        parts.append(size(count))
    if count := number_of(item, "number_of_pages"):
        parts.append(pages(count, locale))
    return ", ".join(f'<span class="{block}__attribute">{part}</span>' for part in parts)


def inline_attributes(item: Item, locale: str) -> str:
    """Return type, size and pages as an inline attachment shows them."""
    if item.get("external") or item.get("external?"):
        return f'<span class="url">{escape(text_of(item, "url"))}</span>'
    parts = []
    extension = text_of(item, "file_extension").lower()
    name, full = EXTENSIONS.get(extension, (extension.upper(), ""))
    if name:
        shown = f'<abbr title="{full}">{name}</abbr>' if full else name
        parts.append(f'<span class="type">{shown}</span>')
    if (count := number_of(item, "file_size")) is not None:
        parts.append(f'<span class="file-size">{size(count)}</span>')
    if count := number_of(item, "number_of_pages"):
        parts.append(f'<span class="page-length">{pages(count, locale)}</span>')
    return ", ".join(parts)
