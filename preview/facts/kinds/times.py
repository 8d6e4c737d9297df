"""Times of day.

Source: GOV.UK style guide, “Times”.
"""

from preview.facts.registry import kind

TIME = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?[ ]?(?:am|pm)|(?:[01]?\d|2[0-3]):[0-5]\d|midday|midnight"

kind(
    "time",
    "Time",
    70,
    rf"\b(?:{TIME})(?:[ ](?:to|and|until)[ ](?:{TIME}))?\b",
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[ ]to[ ]"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
)
