"""In which order countries write the parts of a postal address.

A line of the table: the lines of an address, then the countries that write it so. F is the name,
S the street, L the locality, R the region, C the postal code, N the country.
Source: alphagov/govspeak and alphagov/whitehall, `config/address_formats.yml`.
"""

from __future__ import annotations

from typing import Final

FIELDS: Final = {
    "F": "{{fn}}",
    "S": "{{street-address}}",
    "L": "{{locality}}",
    "R": "{{region}}",
    "C": "{{postal-code}}",
    "N": "{{country-name}}",
    "/": "\n",
}
BY_FORMAT: Final = {
    "F/S/C L/N": """
        ae at ba be bg bh ch cz de eg fi fr gl gr hr il is jo lb li lu nc nl no qa ro sa se si sk
        sy tr ye
    """,
    "F/S/C L/R/N": "ar dk kw om pl yu",
    "F/S/C L R/N": "br cn es hk it mx pt",
    "F/S/L R C/N": "au ca ie th tw us",
    "F/S/L R/C/N": "kr ua",
    "F/S/L C/N": "mk sg",
    "F/S/L/R C/N": "id",
    "F/S/R/L C/N": "in nz",
    "F/S R/C L/N": "ph",
    "F/C L/S/N": "ru",
    "F/L/S/C/N": "hu",
    "〒C/RLS/F/N": "jp",
}


def written_out(pattern: str) -> str:
    """Return a pattern with its letters as named fields and its slashes as line ends."""
    return "".join(FIELDS.get(sign, sign) for sign in pattern)


DEFAULT: Final = written_out("F/S/L/R/C/N")
FORMATS: Final = {
    code: written_out(pattern) for pattern, codes in BY_FORMAT.items() for code in codes.split()
}
