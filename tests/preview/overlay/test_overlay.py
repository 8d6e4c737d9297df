"""A pack over live content: what it replaces, adds, removes, and what it never shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview.overlay.overlay import Overlay
from preview.overlay.proposals import Proposals
from preview.packs.models import Audience, PackDraft
from tests.preview.overlay.packs import as_json, over, pack_of, retag, save, take_away
from tests.preview.overlay.site import id_of, ids, live, site

pytestmark = pytest.mark.django_db


def test_a_draft_replaces_its_live_item_wherever_it_is_linked_to() -> None:
    below = site(live("page", link_set={"organisations": ["o"]}), live("o", "organisation"))
    pack = pack_of(save(live("o", "organisation", title="Renamed")))
    shown = over(below, pack).item(id_of("page"), "en")
    assert shown is not None
    assert shown["links"]["organisations"][0]["title"] == "Renamed"


def test_a_new_draft_exists_inside_its_pack_only() -> None:
    below = site(live("page", link_set={"organisations": ["o"]}))
    draft = save(live("o", "organisation"))
    inside, outside = pack_of(draft), pack_of(save(live("other")), name="Autumn")
    assert "organisations" in over(below, inside).item(id_of("page"), "en")["links"]  # type: ignore[index]  # it is there
    links = over(below, outside).item(id_of("page"), "en")["links"]  # type: ignore[index]  # it is there
    assert links["organisations"] == [id_of("o")]


def test_links_that_are_proposed_change_links_only() -> None:
    below = site(
        live("page", link_set={"taxons": ["old"], "organisations": ["o"]}),
        live("old", "taxon"),
        live("new", "taxon"),
        live("o", "organisation"),
    )
    change = retag("page", {"taxons": ["new"]})
    shown = over(below, pack_of(change)).item(id_of("page"), "en")
    assert shown is not None
    assert shown["title"] == "Page"
    assert [one["title"] for one in shown["links"]["taxons"]] == ["New"]
    assert [one["title"] for one in shown["links"]["organisations"]] == ["O"]


def test_an_empty_list_takes_links_of_a_type_away() -> None:
    below = site(live("page", link_set={"taxons": ["old"]}), live("old", "taxon"))
    change = retag("page", {"taxons": []})
    shown = over(below, pack_of(change)).item(id_of("page"), "en")
    assert shown is not None
    assert "taxons" not in shown["links"]


def test_reverse_links_follow_what_the_pack_says() -> None:
    below = site(
        live("first"),
        live("second"),
        live("child", link_set={"parent": ["first"]}),
        live("other", link_set={"parent": ["first"]}),
    )
    change = save(
        {"links": ids({"parent": ["second"]})}, "links", locale="", content_id=id_of("child")
    )
    seen = over(below, pack_of(change))
    first, second = seen.item(id_of("first"), "en"), seen.item(id_of("second"), "en")
    assert first is not None
    assert second is not None
    assert [one["title"] for one in first["links"]["children"]] == ["Other"]
    assert [one["title"] for one in second["links"]["children"]] == ["Child"]


@pytest.mark.parametrize("kind", ["gone", "redirect", "vanish"])
def test_an_unpublishing_removes_the_item_from_other_pages(kind: str) -> None:
    below = site(live("page", link_set={"related": ["old"]}), live("old"))
    taken = save(
        {"type": kind, "alternative_path": "/new"}, "unpublishing", content_id=id_of("old")
    )
    seen = over(below, pack_of(taken))
    page, old = seen.item(id_of("page"), "en"), seen.item(id_of("old"), "en")
    assert page is not None
    assert old is not None
    assert old["schema_name"] == kind
    assert "About old" not in as_json(old)
    assert "related" not in page["links"]


def test_a_redirect_leads_where_it_was_told() -> None:
    taken = take_away("old", "redirect", alternative_path="/new")
    shown = over(site(live("old")), pack_of(taken)).at_path("/old")
    assert shown is not None
    assert shown["redirects"][0]["destination"] == "/new"


def test_a_withdrawal_keeps_the_page_and_says_why() -> None:
    below = site(live("page", link_set={"related": ["old"]}), live("old"))
    payload = {"type": "withdrawal", "explanation": "<p>Not true any more.</p>"}
    seen = over(below, pack_of(save(payload, "unpublishing", content_id=id_of("old"))))
    old, page = seen.item(id_of("old"), "en"), seen.item(id_of("page"), "en")
    assert old is not None
    assert page is not None
    assert old["withdrawn_notice"]["explanation"] == "<p>Not true any more.</p>"
    assert "About old" in as_json(old)
    assert "related" not in page["links"]


def test_a_path_is_found_exactly_and_then_by_the_longest_prefix() -> None:
    below = site(live("g", routes=[{"path": "/g", "type": "prefix"}]), live("h", base_path="/g/h"))
    part = live("new", base_path="/g/h/i", routes=[{"path": "/g/h/i", "type": "prefix"}])
    seen = over(below, pack_of(save(part)))
    found = [seen.at_path(path) for path in ("/g", "/g/x/y", "/g/h", "/g/h/i/j", "/nowhere")]
    assert [one and one["title"] for one in found] == ["G", "G", "H", "New", None]


def test_the_old_path_of_a_page_that_moves_leads_to_the_new_one() -> None:
    seen = over(site(live("page")), pack_of(save(live("page", base_path="/moved"))))
    old, new = seen.at_path("/page"), seen.at_path("/moved")
    assert old is not None
    assert new is not None
    assert (old["schema_name"], old["redirects"][0]["destination"]) == ("redirect", "/moved")
    assert new["title"] == "Page"


def test_open_pages_know_nothing_of_limited_drafts() -> None:
    below = site(live("page", link_set={"organisations": ["o"]}), live("o", "organisation"))
    secret = save(live("o", "organisation", title="Secret"), limited_to=("somebody",))
    pack = pack_of(secret, save(live("page", links={"organisations": ["o"]})))
    texts = {
        audience: as_json(over(below, pack, audience).item(id_of("page"), "en"))
        for audience in Audience.values
    }
    assert "Secret" in texts["full"]
    assert "Secret" not in texts["open"]


def test_a_draft_that_waits_for_consent_is_not_there() -> None:
    pack = pack_of(save(live("page", title="Waiting")))
    PackDraft.objects.update(needs_consent=True)
    assert over(site(), pack).item(id_of("page"), "en") is None


def test_the_other_languages_of_an_item_stay_live() -> None:
    below = site(live("a"), live("a", locale="cy", base_path="/a.cy", title="Byw"))
    seen = over(below, pack_of(save(live("a", title="New"))))
    welsh = seen.item(id_of("a"), "cy")
    assert welsh is not None
    assert welsh["title"] == "Byw"
    assert [one["title"] for one in welsh["links"]["available_translations"]] == ["New", "Byw"]


def test_a_draft_keeps_the_first_date_and_the_change_notes_of_its_live_edition() -> None:
    notes = [{"note": "First.", "public_timestamp": "2026-01-02T09:00:00Z"}]
    below = site(live("a", details={"body": "", "change_history": notes}))
    draft = live("a", change_note="Second.", update_type="major", details={"body": ""})
    del draft["first_published_at"]
    draft["public_updated_at"] = "2026-03-01T09:00:00Z"
    shown = over(below, pack_of(save(draft))).item(id_of("a"), "en")
    assert shown is not None
    assert shown["first_published_at"] == "2026-01-02T09:00:00Z"
    assert [row["note"] for row in shown["details"]["change_history"]] == ["Second.", "First."]


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2026-05-01", "consultation"),
        ("2026-06-15", "open_consultation"),
        ("2026-08-01", "closed_consultation"),
    ],
)
def test_a_consultation_is_shown_in_its_phase_of_the_day(day: str, phase: str) -> None:
    dates = {
        "opening_date": "2026-06-01T00:00:00+01:00",
        "closing_date": "2026-07-01T23:45:00+01:00",
    }
    item = live("c", "consultation", document_type="open_consultation", details=dates)
    pack = pack_of(save(item), as_of=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    shown = over(site(), pack).item(id_of("c"), "en")
    assert shown is not None
    assert shown["document_type"] == phase


def test_a_government_that_will_have_ended_is_a_past_one() -> None:
    lasting = {"started_on": "2024-07-05", "ended_on": "2027-01-01", "current": True}
    below = site(
        live("n", "news_article", links={"government": ["g"]}),
        live("g", "government", details=lasting),
    )
    pack = pack_of(save(live("other")), as_of=datetime(2027, 6, 1, tzinfo=UTC))
    shown = over(below, pack).item(id_of("n"), "en")
    assert shown is not None
    assert shown["links"]["government"][0]["details"]["current"] is False


def test_a_draft_that_is_scheduled_for_later_is_not_there_yet() -> None:
    draft = save(live("a", title="Later"))
    draft.scheduled_at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    draft.save()
    for day, title in ((1, "A"), (2, "Later")):
        pack = pack_of(draft, name=f"June {day}", as_of=datetime(2026, 6, day, 8, tzinfo=UTC))
        shown = over(site(live("a")), pack).item(id_of("a"), "en")
        assert shown is not None
        assert shown["title"] == title


def test_a_draft_without_dates_gets_those_of_the_day() -> None:
    draft = live("a", update_type="major")
    del draft["first_published_at"], draft["public_updated_at"]
    pack = pack_of(save(draft), as_of=datetime(2026, 6, 1, 9, tzinfo=UTC))
    shown = over(site(), pack).item(id_of("a"), "en")
    assert shown is not None
    assert shown["first_published_at"] == shown["public_updated_at"] == "2026-06-01T09:00:00+00:00"


GRAPH = st.dictionaries(
    st.sampled_from("abc"),
    st.dictionaries(
        st.sampled_from(["parent", "documents"]), st.lists(st.sampled_from("abcd"), max_size=2)
    ),
)


@given(GRAPH, GRAPH)
@settings(deadline=None, max_examples=60)
def test_a_pack_looks_as_if_its_drafts_were_live(before: dict, change: dict) -> None:  # type: ignore[type-arg]
    """Laid over a site, proposals of links give what a site with those links would give."""
    below = site(*(live(name, link_set=links) for name, links in before.items()))
    merged = {name: {**links, **change.get(name, {})} for name, links in before.items()}
    after = site(*(live(name, link_set=links) for name, links in merged.items()))
    proposed = Proposals(
        links={id_of(name): ids(change[name]) for name in change if name in before}
    )
    seen = Overlay(proposed, below)
    for name in "abcd":
        found = seen.linked_from([id_of(name)], ["parent", "documents"]).get(id_of(name), {})
        wanted = after.linked_from([id_of(name)], ["parent", "documents"]).get(id_of(name), {})
        assert {kind: set(rows) for kind, rows in found.items()} == {
            kind: set(rows) for kind, rows in wanted.items() if rows
        }
