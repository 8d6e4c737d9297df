"""Content blocks inside their host pages."""

from __future__ import annotations

from typing import Any

import pytest

from preview.drafts.models import Draft
from tests.preview.overlay.packs import over, pack_of, save
from tests.preview.overlay.site import id_of, live, site

pytestmark = pytest.mark.django_db

RATES = {"rates": {"full": {"title": "Full", "amount": "£221.20"}}}


def block(name: str, kind: str, details: dict[str, Any], **changes: Any) -> dict[str, Any]:
    item = live(name, "content_block", document_type=f"content_block_{kind}", details=details)
    del item["base_path"]
    return {**item, **changes}


def body(below: list[dict[str, Any]], text: str, *drafts: Draft) -> tuple[str, list[Any]]:
    """Return the body of a draft with this text over a site, and the notes of its overlay."""
    host = save(live("host", details={"body": text}))
    seen = over(site(*below), pack_of(host, *drafts))
    shown = seen.item(id_of("host"), "en")
    assert shown is not None
    return shown["details"]["body"], list(seen.notes)


def test_a_draft_block_is_seen_inside_its_host_pages() -> None:
    code = f"{{{{embed:content_block_pension:{id_of('b')}/rates/full/amount}}}}"
    live_block = block("b", "pension", RATES)
    new = {"rates": {"full": {"title": "Full", "amount": "£230.00"}}}
    assert ">£221.20</span> a week" in body([live_block], f"<p>{code} a week</p>")[0]
    draft = save(block("b", "pension", new))
    assert ">£230.00</span> a week" in body([live_block], f"<p>{code} a week</p>", draft)[0]


def test_a_block_is_found_by_its_alias_in_the_pack_first() -> None:
    code = "{{embed:content_block_pension:state-pension/rates/full/amount}}"
    live_block = block("b", "pension", RATES, content_id_alias="state-pension")
    assert "£221.20" in body([live_block], code)[0]
    new = {"rates": {"full": {"amount": "£1"}}}
    draft = save(block("c", "pension", new, content_id_alias="state-pension"))
    assert "£1<" in body([live_block], code, draft)[0]


@pytest.mark.parametrize(
    ("amount", "year", "half"),
    [
        ("£241.30", "£12,547.60", "£6,515.10"),
        ("£1,000", "£52,000.00", "£27,000.00"),
        ("10", "£520.00", "£270.00"),
    ],
)
def test_a_pension_is_shown_as_arrears_of_its_only_rate(amount: str, year: str, half: str) -> None:
    code = f"{{{{embed:content_block_pension:{id_of('b')}#one_off_arrears}}}}"
    html = body([block("b", "pension", {"rates": {"full": {"amount": amount}}})], code)[0]
    assert f"for 52 weeks, you'll get a one-off arrears payment of {year}." in html
    assert f"for 27 weeks, you'll get a one-off arrears payment of {half}." in html
    assert html.startswith("<div")


@pytest.mark.parametrize(
    "rates",
    [
        {},
        {"full": {"amount": "£1"}, "half": {"amount": "£2"}},
        {"full": {"amount": "about £200"}},
        {"full": {"amount": "£1e9"}},
        {"full": "£1"},
        {"full": {"amount": None}},
        ["£1"],
    ],
)
def test_arrears_of_no_one_rate_stay_as_they_are_written(rates: Any) -> None:
    code = f"{{{{embed:content_block_pension:{id_of('b')}#one_off_arrears}}}}"
    text, notes = body([block("b", "pension", {"rates": rates})], code)
    assert text == code
    assert [note.kind for note in notes] == ["missing_link"]


PERIOD = {"date_range": {"start": "2025-04-06T00:00:00+01:00", "end": "2026-04-05T23:59:00+01:00"}}
OLD_PERIOD = {"date_range": {"start": {"date": "2025-04-06"}, "end": {"date": "2026-04-05"}}}


