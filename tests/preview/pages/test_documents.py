"""Documents of departments: their files and notices; and the questions of simple smart answers."""

from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from preview import pages
from tests.conftest import content_item
from tests.preview.pages.reading import NOW, read

WITHDRAWN = {"explanation": "<p>The tide turned.</p>", "withdrawn_at": "2026-01-05T10:00:00Z"}
COUNCIL = {"title": "Harbour Office", "base_path": "/harbour-office", "content_id": "harbour"}
QUESTIONS = [
    {
        "kind": "question",
        "slug": "boat",
        "title": "What boat is it?",
        "body": "<p>Look at the hull.</p>",
        "options": [
            {"label": "A dinghy", "slug": "dinghy", "next_node": "where"},
            {"label": "A barge", "slug": "barge", "next_node": "stay"},
        ],
    },
    {
        "kind": "question",
        "slug": "where",
        "title": "Where does it go?",
        "options": [{"label": "Out to sea", "slug": "out", "next_node": "stay"}],
    },
    {"kind": "outcome", "slug": "stay", "title": "Stay in", "body": "<p>Wait.</p>"},
]


def document(schema: str, links: dict[str, Any] | None = None, **details: Any) -> dict[str, Any]:
    return content_item(
        schema_name=schema,
        document_type=schema,
        base_path="/tides",
        details=details,
        links={"organisations": [COUNCIL], **(links or {})},
    )


@pytest.mark.parametrize(
    ("attached", "said", "unsaid"),
    [
        ({"content_type": "application/pdf", "file_size": 2048}, "PDF, 2 KB", "HTML"),
        ({"attachment_type": "html", "number_of_pages": 3}, "Tables HTML", "3 pages"),
        ({"attachment_type": "external"}, "Tables https://tides.example/", "HTML"),
        (
            {"attachment_type": "external", "content_type": "application/pdf"},
            "Tables https://tides.example/",
            "PDF",
        ),
    ],
)
def test_a_file_says_its_type_and_a_page_where_it_is(
    attached: dict[str, Any], said: str, unsaid: str
) -> None:
    row = {"id": "a", "title": "Tables", "url": "https://tides.example/", **attached}
    page = read(document("publication", attachments=[row], featured_attachments=["a"]))
    assert said in page.text
    assert unsaid not in page.text


def test_the_notices_of_a_collection_stand_before_who_published_it() -> None:
    government = {"title": "Old government", "details": {"current": False}}
    item = document("document_collection", {"government": [government]}, political=True)
    page = read({**item, "withdrawn_notice": WITHDRAWN})
    notices = [page.text.index(words) for words in ("was withdrawn on", "Old government")]
    assert max(notices) < page.text.index("From:")


def test_a_collection_leads_to_emails_about_a_topic_that_has_only_a_path() -> None:
    topic = {"taxonomy_topic_email_override": [{"base_path": "/boats"}]}
    links = read(document("document_collection", topic)).links
    assert links["Get emails about this topic"] == "/email-signup/confirm?topic=/boats"


def test_a_publication_page_says_its_isbn() -> None:
    assert "ISBN: 978-1-00" in read(document("html_publication", isbn="978-1-00")).text


def asked(path: str) -> Any:
    item = document("simple_smart_answer", nodes=QUESTIONS, body="<p>Find out.</p>")
    return read(item, f"/tides/y{path}")


def test_a_question_is_a_form_with_its_number_and_its_text() -> None:
    page = asked("")
    assert "1. What boat is it? Look at the hull. A dinghy A barge Next step" in page.text
    assert page.title == "What boat is it? - When is low tide? - GOV.UK"


@pytest.mark.parametrize("path", ["/dinghy", "?response=dinghy"])
def test_an_answer_leads_on_and_can_be_changed(path: str) -> None:
    page = asked(path)
    assert "2. Where does it go?" in page.text
    assert "1. What boat is it? A dinghy" in page.text
    assert "/tides/y?previous_response=dinghy" in page.links.values()


@pytest.mark.parametrize(
    "path", ["/dinghy/up", "/dinghy?response=up", "/dinghy?response=", "/dinghy/up?response=out"]
)
def test_no_answer_of_the_question_is_a_problem_that_the_page_names(path: str) -> None:
    page = asked(path)
    assert page.text.count("Please answer this question") == 2
    assert "2. Where does it go?" in page.text
    assert page.title.startswith("Error - Where does it go?")


def test_a_changed_answer_is_chosen_already() -> None:
    item = document("simple_smart_answer", nodes=QUESTIONS)
    options = pages.Options(now=NOW)
    html = pages.render(item, "/tides/y?previous_response=barge", options=options).html
    assert 'value="barge" checked' in html
    assert 'value="dinghy" checked' not in html


def test_an_outcome_has_no_number_and_shows_what_was_answered() -> None:
    page = asked("/dinghy/out")
    assert page.headings[:2] == ["Stay in", "Your answers"]
    assert "2. Where does it go? Out to sea" in page.text


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("Continue", "en", "Continue"),
        ("Continue", "cy", "Parhau"),
        ("Start now", "cy", "Dechrau nawr"),
        ("Measure", "cy", "Measure"),
    ],
)
def test_usual_words_on_a_start_button_are_in_the_pages_language(
    text: str, locale: str, said: str
) -> None:
    item = document("simple_smart_answer", nodes=QUESTIONS, start_button_text=text)
    assert said in read({**item, "locale": locale}).links


