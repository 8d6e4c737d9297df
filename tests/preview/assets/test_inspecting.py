"""Files are what their names say, and one thing only."""

from __future__ import annotations

import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.assets.addresses import PATH, clean_name, path_of
from preview.assets.inspecting import inspect
from preview.assets.sniffing import ends_as_zip
from preview.errors import InvalidAsset
from tests.preview.assets.files import BAD, GOOD, packed

ASSETS = "https://assets.publishing.service.gov.uk"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_accepted_with_its_type(name: str) -> None:
    content, content_type, inline = GOOD[name]
    found = inspect(io.BytesIO(content), name, len(content))
    assert (found.content_type, found.inline) == (content_type, inline)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(InvalidAsset, match=reason):
        inspect(io.BytesIO(content), name, len(content))


@given(st.binary(max_size=3000), st.sampled_from(sorted({*GOOD, *BAD})))
def test_any_bytes_are_accepted_or_refused(content: bytes, name: str) -> None:
    try:
        inspect(io.BytesIO(content), name, len(content))
    except InvalidAsset as error:
        assert str(error).endswith(".")  # noqa: PT017 (either outcome is right)


@given(st.binary(max_size=2000), st.binary(max_size=200))
def test_whatever_stands_before_a_zip_file_it_is_found(before: bytes, comment: bytes) -> None:
    whole = bytearray(packed({"a": b"b"}))
    whole[-2:] = len(comment).to_bytes(2, "little")
    assert ends_as_zip(before + bytes(whole) + comment)


@given(st.text(max_size=300))
def test_a_cleaned_name_can_stand_in_an_address(name: str) -> None:
    try:
        found = clean_name(name)
    except InvalidAsset:
        return
    assert PATH.fullmatch(f"/media/abc/{found}")
    assert len(found) <= 160


@given(st.text(alphabet=string.ascii_letters + "./\\%:?#@\0 ", max_size=60))
def test_no_address_leads_elsewhere(address: str) -> None:
    try:
        found = path_of(address)
    except InvalidAsset:
        return
    assert PATH.fullmatch(found)
    assert ".." not in found


@pytest.mark.parametrize(
    "address",
    [
        f"{ASSETS}/media/5a7b/report.pdf",
        "https://draft-assets.publishing.service.gov.uk/media/5a7b/report.pdf",
        "/media/5a7b/report.pdf",
    ],
)
def test_all_addresses_of_a_file_have_one_path(address: str) -> None:
    assert path_of(address) == "/media/5a7b/report.pdf"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/media/5a7b/report.pdf",
        f"{ASSETS}.elsewhere.example/media/5a7b/report.pdf",
        "/media/../etc/passwd",
        "/media/5a7b/../x.pdf",
        "/media/5a7b/..%2fx.pdf",
        "/media/5a7b",
        "/government/uploads/../x.pdf",
        "/media/5a7b/.hidden",
        f"/media/5a7b/{'x' * 300}.pdf",
        "",
    ],
)
def test_an_address_that_is_no_file_s_is_refused(address: str) -> None:
    with pytest.raises(InvalidAsset):
        path_of(address)
