"""Hostile texts for plain fields: what an attacker writes to break out of text and attributes."""

from __future__ import annotations

from itertools import product

from tests.preview.govspeak.hostile import payloads as of_govspeak

CALL = "alert(1)"
ESCAPES = (
    *("", '"', "'", '">', "'>", "</title>", "</textarea>", "</option></select>", "</script>"),
    *("</style>", "-->", "]]>", "`", "\\", "{{", "{%", "&quot;>", "\u2028", "\ufeff<", "%22%3E"),
)
ACTS = (
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg/onload={CALL}>",
    f" onfocus={CALL} autofocus x=",
    f"javascript:{CALL}",
    "{{7*7}}{{config}}",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
)


def payloads() -> list[str]:
    """Return every hostile text: those of plain fields, and those of Govspeak."""
    return [escape + act for escape, act in product(ESCAPES, ACTS)] + of_govspeak()