@pytest.mark.parametrize("details", [PERIOD, OLD_PERIOD])
@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("", "6 April 2025 to 5 April 2026"),
        ("#long_form", "6 April 2025 to 5 April 2026"),
        ("#months_and_years_long", "April 2025 to April 2026"),
        ("#start_day_and_month", ">6 April<"),
        ("#years", "2025-2026"),
        ("#years_short", "2025-26"),
    ],
)
def test_a_time_period_comes_in_its_formats(details: Any, form: str, words: str) -> None:
    code = f"{{{{embed:content_block_time_period:{id_of('b')}{form}}}}}"
    assert words in body([block("b", "time_period", details)], code)[0]


def test_a_table_of_tax_bands() -> None:
    def rate(name: str, value: str, low: str, high: str) -> dict[str, Any]:
        limits = {"lower_threshold": {"value": low}, "upper_threshold": {"value": high}}
        return {"value": value, "bands": [{"name": name, **limits}]}

    rates = [rate("None", "0%", "£0", "£12,570"), rate("Basic", "20%", "£12,571", "£50,270")]
    details = {"things_taxed": {"income": {"rates": [*rates, rate("High", "40%", "£50,271", "")]}}}
    code = f"{{{{embed:content_block_tax:{id_of('b')}#tax_table}}}}"
    html = body([block("b", "tax", details)], code)[0]
    assert [cell in html for cell in ("Up to £12,570", "£12,571 to £50,270", "over £50,271")]


def test_a_contact_is_a_card_or_one_way_to_reach_somebody() -> None:
    details = {
        "email_addresses": {"desk": {"title": "Desk", "email_address": "desk@harbours.example"}},
        "telephones": {
            "desk": {"telephone_numbers": [{"label": "Office", "telephone_number": "01632 960100"}]}
        },
        "addresses": {"main": {"street_address": "1 <Quay> Street", "postal_code": "ZZ1 1AA"}},
    }
    contact = block("b", "contact", details)
    whole = body([contact], f"{{{{embed:content_block_contact:{id_of('b')}}}}}")[0]
    assert "vcard" in whole
    assert "mailto:desk@harbours.example" in whole
    assert "01632 960100" in whole
    assert "1 &lt;Quay&gt; Street" in whole
    code = f"{{{{embed:content_block_contact:{id_of('b')}/email_addresses/desk/email_address}}}}"
    assert 'href="mailto:desk@harbours.example"' in body([contact], code)[0]


@pytest.mark.parametrize(
    "code",
    [
        "{{embed:content_block_pension:nobody/rates/full/amount}}",
        f"{{{{embed:content_block_pension:{id_of('b')}/rates/none/amount}}}}",
        f"{{{{embed:content_block_time_period:{id_of('t')}#in_roman_numbers}}}}",
    ],
)
def test_what_can_not_be_filled_in_stays_as_it_is_written(code: str) -> None:
    blocks = [block("b", "pension", RATES), block("t", "time_period", PERIOD)]
    text, notes = body(blocks, f"<p>{code}</p>")
    assert text == f"<p>{code}</p>"
    assert [note.kind for note in notes] == ["missing_link"]


def test_dashes_that_markdown_made_of_hyphens_are_read_as_hyphens() -> None:
    live_block = block("b", "pension", RATES, content_id_alias="state--pension")
    code = "{{embed:content_block_pension:state\u2013pension/rates/full/amount}}"
    assert "£221.20" in body([live_block], code)[0]


def test_text_in_govspeak_is_filled_in_before_it_is_read() -> None:
    code = f"{{{{embed:content_block_pension:{id_of('b')}/rates/full/amount}}}}"
    host = save(
        live("host", details={"body": [{"content_type": "text/govspeak", "content": code}]})
    )
    shown = over(site(block("b", "pension", RATES)), pack_of(host)).item(id_of("host"), "en")
    assert shown is not None
    assert "£221.20" in shown["details"]["body"][0]["content"]
