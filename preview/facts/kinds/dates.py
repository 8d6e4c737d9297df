"""Dates, months with a year, tax years, days of a month, weekdays with a date.

Source: GOV.UK style guide, “Dates”.
"""

from preview.facts.registry import kind

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?[ ])?"
DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"

kind(
    "date",
    "Date",
    60,
    rf"\b{WEEKDAY}{DAY}(?:[ ]{MONTH}(?:[ ]{YEAR})?)?"
    rf"[ ](?:to|and|\u2013)[ ]{DAY}[ ]{MONTH}(?:[ ]{YEAR})?\b",
    rf"\b{WEEKDAY}{DAY}[ ](?:of[ ])?{MONTH}(?:,?[ ]{YEAR})?\b",
    rf"\b{MONTH}[ ]{DAY},[ ]{YEAR}\b",
    rf"\b{MONTH}[ ](?:to[ ]{MONTH}[ ])?{YEAR}\b",
    r"\b(?:[0-2]?\d|3[01])/(?:0?\d|1[0-2])/(?:\d{4}|\d{2})\b",
    r"\b(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b",
    rf"\b{YEAR}(?:[ ]to[ ]|/|\u2013|-){YEAR}\b",
    r"\b20\d\d(?:/|-|\u2013)\d\d\b",
    rf"\b(?:in|since|from|until|by|before|after|during|of)[ ]{YEAR}\b",
)
