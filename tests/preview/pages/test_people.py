"""Pages of people, roles, ministers and institutions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview import pages
from tests.conftest import content_item
from tests.preview.pages.test_pages import ATTACK, JSON, acting

OPTIONS = pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC))
SCHEMAS = (
    "contact",
    "corporate_information_page",
    "get_involved",
    "government",
    "historic_appointment",
    "historic_appointments",
    "history",
    "homepage",
    "how_government_works",
    "ministers_index",
    "organisation",
    "organisations_homepage",
    "person",
    "role",
    "role_appointment",
    "take_part",
    "working_group",
)
DETAILS = [
    "appointments_without_historical_accounts",
    "body",
    "contact_form_links",
    "corporate_information_groups",
    "dates_in_office",
    "department_counts",
    "email",
    "email_addresses",
    "foi_exempt",
    "headers",
    "image",
    "images",
    "lead_paragraph",
    "logo",
    "ministerial_role_counts",
    "ordered_corporate_information_pages",
    "ordered_executive_offices",
    "ordered_featured_documents",
    "ordered_featured_links",
    "ordered_ministerial_departments",
    "ordered_promotional_features",
    "organisation_govuk_status",
    "phone_numbers",
    "post_addresses",
    "reshuffle",
    "secondary_corporate_information_pages",
    "social_media_links",
]
LINKS = [
    "corporate_information_pages",
    "current_prime_minister",
    "historical_accounts",
    "ordered_cabinet_ministers",
    "ordered_contacts",
    "ordered_high_profile_groups",
    "ordered_ministerial_departments",
    "ordered_ministers",
    "ordered_parent_organisations",
    "ordered_roles",
    "ordered_successor_organisations",
    "organisations",
    "person",
    "policies",
    "popular_links",
    "role",
    "role_appointments",
]


def shown(schema: str, **changes: Any) -> str:
    return pages.render(content_item(schema_name=schema, **changes), options=OPTIONS).html


def appointment(
    kind: str, linked: dict[str, Any], start: int, end: int | None = None
) -> dict[str, Any]:
    details = {
        "current": end is None,
        "started_on": f"{start}-01-01T00:00:00Z",
        "ended_on": f"{end}-01-01T00:00:00Z" if end else None,
        "person_appointment_order": start,
    }
    return {"title": "x", "details": details, "links": {kind: [linked]}}


def named(title: str, **changes: Any) -> dict[str, Any]:
    return {"title": title, "base_path": f"/{title.lower()}", **changes}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SCHEMAS),
    st.dictionaries(st.sampled_from(DETAILS), JSON, max_size=4),
    st.dictionaries(
        st.sampled_from(LINKS),
        st.lists(st.fixed_dictionaries({"title": st.text(), "details": JSON, "links": JSON})),
        max_size=4,
    ),
)
def test_anything_gives_a_page_of_its_own_kind(
    schema: str, details: dict[str, Any], links: dict[str, Any]
) -> None:
    item = content_item(schema_name=schema, details=details, links=links)
    page = pages.render(item, options=OPTIONS)
    assert acting(page.html) == []
    assert "There is no page design" not in "".join(remark.what for remark in page.remarks)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_nothing_of_a_hostile_item_can_act(schema: str) -> None:
    row = dict.fromkeys(
        ("title", "name", "summary", "description", "street_address", "number", "email"), ATTACK
    )
    row |= dict.fromkeys(("href", "url", "link", "path"), "javascript:alert(1)")
    hostile = {**row, "items": [row], "contents": [row], "links": [row], "image": row, "logo": row}
    details = {name: [hostile] for name in DETAILS}
    details |= {"body": ATTACK, "email": ATTACK, "logo": hostile, "lead_paragraph": ATTACK}
    link = {
        **row,
        "base_path": "javascript:alert(1)",
        "details": {**details, "current": True, "body": ATTACK},
    }
    item = content_item(
        schema_name=schema, title=ATTACK, details=details, links={kind: [link] for kind in LINKS}
    )
    assert acting(pages.render(item, options=OPTIONS).html) == []


def test_a_person_has_the_roles_of_now_and_of_before() -> None:
    role = named("Minister", document_type="ministerial_role", details={"body": "<p>Tides</p>"})
    found = [
        appointment("role", named("Second"), 2025),
        appointment("role", role, 2024),
        appointment("role", named("Earliest"), 2010, 2012),
        appointment("role", named("Later"), 2013, 2015),
    ]
    html = shown("person", links={"role_appointments": found}, details={"image": {"url": "/a.jpg"}})
    assert "Minister and Second" in html
    assert '<a class="govuk-link" href="/minister">More about this role</a>' in html
    assert html.index("2013 to 2015") < html.index("2010 to 2012")
    assert '<img class="portrait" src="/a.jpg" alt="">' in html


def test_a_person_without_roles_has_no_portrait_and_no_lists() -> None:
    html = shown("person", details={"image": {"url": "/a.jpg"}, "body": "<p>Retired</p>"})
    assert 'class="portrait"' not in html
    assert "Previous roles" not in html
    assert "Biography" in html


def test_a_welsh_person_page_marks_what_is_english() -> None:
    found = [appointment("role", named("Earliest"), 2010, 2012)]
    html = shown("person", locale="cy", links={"role_appointments": found})
    assert "Bywgraffiad" in html
    assert '<span lang="en">Previous roles in government</span>' in html


def test_a_role_says_who_holds_and_held_it() -> None:
    found = [
        appointment("person", named("Ada", details={"body": "<p>Born by the sea</p>"}), 2024),
        appointment("person", named("Bo"), 2020, 2024),
    ]
    html = shown("role", document_type="ministerial_role", links={"role_appointments": found})
    assert "Current role holder" in html
    assert "Born by the sea" in html
    assert "2020 to 2024" in html


def test_past_holders_with_histories_are_linked() -> None:
    html = shown(
        "role",
        base_path="/government/ministers/prime-minister",
        title="Prime Minister",
        document_type="ministerial_role",
        details={"supports_historical_accounts": True},
    )
    assert '<a class="govuk-link" href="/government/history/past-prime-ministers">' in html
    assert "past Prime Ministers</a> section" in html


def test_ministers_are_listed_by_what_they_do() -> None:
    def role(title: str, seniority: int, **details: Any) -> dict[str, Any]:
        return named(title, content_id=title, details={"seniority": seniority, **details})

    minister, whip = role("Tides", 2, role_payment_type="Unpaid"), role("Lamps", 1)
    whip["details"]["whip_organisation"] = {"label": "House of Commons"}
    ada = named(
        "The Rt Hon Ada",
        details={"privy_counsellor": True},
        links={
            "role_appointments": [
                appointment("role", minister, 2024),
                appointment("role", whip, 2024),
            ]
        },
    )
    department = named(
        "Harbour Office", links={"ordered_ministers": [ada], "ordered_roles": [minister]}
    )
    links = {
        "ordered_cabinet_ministers": [ada],
        "ordered_ministerial_departments": [department, named("Empty")],
        "ordered_house_of_commons_whips": [ada],
    }
    html = shown("ministers_index", links=links, details={"body": "All of them"})
    cabinet, departments = html.split('id="ministers-by-department"')
    departments, whips = departments.split('id="whips"')
    assert cabinet.index(">Lamps</a>, ") < cabinet.index(">Tides</a><span")
    assert ">Lamps</a>" not in departments
    assert 'id="harbour-office"' in departments
    assert "Empty" not in departments
    assert ">Tides</a>" not in whips


def test_a_reshuffle_hides_the_ministers() -> None:
    html = shown("ministers_index", details={"reshuffle": {"message": "<p>Soon</p>"}, "body": "x"})
    assert "<p>Soon</p>" in html
    assert "Cabinet ministers" not in html


def test_how_government_works_names_nobody_in_a_reshuffle() -> None:
    details = {
        "reshuffle_in_progress": True,
        "department_counts": {"agencies_and_public_bodies": 432},
    }
    links = {"current_prime_minister": [named("Ada")]}
    assert "Ada" not in shown("how_government_works", details=details, links=links)
    details["reshuffle_in_progress"] = False
    html = shown("how_government_works", details=details, links=links)
    assert "The Prime Minister is <a" in html
    assert "400+" in html


def test_past_prime_ministers_stand_in_their_centuries() -> None:
    details = {
        "appointments_without_historical_accounts": [
            {"title": "Late", "dates_in_office": [{"start_year": 2003, "end_year": 2004}]}
        ]
    }
    account = named(
        "Early",
        details={
            "political_party": "Tide",
            "dates_in_office": [
                {"start_year": 1801, "end_year": 1802},
                {"start_year": 1810, "end_year": 1811},
            ],
        },
    )
    html = shown(
        "historic_appointments",
        base_path="/government/history/past-prime-ministers",
        details=details,
        links={"historical_accounts": [account]},
    )
    modern, old = html.split('id="historical-people-18th-&amp;-19th-centuries"')
    assert "Late" in modern
    assert old.index("Tide 1810 to 1811") < old.index("Tide 1801 to 1802")


@pytest.mark.parametrize(
    ("office", "centuries", "name"),
    [
        ("chancellors", ["16th-&amp;-17th-centuries", "18th-century"], "Charles Montagu"),
        ("foreign-secretaries", ["18th-century", "21st-century"], "Thomas Robinson"),
    ],
)
def test_two_offices_have_lists_that_no_item_holds(
    office: str, centuries: list[str], name: str
) -> None:
    html = shown("", base_path=f"/government/history/past-{office}", details={})
    assert all(f'id="historical-people-{century}"' in html for century in centuries)
    assert name in html


def test_a_past_foreign_secretary_with_a_page_is_linked_and_has_one() -> None:
    base = "/government/history/past-foreign-secretaries"
    item = content_item(schema_name="", base_path=base, title="Past Foreign Secretaries")
    fox = f"{base}/charles-fox"
    assert fox in pages.paths(item, OPTIONS)
    profile = shown("", base_path=base).split('id="historical-people-selection-of-profiles"')[1]
    assert f'href="{fox}"' in profile
    assert profile.index("1782") < profile.index("and 1806")
    page = pages.render(item, fox, options=OPTIONS)
    assert page.title == "History of Charles James Fox - GOV.UK"
    assert "1782, 1783, and 1806" in page.html


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/find-local-council", "Find the website for your local council."),
        ("/sign-in", "Sign in to one of the most viewed services"),
        ("/help/cookies", "Do you allow cookies that remember your settings?"),
        ("/government/organisations/quay/contact/quay-webchat", "Advisers may be busy"),
    ],
)
@pytest.mark.parametrize("schema", ["", "generic", "special_route", "help_page"])
def test_the_live_sites_own_pages_are_shown_whatever_the_item_is(
    schema: str, path: str, words: str
) -> None:
    page = pages.render(content_item(schema_name=schema, base_path=path), options=OPTIONS)
    assert words in page.html
    assert "stubbed" in [remark.kind for remark in page.remarks]


def test_facts_about_a_prime_minister_are_shown_where_known() -> None:
    details = {"born": "1 May 1800", "dates_in_office": [{"start_year": 1840, "end_year": 1841}]}
    html = shown("historic_appointment", details=details)
    assert "1 May 1800" in html
    assert "1840 to 1841" in html
    assert "Died" not in html


def test_a_page_about_an_organisation_lists_the_others() -> None:
    links = {
        "organisations": [named("Pier", content_id="a"), named("Quay", content_id="b")],
        "corporate_information_pages": [
            named("Scheme", content_id="c", document_type="publication_scheme"),
            named("Complaints", content_id="d", document_type="complaints_procedure"),
        ],
    }
    group = {"name": "Our rules", "contents": ["d", {"title": "Site", "url": "https://a.example"}]}
    details = {"organisation": "b", "corporate_information_groups": [group], "headers": []}
    item = content_item(
        schema_name="corporate_information_page", title="About", details=details, links=links
    )
    page = pages.render(item, options=OPTIONS)
    assert page.title == "About - Quay - GOV.UK"
    assert '<h3 id="our-rules">Our rules</h3>' in page.html
    assert 'href="/complaints"' in page.html
    assert "https://a.example" in page.html
    assert "Read about the types of information we routinely publish in our <a" in page.html
    assert '<a class="govuk-link" href="#corporate-information">' in page.html


@pytest.mark.parametrize(
    ("parents", "trail"),
    [([], ["/", "/government/organisations", "/quay"]), ([named("Above")], ["/", "/above"])],
)
def test_a_page_about_an_organisation_stands_below_it(
    parents: list[dict[str, Any]], trail: list[str]
) -> None:
    links = {"organisations": [named("Quay")], "parent": parents}
    html = shown("corporate_information_page", details={}, links=links)
    found = [part.split('"')[0] for part in html.split('breadcrumbs__link" href="')[1:]]
    assert found == trail


def test_a_working_group_can_be_written_to() -> None:
    links = {"policies": [named("Tides")]}
    html = shown("working_group", details={"email": "a@b.example"}, links=links)
    assert 'href="mailto:a@b.example"' in html
    assert 'href="#policies"' in html
    assert 'href="#contact-details"' in html


@pytest.mark.parametrize("schema", ["government", "role_appointment", "contact", "take_part"])
def test_items_without_a_page_say_so(schema: str) -> None:
    page = pages.render(content_item(schema_name=schema), options=OPTIONS)
    assert "The live site has no page for this" in page.html
    assert "stubbed" in [remark.kind for remark in page.remarks]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/government/organisations", "Search for a department"),
        ("/government/organisations/quay", "What we do"),
        ("/government/people/ada", "Biography"),
        ("/government/ministers", "Cabinet ministers"),
    ],
)
def test_the_path_decides_where_the_item_names_no_schema(path: str, words: str) -> None:
    assert words in shown("", base_path=path)
