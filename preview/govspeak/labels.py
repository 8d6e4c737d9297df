"""The words that the engine itself writes, by language; a missing one is English.

English and Welsh are complete.
"""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "information": "Information",
        "warning": "Warning",
        "image_credit": "Image credit",
        "devolved_scotland": "This section applies to Scotland",
        "devolved_england": "This section applies to England",
        "devolved_england-wales": "This section applies to England and Wales",
        "devolved_northern-ireland": "This section applies to Northern Ireland",
        "devolved_wales": "This section applies to Wales",
        "devolved_london": "This section applies to London",
        "email": "Email",
        "contact_form": "Contact form",
        "footnote": "footnote",
        "footnote_back": "go to where this is referenced",
        "page": "{count} page",
        "pages": "{count} pages",
        "reference": "Ref: {references}",
        "unnumbered_command_paper": "Unnumbered command paper",
        "unnumbered_hoc_paper": "Unnumbered act paper",
        "order_a_copy": "Order a copy",
        "view_online": "View online",
        "view_title_online": "View {title} online",
        "opendocument": "This file is in an {link} format",
        "opendocument_link": "OpenDocument",
        "not_accessible": "This file may not be suitable for users of assistive technology.",
        "request_format": "Request an accessible format.",
        "request_format_text": (
            "If you use assistive technology (such as a screen reader) and need a version of this "
            "document in a more accessible format, please email {email}. Please tell us what "
            "format you need. It will help us if you say what assistive technology you use."
        ),
    },
    "cy": {
        "image_credit": "Credyd delwedd",
        "devolved_scotland": "Mae'r adran hon yn berthnasol i'r Alban",
        "devolved_england": "Mae'r adran hon yn berthnasol i Loegr",
        "devolved_england-wales": "Mae'r adran hon yn berthnasol i Gymru a Lloegr",
        "devolved_northern-ireland": "Mae'r adran hon yn berthnasol i Ogledd Iwerddon",
        "devolved_wales": "Mae'r adran hon yn berthnasol i Gymru",
        "devolved_london": "Mae'r adran hon yn berthnasol i Lundain",
        "email": "E-bost",
        "contact_form": "Ffurflen cysylltu",
        "footnote": "troednodyn",
        "footnote_back": "ewch i ble mae hyn wedi'i gyfeirio",
        "page": "{count} tudalen",
        "pages": "{count} o dudalennau",
        "reference": "Cyf: {references}",
        "unnumbered_command_paper": "Papur gorchymyn heb ei rifo",
        "unnumbered_hoc_paper": "Papur deddf heb ei rifo",
        "order_a_copy": "Archebu copi",
        "view_online": "Gweld ar-lein",
        "view_title_online": "Gweld {title} ar-lein",
        "opendocument": "Mae'r ffeil hon mewn fformat {link}",
        "not_accessible": (
            "Efallai na fydd y ffeil hon yn addas ar gyfer defnyddwyr technoleg gynorthwyol."
        ),
        "request_format": "Gofyn am fformat hygyrch.",
        "request_format_text": (
            "Os ydych chi\u2019n defnyddio technoleg gynorthwyol (fel darllenydd sgrin) ac angen "
            "fersiwn o\u2019r ddogfen hon mewn fformat mwy hygyrch, anfonwch e-bost at {email}. "
            "Rhowch wybod i ni pa fformat sydd ei angen arnoch. Bydd yn ein helpu os byddwch yn "
            "dweud pa dechnoleg "
            "gynorthwyol yr ydych yn ei defnyddio."
        ),
    },
    "fr": {"contact_form": "Formulaire de contact"},
}


def label(key: str, locale: str, **values: object) -> str:
    """Return a label in the language, with its values filled in."""
    found = LABELS.get(locale, {}).get(key) or LABELS["en"][key]
    return found.format(**values) if values else found
