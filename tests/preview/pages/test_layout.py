"""What every page has in common: furniture, styles, the gallery that shows all types."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from preview import pages
from preview.pages.registry import REGISTRY
from preview.pages.sanitise import sanitised
from scripts import stylesheets
from tests.conftest import content_item
from tests.factories.gallery import items

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def page(branding: str = "generic", notice: str | None = None) -> LexborHTMLParser:
    options = pages.Options(
        now=NOW, branding="govuk" if branding == "govuk" else "generic", notice=notice
    )
    return LexborHTMLParser(pages.render(content_item(), options=options).html)


def test_header_feedback_and_footer_stand_outside_of_main() -> None:
    tree = page()
    assert [node.attributes.get("class") for node in tree.css("main .feedback, main footer")] == []
    around = [node.tag for node in tree.css("body > header, main, body .feedback, body > footer")]
    assert around == ["header", "main", "section", "footer"]


def test_the_skip_link_comes_first_and_leads_to_main() -> None:
    tree = page(notice="Draft")
    first = tree.css_first("body a")
    assert first.attributes["href"] == f"#{tree.css_first('main').attributes['id']}"


def test_the_draft_notice_is_marked_as_furniture() -> None:
    notice = page(notice="Draft preview, version 3.").css_first("body [data-preview-furniture]")
    assert notice.text(strip=True) == "Draft preview, version 3."
    assert page().css_first("body [data-preview-furniture]") is None


def robots(**changes: Any) -> list[tuple[str | None, bool]]:
    html = pages.render(content_item(**changes), options=pages.Options(now=NOW)).html
    found = LexborHTMLParser(html).css("meta[name=robots]")
    return [
        (node.attributes["content"], "data-preview-furniture" in node.attributes) for node in found
    ]


def test_the_preview_keeps_search_engines_out_and_tells_what_the_live_site_asks_of_them() -> None:
    preview = ("noindex, nofollow", True)
    form = "/government/publications/pension-credit-claim-form--2"
    assert robots() == [preview]
    assert robots(base_path=form) == [("noindex", False), preview]
    assert robots(base_path=f"{form}.cy", locale="cy") == [("noindex", False), preview]
    parent = {"title": "Form", "base_path": form}
    page = {"schema_name": "html_publication", "base_path": f"{form}/notes"}
    assert robots(**page, links={"parent": [parent]}) == [("noindex", False), preview]


def test_social_cards_show_the_picture_of_the_page() -> None:
    details = {"image": {"url": "https://assets.example/small.jpg", "alt_text": "A boat"}}
    html = pages.render(
        content_item(schema_name="news_article", details=details), options=pages.Options(now=NOW)
    )
    found = LexborHTMLParser(html.html).css("meta[property='og:image']")
    assert found[-1].attributes["content"] == "https://assets.example/small.jpg"


def test_logotype_crown_and_font_are_for_gov_uk_hosts_only() -> None:
    generic, govuk = page(), page("govuk")
    crown = "header svg, footer .govuk-footer__crown, footer .govuk-footer__copyright-logo"
    assert not generic.css(crown)
    assert len(govuk.css(crown)) == 3
    sheets = [node.attributes["href"] or "" for node in generic.css("link[rel=stylesheet]")]
    assert any(sheet.endswith("/generic.min.css") for sheet in sheets)


def test_the_footer_has_both_columns_and_the_support_links() -> None:
    footer = page("govuk").css_first("footer")
    headings = [node.text(strip=True) for node in footer.css("h2")]
    assert headings == ["Services and information", "Government activity", "Support links"]
    assert footer.css_first("a[lang=cy]").text(strip=True) == "Rhestr o Wasanaethau Cymraeg"


def test_every_page_type_is_in_the_gallery() -> None:
    missing = REGISTRY.keys() - {item["schema_name"] for item in items().values()}
    assert not missing, f"Write tests/factories/items/<schema name>.json for {sorted(missing)}."


@pytest.mark.parametrize("name", sorted(items()))
def test_every_item_of_the_gallery_gives_its_own_page(name: str) -> None:
    item = items()[name]
    options = pages.Options(now=NOW, lookup={"": item}.get)
    for path in pages.paths(item, options):
        page = pages.render(item, path, options=options)
        kinds = {remark.kind for remark in page.remarks}
        assert ("generic" in kinds) == (item["schema_name"] == "generic")
        assert "left_out" not in kinds


def test_the_stylesheet_holds_every_component(tmp_path: Path) -> None:
    stylesheets.main(tmp_path)
    css = (tmp_path / "page.css").read_text("utf-8")
    for source in stylesheets.SOURCES.glob("*.css"):
        assert source.read_text("utf-8").strip() in css
    assert stylesheets.in_order()[0].stem == "base"
    assert stylesheets.in_order()[-1].stem == "print"


def test_a_link_that_nobody_is_told_of_is_not_reached_by_keyboard() -> None:
    html = '<a aria-hidden="true" title="a > b" href="/x">x</a><svg aria-hidden="true"></svg>'
    tree = LexborHTMLParser(sanitised(html))
    assert tree.css_first("a").attributes["tabindex"] == "-1"
    assert "tabindex" not in tree.css_first("svg").attributes
