"""The checkable facts of a page: figures, dates, money, contacts, links, references to law.

`facts_of(blocks)` gives them in reading order, each with the sentence that it stands in. A kind is
a module of `kinds/` that registers itself. Where two kinds claim the same words, the one that comes
first in the order of kinds has them: a date is no figure.

Source: GOV.UK style guide for how dates, times, money and numbers are written; BS 7666 and Royal
Mail's PAF for postcodes; Ofcom's National Telephone Numbering Plan; the Interpretation Act 1978 and
OSCOLA for how legislation is cited.
"""

from preview.facts.finding import Fact, facts_of
from preview.facts.registry import Kind, kinds

__all__ = ["Fact", "Kind", "facts_of", "kinds"]
