"""The examples that a new copy begins with."""

from __future__ import annotations

from preview.accounts.mock import ORGANISATIONS
from preview.accounts.models import Organisation
from preview.management.usage_example.story import introduce


def test_the_example_of_usage_leaves_the_example_link_possible(db: None) -> None:
    introduce()
    assert Organisation.objects.get(content_id=ORGANISATIONS[0][0]).anyone_links_allowed
