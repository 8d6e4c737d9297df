"""What templates are given beside their values."""

from __future__ import annotations

import pytest

from preview.web.environment import page_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Low tide - GOV.UK", "Low tide"),
        ("Ministers - GOV.UK - GOV.UK", "Ministers"),
        ("About GOV.UK", "About GOV.UK"),
        ("", ""),
    ],
)
def test_pages_are_named_without_the_site(title: str, name: str) -> None:
    assert page_name(title) == name
