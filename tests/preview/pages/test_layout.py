"""What every page has in common: furniture, styles, the gallery that shows all types."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

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
    notice = page(notice="Draft preview, version 3.").css_first("[data-preview-furniture]")
    assert notice.text(strip=True) == "Draft preview, version 3."
    assert page().css_first("[data-preview-furniture]") is None


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
