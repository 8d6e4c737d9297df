"""Figures: percentages, quantities with their unit, other numbers of two digits or more.

Source: GOV.UK style guide, “Numbers” and “Measurements”.
"""

from preview.facts.registry import kind

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
UNIT = (
    r"(?:years?|months?|weeks?|(?:working|calendar)?[ ]?days?|hours?|minutes?|people|children|"
    r"miles?|metres?|kilometres?|km|m|cm|mm|kg|g|tonnes?|litres?|hectares?|acres?|degrees?|"
    r"times?|pages?|points?|per[ ]cent)"
)

kind(
    "figure",
    "Figure",
    90,
    rf"(?<![\w.,£€$/-]){NUMBER}(?:[ ](?:to|and)[ ]{NUMBER})?[ ]?%",
    rf"(?<![\w.,£€$/-]){NUMBER}(?:[ ](?:hundred|thousand|million|billion))?(?:[ -]{UNIT})\b",
    rf"(?<![\w.,£€$/-])(?:one|two|three|four|five|six|seven|eight|nine|ten)[ ]{UNIT}\b",
    rf"(?<![\w.,£€$/-]){NUMBER}[ ](?:hundred|thousand|million|billion)\b",
    r"(?<![\w.,£€$/-])\d{2,}(?:,\d{3})*(?:\.\d+)?(?![\w/%])",
)
