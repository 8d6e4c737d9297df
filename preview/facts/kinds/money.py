"""Amounts of money.

Source: GOV.UK style guide, “Money”.
"""

from preview.facts.registry import kind

AMOUNT = r"\d+(?:,\d{3})*(?:\.\d+)?"
SCALE = r"(?:[ ]?(?:hundred|thousand|million|billion|trillion|[kmb]n?\b))?"

kind(
    "money",
    "Amount of money",
    50,
    rf"[£€$][ ]?{AMOUNT}{SCALE}(?:[ ](?:to|and)[ ][£€$]?{AMOUNT}{SCALE})?",
    r"(?<![\w.,])\d+p\b",
    rf"(?<![\w.,]){AMOUNT}{SCALE}[ ](?:pounds?|pence|euros?|dollars?)\b(?![ ](?:in[ ]weight))",
)
