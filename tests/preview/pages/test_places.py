"""Pages of places: embassies, countries, operations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from preview import pages
from tests.conftest import content_item

OPTIONS = pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC))
ROLE, PERSON, OFFICE, CONTACT = "role-1", "person-1", "office-1", "contact-1"


def shown(schema: str, **changes: Any) -> str:
    item = content_item(schema_name=schema, document_type=schema, **changes)
    return pages.render(item, options=OPTIONS).html


def linked(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "base_path": f"/{title.lower().replace(' ', '-')}", **more}


def embassy(**changes: Any) -> dict[str, Any]:
    details = {
        "logo": {"formatted_title": "British Embassy<br/>Ruritania"},
        "world_location_names": [{"content_id": "place-1", "name": "Ruritania"}],
        "people_role_associations": [
            {"person_content_id": PERSON, "role_appointments": [{"role_content_id": ROLE}]}
        ],
        "office_contact_associations": [
            {"office_content_id": OFFICE, "contact_content_id": CONTACT}
        ],
    }
    return {**details, **changes}


def contact() -> dict[str, Any]:
    details = {
        "title": "Consular section",
        "post_addresses": [
            {"street_address": "1 Harbour Way", "locality": "Zenda", "postal_code": "Z1"}
        ],
        "email_addresses": [{"email": "help@example.com"}],
        "contact_form_links": [{"link": "https://example.com/form"}],
        "phone_numbers": [{"title": "Telephone", "number": "+99 1"}, {"title": "Fax"}],
        "description": "See www.example.com\r\nor visit",
    }
    return linked("Consular section", content_id=CONTACT, details=details)


def test_an_embassy_shows_its_people_with_their_roles() -> None:
    links = {
        "primary_role_person": [linked("Ann Rassendyll", content_id=PERSON)],
        "office_staff": [linked("Bert", content_id="person-2")],
        "roles": [linked("Ambassador", content_id=ROLE)],
    }
    html = shown("worldwide_organisation", details=embassy(), links=links)
    assert "Our people" in html
    assert html.index("Ann Rassendyll") < html.index("Ambassador") < html.index("Bert")


def test_an_embassy_names_its_locations_and_sponsors() -> None:
    links = {
        "world_locations": [linked("Ruritania (old)", content_id="place-1", base_path=None)],
        "sponsoring_organisations": [linked("Foreign Office"), linked("Trade")],
    }
    html = shown("worldwide_organisation", details=embassy(), links=links)
    assert '<a class="govuk-link" href="/world/ruritania-old/news">Ruritania and the UK</a>' in html
    assert ">Foreign Office</a> and <a" in html
    assert "British Embassy<br>Ruritania" in html


def test_an_embassy_without_people_offices_or_pages_has_no_headings_for_them() -> None:
    html = shown("worldwide_organisation", details={})
    for heading in ("Our people", "Contact us", "Corporate information", "Follow us"):
        assert heading not in html


def test_an_office_needs_a_contact_to_be_shown() -> None:
    office = linked("Main office", content_id=OFFICE)
    html = shown("worldwide_organisation", details=embassy(), links={"main_office": [office]})
    assert "Contact us" not in html
    links = {"main_office": [office], "contacts": [contact()]}
    html = shown("worldwide_organisation", details=embassy(), links=links)
    assert "Contact us" in html
    assert "Access and opening times" not in html
    assert 'href="mailto:help@example.com"' in html
    assert "Fax" not in html
    assert '<a href="http://www.example.com">www.example.com</a><br>or visit' in html


def test_an_office_that_says_when_it_opens_has_a_link_there() -> None:
    times = {"access_and_opening_times": "<p>Never</p>"}
    office = linked("Main office", content_id=OFFICE, details=times)
    links = {"main_office": [office], "contacts": [contact()]}
    html = shown("worldwide_organisation", details=embassy(), links=links)
    assert 'href="/main-office" lang="en">Access and opening times' in html


def test_an_embassy_speaks_welsh() -> None:
    links = {"primary_role_person": [linked("Ann", content_id=PERSON)]}
    html = shown("worldwide_organisation", locale="cy", details=embassy(), links=links)
    assert "Ein pobl" in html


def test_the_page_of_an_office_shows_where_it_is() -> None:
    html = shown(
        "worldwide_office",
        title="Embassy",
        details={"access_and_opening_times": "<h2 id='a'>Access</h2>"},
        links={"contact": [contact()], "worldwide_organisation": [linked("Embassy")]},
    )
    assert '<span class="govuk-visually-hidden">About </span>Consular section' in html
    assert "1 Harbour Way" in html
    assert '<h2 id="a">Access</h2>' in html


def test_an_office_without_links_still_has_a_page() -> None:
    assert "Embassy" in shown("worldwide_office", title="Embassy")


def test_an_information_page_of_an_embassy_has_its_header() -> None:
    parent = linked("Embassy", details=embassy())
    links = {"worldwide_organisation": [parent]}
    html = shown("worldwide_corporate_information_page", title="Working for us", links=links)
    assert "British Embassy<br>Ruritania" in html
    assert '<h2 class="govuk-heading-xl">Working for us</h2>' in html


def test_a_fatality_notice_says_in_which_operations() -> None:
    links = {"field_of_operation": [linked("Ruritania")]}
    html = shown("fatality_notice", title="A soldier", links=links)
    assert '<title lang="en">A soldier - Fatality notice - GOV.UK</title>' in html
    assert "Operations in Ruritania" in html
    assert "Field of operation:" in html
    assert "Field of operation:" not in shown("fatality_notice")


def test_an_operation_lists_each_casualty_of_a_notice() -> None:
    notice = linked("A notice", details={"casualties": ["Ann", "Bert"]})
    html = shown("field_of_operation", title="Ruritania", links={"fatality_notices": [notice]})
    assert '<a class="govuk-link" href="/a-notice">Ann</a>' in html
    assert '<a class="govuk-link" href="/a-notice">Bert</a>' in html
    assert ">A notice<" not in html


def test_an_operation_with_an_empty_description_has_no_heading_for_it() -> None:
    html = shown("field_of_operation", description="<div class='govspeak'></div>")
    assert 'id="field-of-operation"' not in html


def test_the_list_of_operations_leads_to_each() -> None:
    html = shown("fields_of_operation", links={"fields_of_operation": [linked("Ruritania")]})
    assert '<a class="govuk-link" href="/ruritania">Ruritania</a>' in html


def test_countries_are_listed_by_letter_without_their_article() -> None:
    places = [
        {"name": "The Gambia", "slug": "the-gambia", "active": True},
        {"name": "Ghana", "slug": "ghana", "active": True},
        {"name": "Atlantis", "slug": "atlantis", "active": False},
        {"name": ""},
    ]
    html = shown("world_index", details={"world_locations": places})
    assert '<h3 class="govuk-heading-l">G</h3>' in html
    assert '<h3 class="govuk-heading-l">T</h3>' not in html
    assert '<a class="govuk-link" href="/world/ghana">Ghana</a>' in html
    assert "<span>Atlantis</span>" in html


def test_the_list_of_embassies_says_where_help_is() -> None:
    rows = [
        {"name": "A", "assistance_available": "none"},
        {
            "name": "B",
            "assistance_available": "remote",
            "remote_office": {"name": "Embassy C", "country": "C", "path": "/c"},
        },
        {
            "name": "C",
            "assistance_available": "local",
            "organisations_with_embassy_offices": [{"name": "Embassy C", "path": "/c"}],
        },
        {"name": "D", "assistance_available": "local"},
    ]
    html = shown("embassies_index", details={"world_locations": rows})
    assert html.count("British nationals should contact the local authorities.") == 2
    assert "British nationals should contact the Embassy C in C." in html
    assert html.count('href="/c"') == 2


def test_the_news_of_a_country_shows_what_editors_put_forward() -> None:
    details = {
        "mission_statement": "We *brew* tea.",
        "ordered_featured_links": [{"title": "Travel", "href": "/travel"}],
        "ordered_featured_documents": [
            {
                "title": "Treaty",
                "href": "/treaty",
                "summary": "word " * 60,
                "public_updated_at": "2026-01-05T10:00:00Z",
                "document_type": "News story",
                "image": {"url": "https://example.com/i.jpg", "alt_text": ""},
            }
        ],
    }
    links = {"worldwide_organisations": [linked("Embassy")]}
    html = shown("world_location_news", details=details, links=links)
    assert "<p>We <em>brew</em> tea.</p>" in html
    assert "5 January 2026" in html
    assert "word..." in html
    assert html.index("Featured") < html.index("Latest") < html.index("Our mission")
    assert "Latest" not in shown("world_location_news", locale="cy", details=details)