def test_a_welsh_guide_skips_its_contents_in_welsh() -> None:
    parts = [{"title": title, "slug": title.lower(), "body": "<p>x</p>"} for title in ("Un", "Dau")]
    item = {**document("guide", parts=parts), "locale": "cy"}
    assert "Sgipio cynnwys" in pages.render(item, options=pages.Options(now=NOW)).html


def guide(name: str) -> dict[str, Any]:
    path = f"/{name.lower()}"
    return {"title": name, "base_path": path, "content_id": name, "document_type": "step_by_step"}


def beside(path: str = "/tides", **links: list[str]) -> Any:
    kinds = {kind: [guide(name) for name in names] for kind, names in links.items()}
    return read(document("answer", kinds), path)


def test_a_page_in_several_guides_names_them_all() -> None:
    page = beside(part_of_step_navs=["Sail", "Row", "Fish", "Swim", "Dive", "Wade"])
    assert {"/sail", "/wade"} <= set(page.links.values())
    assert "Also part of" not in page.text


def test_the_guide_that_a_reader_comes_from_stands_before_the_others() -> None:
    guides = {"part_of_step_navs": ["Sail", "Row"], "related_to_step_navs": ["Fish"]}
    page = beside("/tides?step-by-step-nav=Row", **guides, secondary_to_step_navs=["Dive"])
    before, _, after = page.text.partition("Also part of")
    assert "This page is Part of Row" in before
    assert "Sail Fish" in after
    assert "Dive" not in page.text


def test_guides_are_not_named_beside_another_where_they_are_many() -> None:
    many = ["Sail", "Row", "Fish", "Swim", "Dive"]
    page = beside("/tides?step-by-step-nav=Row", part_of_step_navs=many)
    assert "Also part of" not in page.text


def test_a_side_issue_of_one_guide_shows_it_and_of_several_names_them() -> None:
    assert "This page is Part of Dive" in beside(secondary_to_step_navs=["Dive"]).text
    several = beside(secondary_to_step_navs=["Dive", "Wade"])
    assert {"/dive", "/wade"} <= set(several.links.values())
    assert "Home" in several.crumbs
    related = beside(secondary_to_step_navs=["Dive"], related_to_step_navs=["Row"])
    assert "Part of" not in related.text


def test_a_page_of_a_publication_in_a_guide_names_the_guide_above() -> None:
    publication = {"title": "Tables", "base_path": "/tables"}
    item = document("html_publication", {"parent": [publication]})
    whole = {**publication, "links": {"part_of_step_navs": [guide("Sail")]}}
    assert "Part of Sail" in read(item, known={"/tables": whole}).text
    assert read(item, known={"/tables": publication}).crumbs == ["Home", "Tables"]


def images(schema: str, **links: Any) -> list[str | None]:
    html = pages.render(document(schema, links), options=pages.Options(now=NOW)).html
    return [node.attributes["src"] for node in LexborHTMLParser(html).css("figure img")]


def test_a_speech_without_a_picture_has_its_publishers_and_news_has_none() -> None:
    picture = {"default_news_image": {"url": "https://assets.example/quay.jpg"}}
    publisher = {**COUNCIL, "details": picture}
    links = {"primary_publishing_organisation": [publisher]}
    assert images("speech", **links) == ["https://assets.example/quay.jpg"]
    assert images("speech", organisations=[publisher])[0].endswith("/placeholder.jpg")
    assert images("news_article", **links) == images("case_study", **links) == []


def test_a_few_pages_offer_no_emails() -> None:
    item = document("publication")
    emails = "Get emails about this page"
    assert emails in read(item).text
    assert emails not in read({**item, "locale": "cy"}).text
    exempt = {**item, "content_id": "c5c8d3cd-0dc2-4ca3-8672-8ca0a6e92165"}
    assert emails not in read(exempt).text


def test_an_image_stands_for_a_name_only_where_one_organisation_published_a_page() -> None:
    image = {"url": "https://assets.example/crest.png", "alt_text": "Crest"}
    logo = {"formatted_title": "Harbour<br/>Office", "image": image}
    office = {**COUNCIL, "details": {"logo": logo}}
    alone = pages.render(
        document("html_publication", {"organisations": [office]}), options=pages.Options(now=NOW)
    )
    assert "crest.png" in alone.html
    both = document("html_publication", {"organisations": [office, {**office, "title": "Quay"}]})
    shown = pages.render(both, options=pages.Options(now=NOW)).html
    assert "crest.png" not in shown
    assert "Harbour<br>Office" in shown


def test_a_page_about_an_event_has_the_links_that_stand_beside_all_of_them() -> None:
    event = {"title": "War", "content_id": "bfa79635-ffda-4b5d-8266-a9cd3a03649c"}
    page = read(document("answer", {"topical_events": [event]}))
    assert "Invasion of Ukraine" in page.headings
    assert page.links["Homes for Ukraine: record your interest"].startswith("https://")
    assert "Invasion of Ukraine" not in read(document("answer")).text


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Ålesund & Bergen", "/world/lesund-bergen/news"),
        ("St Kitts -- Nevis", "/world/st-kitts-nevis/news"),
    ],
)
def test_a_place_in_the_world_stands_at_its_name_in_plain_letters(name: str, path: str) -> None:
    page = read(document("publication", {"world_locations": [{"title": name}]}))
    assert page.links[name] == path
