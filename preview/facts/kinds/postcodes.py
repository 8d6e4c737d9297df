"""Postcodes of the United Kingdom.

Source: Royal Mail, Postcode Address File, for what a postcode looks like.
"""

from preview.facts.registry import kind

kind(
    "postcode",
    "Postcode",
    30,
    r"(?-i:\b(?:GIR[ ]?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?[ ]?\d[ABD-HJLNP-UW-Z]{2})\b)",
)
