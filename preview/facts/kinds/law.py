"""References to law: Acts, regulations, statutory instruments, sections, directives, cases.

Source: OSCOLA, 4th edition, part 2; Statutory Instruments Act 1946 for numbering.
"""

from preview.facts.registry import kind

SMALL = r"of|and|the|for|to|etc\.?|in|on|by"
NAMED = rf"(?-i:[A-Z][\w\u2019'-]*)(?:[ ,]+(?:(?-i:[A-Z(][\w\u2019')-]*)|{SMALL})){{0,14}}?"
PART = r"(?:sections?|sub-?sections?|regulations?|paragraphs?|schedules?|articles?|rules?|parts?)"

kind(
    "law",
    "Reference to law",
    40,
    rf"(?:{PART}[ ]\d+[A-Z]*(?:\(\w{{1,4}}\))*[ ](?:of|to)[ ](?:the[ ])?)?"
    rf"{NAMED}[ ](?-i:Act|Regulations?|Order|Rules|Measure)"
    r"[ ](?:\([\w ]+\)[ ])?(?:1[2-9]|20)\d\d\b",
    r"\b(?:S\.?[ ]?I\.?|S\.?S\.?I\.?|W\.?S\.?I\.?|S\.?R\.?)[ ](?:19|20)\d\d/\d{1,5}\b",
    r"\b(?:19|20)\d\d[ ]No\.?[ ]\d{1,5}\b",
    r"\b(?:Regulation|Directive|Decision)[ ]\((?:EU|EC|EEC|Euratom)(?:,[ ]Euratom)?\)"
    r"[ ](?:No[ ])?\d{1,4}/\d{2,4}\b",
    r"\bDirective[ ]\d{2,4}/\d{1,4}/E[CU]+\b",
    r"\[\d{4}\][ ](?:EWHC|EWCA|UKSC|UKHL|UKUT|UKFTT|CSIH|NICA)[ ](?:Civ[ ]|Crim[ ])?\d+",
    rf"\b{PART}[ ]\d+[A-Z]*(?:\(\w{{1,4}}\))*(?=[\s,.;)]|$)",
)
