"""Telephone numbers of the United Kingdom and others in the international form.

Source: Ofcom, National Telephone Numbering Plan; GOV.UK style guide, “Telephone numbers”.
"""

from preview.facts.registry import kind

kind(
    "phone",
    "Telephone number",
    20,
    r"(?<![\w/£.,+-])\+\d{1,3}[ ]?(?:\(0\)[ ]?)?\d{1,5}(?:[ -]?\d{2,5}){1,3}(?!\w)",
    r"(?<![\w/£.,+-])\(?0\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?![\d/])",
    r"(?<![\w/£.,+-])0\d{9,10}(?!\d)",
    r"(?<![\w/£.,+-])(?:999|111|101|112|105|119)(?=[ ](?:if|in[ ]an[ ]emergency))",
)
