"""Pages of organisations: what each kind shows, and in each status."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from preview import pages
from preview.pages.parts.contacts import auto_linked, mail_address
from preview.pages.sanitise import sanitised
from tests.conftest import content_item

OPTIONS = pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC))
HARBOUR = "/government/organisations/harbour-office"
HMCTS = "6f757605-ab8f-4b62-84e4-99f79cf085c2"
SUCCESSORS = [
    {"title": "Tide Office", "base_path": "/government/organisations/tide-office"},
    {"title": "Lamp Office", "base_path": "/government/organisations/lamp-office"},
]


def organisation(
    status: str = "live", links: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    govuk = changes.pop("govuk_status", {})
    path, locale = changes.pop("base_path", HARBOUR), changes.pop("locale", "en")
    details = {
        "body": "<p>We keep harbours.</p>",
        "logo": {"formatted_title": "Harbour<br/>Office", "crest": "single-identity"},
        "organisation_govuk_status": {"status": status, "url": None, "updated_at": None, **govuk},
        "organisation_type": "ministerial_department",
        "ordered_corporate_information_pages": [],
        **changes,
    }
    return content_item(
        schema_name="organisation",
        document_type="organisation",
        title="Harbour Office",
        base_path=path,
        locale=locale,
        details=details,
        links=links or {},
    )


def shown(item: dict[str, Any]) -> str:
    return pages.render(item, options=OPTIONS).html


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("changed_name", "is now called"),
        ("closed", "is now called"),
        ("joining", "will soon be incorporated into GOV.UK"),
        ("devolved", "is a body of"),
        ("left_gov", "is now independent of the UK government"),
        ("merged", "is now part of"),
        ("no_longer_exists", "has closed"),
        ("exempt", "has no website"),
    ],
)
def test_each_status_has_its_notice(status: str, sentence: str) -> None:
    html = shown(organisation(status, {"ordered_successor_organisations": SUCCESSORS}))
    assert f"Harbour Office {sentence}" in html
    assert "What we do" not in html


def test_a_merger_says_when() -> None:
    links = {"ordered_successor_organisations": SUCCESSORS}
    when = {"updated_at": "2025-06-30T23:30:00Z"}
    html = shown(organisation("merged", links, govuk_status=when))
    assert "became part of" in html
    assert "in July 2025" in html


@pytest.mark.parametrize("status", ["split", "replaced"])
def test_an_organisation_may_have_several_successors(status: str) -> None:
    html = shown(organisation(status, {"ordered_successor_organisations": SUCCESSORS}))
    assert "was replaced by" in html
    assert "Tide Office</a> and <a" in html


def test_an_exempt_organisation_leads_to_its_site_and_never_to_a_script() -> None:
    html = shown(organisation("exempt", govuk_status={"url": "https://harbour.example"}))
    assert '<a class="govuk-link" href="https://harbour.example">separate website</a>' in html
    assert "javascript:" not in shown(organisation("exempt", govuk_status={"url": "javascript:1"}))


@pytest.mark.parametrize("status", ["split", "merged", "devolved", "changed_name", "unheard_of"])
def test_a_status_without_a_successor_shows_the_title(status: str) -> None:
    assert '<p class="govuk-heading-m">Harbour Office</p>' in shown(organisation(status))


def test_the_notice_of_a_welsh_page_is_welsh() -> None:
    item = organisation("no_longer_exists", base_path=f"{HARBOUR}.cy", locale="cy")
    assert "Mae Harbour Office wedi cau" in shown(item)


def test_people_are_shown_with_the_roles_that_they_have_here() -> None:
    def role(content_id: str, title: str, payment: str | None = None) -> dict[str, Any]:
        return {
            "content_id": content_id,
            "title": title,
            "base_path": f"/government/ministers/{content_id}",
            "document_type": "ministerial_role",
            "details": {"role_payment_type": payment},
        }

    def held(of: dict[str, Any], *, current: bool = True) -> dict[str, Any]:
        return {"title": "held", "details": {"current": current}, "links": {"role": [of]}}

    here, elsewhere, before = role("a", "Tide Minister", "Unpaid"), role("b", "B"), role("c", "C")
    person = {
        "title": "Ada Quay",
        "base_path": "/government/people/ada-quay",
        "links": {"role_appointments": [held(here), held(elsewhere), held(before, current=False)]},
    }
    html = shown(
        organisation(links={"ordered_ministers": [person], "ordered_roles": [here, before]})
    )
    assert "Our ministers" in html
    assert '<a class="govuk-link" href="/government/ministers/a">Tide Minister</a>' in html
    assert "Unpaid" in html
    assert "/government/ministers/b" not in html
    assert "/government/ministers/c" not in html


def test_contacts_are_written_out() -> None:
    details = {
        "title": "Quay desk",
        "post_addresses": [{"title": "Desk", "street_address": "1 Quay\r\nPier", "locality": ""}],
        "email_addresses": [{"email": "desk@quay.example "}],
        "phone_numbers": [{"number": "01632 960 001"}],
        "contact_form_links": [{"link": "https://quay.example/form"}],
        "description": "Ask\r\nat www.quay.example.",
    }
    html = shown(organisation(links={"ordered_contacts": [{"title": "x", "details": details}]}))
    assert "Contact the Harbour Office" in html
    assert "<p>Desk<br>1 Quay<br>Pier</p>" in html
    assert "mailto:desk@quay.example%20" in html
    assert "Telephone" in html
    assert "Contact: Quay desk" in html
    assert 'Ask<br>at <a class="govuk-link" href="http://www.quay.example">' in html


def test_freedom_of_information_depends_on_the_law() -> None:
    assert "Make a Freedom of Information (FOI) request" in shown(organisation())
    exempt = shown(organisation(foi_exempt=True))
    assert "not covered by the Freedom of Information Act" in exempt
    assert "Make a Freedom of Information (FOI) request" not in exempt


def test_jobs_stand_apart_from_other_pages() -> None:
    rows = [("Complaints", f"{HARBOUR}/about/complaints"), ("Work", f"{HARBOUR}/about/recruitment")]
    found = [{"title": title, "href": href} for title, href in rows]
    html = shown(organisation(ordered_corporate_information_pages=found))
    jobs = html.index("Jobs and contracts")
    assert html.index(">Complaints</a>") < jobs < html.index(">Work</a>")


def test_a_court_says_who_administers_it() -> None:
    parent = {"title": "Court Keeper", "base_path": "/keeper", "content_id": HMCTS}
    item = organisation(
        links={"ordered_parent_organisations": [parent]},
        base_path="/courts-tribunals/tide-tribunal",
        organisation_type="tribunal",
    )
    html = shown(item)
    assert "Administered by" in html
    assert '<a class="govuk-breadcrumbs__link" href="/courts-tribunals">' in html
    assert "Read more about what we do" not in html
    assert "Freedom of Information" not in html


def test_the_civil_service_shows_campaigns_instead_of_people() -> None:
    feature = {
        "title": "Join us",
        "items": [{"title": "Harbours", "summary": "One\r\ntwo", "links": [], "href": "/join"}],
    }
    html = shown(
        organisation(organisation_type="civil_service", ordered_promotional_features=[feature])
    )
    assert "Join us" in html
    assert "One<br>two" in html
    assert "Freedom of Information" not in html


@pytest.mark.parametrize("title", ["Follow the tide", "Watch the tide", "Tide"])
def test_a_name_that_calls_for_following_is_not_doubled(title: str) -> None:
    html = shown(organisation(social_media_links=[{"title": title, "href": "https://a.example"}]))
    assert ("Follow on</span> " in html) == (title == "Tide")


def test_only_groups_that_are_on_the_site_are_listed() -> None:
    groups = [
        {
            "title": status.title(),
            "base_path": f"/{status}",
            "details": {"organisation_govuk_status": {"status": status}},
        }
        for status in ("live", "merged")
    ]
    html = shown(organisation(links={"ordered_high_profile_groups": groups}))
    assert 'href="/live"' in html
    assert 'href="/merged"' not in html


def test_what_comes_from_search_is_remarked_and_left_out_of_the_page() -> None:
    page = pages.render(organisation(), options=OPTIONS)
    assert "stubbed" in [remark.kind for remark in page.remarks]
    assert "data-preview-furniture" in page.html


def test_the_list_of_organisations_leaves_out_those_that_are_joining() -> None:
    joining = {"title": "Soon", "href": "/soon", "slug": "soon", "govuk_status": "joining"}
    here = {
        "title": "Here",
        "href": "/here",
        "slug": "here",
        "separate_website": True,
        "works_with": {
            "other": [{"title": "Soon", "href": "/soon"}, {"title": "Pier", "href": "/pier"}]
        },
    }
    item = content_item(
        schema_name="organisations_homepage",
        details={"ordered_non_ministerial_departments": [joining, here]},
    )
    html = shown(item)
    assert "There are 1 Non ministerial departments" in html
    assert "Works with 1 public body" in html
    assert "separate website" in html
    assert 'href="/soon"' not in html


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://a.example/b.", 'href="https://a.example/b">https://a.example/b</a>.'),
        ("see www.a.example", 'href="http://www.a.example">www.a.example</a>'),
        ("ask a@b.example", 'href="mailto:a@b.example">a@b.example</a>'),
        (
            "a &amp; https://a.example?b=1&amp;c=2",
            'href="https://a.example?b=1&amp;c=2">https://a.example?b=1&amp;c=2</a>',
        ),
    ],
)
def test_addresses_in_text_become_links(text: str, link: str) -> None:
    assert link in auto_linked(sanitised(text))


def test_links_in_text_stay_as_they_are() -> None:
    html = '<a href="https://a.example">https://a.example</a>'
    assert auto_linked(sanitised(html)) == html


def test_an_address_to_write_to_can_carry_nothing_else() -> None:
    assert mail_address("a@b.example?bcc=c@d.example") == "mailto:a@b.example%3Fbcc%3Dc@d.example"
