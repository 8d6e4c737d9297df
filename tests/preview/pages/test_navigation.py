"""Pages that lead to others: topics, browse pages, step by step guides, events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from preview import pages
from tests.conftest import content_item

OPTIONS = pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC))


def page(schema: str, path: str | None = None, **changes: Any) -> pages.Page:
    item = content_item(schema_name=schema, document_type=schema, **changes)
    return pages.render(item, path, options=OPTIONS)


def shown(schema: str, **changes: Any) -> str:
    return page(schema, **changes).html


def linked(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "base_path": f"/{title.lower().replace(' ', '-')}", **more}


def test_steps_are_numbered_and_lead_back_to_the_guide() -> None:
    steps = [
        {"title": "Read", "contents": [{"type": "paragraph", "text": "Slowly"}]},
        {
            "title": "Write",
            "logic": "or",
            "contents": [
                {
                    "type": "substep",
                    "contents": [
                        {"type": "list", "contents": [{"text": "Go", "href": "/go"}, {"text": "x"}]}
                    ],
                }
            ],
        },
    ]
    details = {"step_by_step_nav": {"introduction": "<p>Begin</p>", "steps": steps}}
    html = shown("step_by_step_nav", content_id="guide-1", details=details)
    assert "<p>Begin</p>" in html
    assert 'step-nav__circle--logic">or</span> Write' in html
    assert 'href="/go?step-by-step-nav=guide-1"' in html


@pytest.mark.parametrize(
    ("base_path", "level"),
    [("/browse", "0"), ("/browse/benefits", "1"), ("/browse/benefits/carers", "2")],
)
def test_a_browse_page_is_of_the_level_of_its_path(base_path: str, level: str) -> None:
    html = shown("mainstream_browse_page", base_path=base_path)
    assert f'content="Browse level {level}"' in html


def test_parts_of_a_subject_stand_in_the_editors_order() -> None:
    parts = [linked("Apples", content_id="a"), linked("Bees", content_id="b"), linked("Cats")]
    details = {"second_level_ordering": "curated", "ordered_second_level_browse_pages": ["b", "a"]}
    changes = {"base_path": "/browse/x", "links": {"second_level_browse_pages": parts}}
    html = shown("mainstream_browse_page", details=details, **changes)
    assert html.index("Bees") < html.index("Apples") < html.index("Cats")
    html = shown("mainstream_browse_page", details={}, **changes)
    assert html.index("Apples") < html.index("Bees") < html.index("Cats")


def test_curated_lists_are_named_although_search_fills_them() -> None:
    groups = [{"name": "Fraud", "content_ids": ["1", "2"]}]
    html = shown("mainstream_browse_page", base_path="/browse/x/y", details={"groups": groups})
    assert "The pages of the list “Fraud” (2)" in html
    assert "A to Z" not in html


def test_a_topic_shows_the_topics_below_it_that_have_pages() -> None:
    children = [
        linked("Ports", phase="live", details={"url_override": "/harbours"}),
        linked("Draft", phase="alpha"),
    ]
    html = shown("taxon", phase="live", base_path="/sea", links={"child_taxons": children})
    assert 'href="/harbours">Ports</a>' in html
    assert "Draft" not in html
    assert 'href="/email-signup/?link=/sea"' in html
    assert "Get emails" not in shown("taxon", phase="beta", base_path="/sea")


def test_a_topic_in_alpha_has_no_page_on_the_live_site() -> None:
    assert page("taxon", phase="alpha").status == 404


def test_topics_about_a_country_stand_in_one_order() -> None:
    titles = ("Zoo", "Living in Ruritania", "Travelling to Ruritania")
    links = {"child_taxons": [linked(one, phase="live") for one in titles]}
    html = shown("taxon", base_path="/world/ruritania", phase="live", links=links)
    order = [html.index(f">{one}<") for one in reversed(titles)]
    assert order == sorted(order)
    assert 'content="accordion"' in html
    assert 'content="leaf"' in shown("taxon", base_path="/world/ruritania")


def event(**changes: Any) -> dict[str, Any]:
    card = {"title": "A summit", "href": "/summit", "summary": "Held", "image": {"url": "/i.jpg"}}
    details = {"body": "<p>Text</p>", "ordered_featured_documents": [card]}
    return {**details, **changes}


def test_an_event_is_shown_by_the_front_end_that_the_item_names() -> None:
    details = event()
    assert "Latest updates" in shown("topical_event", details=details)
    html = shown("topical_event", details=details, rendering_app="collections")
    assert "There are no updates yet." in html
    assert html.index("A summit") < html.index("Latest")


def test_an_event_that_is_over_says_so_from_its_last_day_on() -> None:
    over = event(end_date="2026-03-04T00:00:00Z")
    assert "(Archived)" in shown("topical_event", details=over, rendering_app="collections")
    on = event(end_date="2026-03-05T00:00:00Z")
    assert "(Archived)" not in shown("topical_event", details=on, rendering_app="collections")


def test_an_event_has_a_wide_picture_and_a_logo_beside_the_text() -> None:
    images = [{"type": "logo", "url": "/logo.png"}, {"type": "header", "url": "/head.png"}]
    html = shown("topical_event", details=event(images=images))
    assert html.index("/head.png") < html.index("/logo.png")


def test_the_page_about_an_event_may_be_part_of_the_event() -> None:
    about = {"title": "About it", "summary": "In short", "body": "<p>At length</p>"}
    item = content_item(
        schema_name="topical_event", base_path="/e", title="Event", details=event(about=about)
    )
    assert pages.paths(item, OPTIONS) == ["/e", "/e/about"]
    html = pages.render(item, "/e/about", options=OPTIONS).html
    assert "<p>At length</p>" in html
    assert '<a class="govuk-breadcrumbs__link" href="/e">Event</a>' in html


def test_the_page_about_an_event_leads_back_to_it() -> None:
    html = shown("topical_event_about_page", links={"parent": [linked("Event")]})
    assert '<a class="govuk-breadcrumbs__link" href="/event">Event</a>' in html


def test_a_page_that_another_application_makes_shows_what_it_is_made_of() -> None:
    details = {"facets": [{"name": "Case type", "filterable": True}], "summary": "<p>All cases</p>"}
    made = page("finder", rendering_app="finder-frontend", details=details)
    assert "“finder-frontend”" in made.html
    assert "Case type" in made.html
    assert "<p>All cases</p>" in made.html
    assert [remark.kind for remark in made.remarks] == ["stubbed"]


def test_an_item_without_a_title_or_path_has_a_page_to_check() -> None:
    item = {"schema_name": "content_block", "document_type": "content_block_tax", "details": {}}
    assert "Content block tax" in pages.render(item, options=OPTIONS).html


def test_a_deep_item_ends_somewhere() -> None:
    deep: Any = "end"
    for _ in range(200):
        deep = [deep]
    assert "end<" not in shown("landing_page", details={"blocks": deep, "many": ["x"] * 5000})
