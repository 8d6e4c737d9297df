"""What the rules make of a request, and what is kept of it."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from preview.errors import InvalidUsageRules
from preview.usage import redaction
from preview.usage.classify import PEOPLE, Classifier, Verdict
from preview.usage.decompression import Tally, plain
from preview.usage.detection import Reader, Unreadable
from preview.usage.features import Extractor, Features
from preview.usage.formats.registry import Memory
from preview.usage.lines import lines
from preview.usage.pseudonyms import Pseudonyms
from preview.usage.records import Request
from preview.usage.ruleset import compiled, seeds
from tests.conftest import SHARED
from tests.preview.usage import samples
from tests.preview.usage.samples import DRAFT, HARBOURS, START, WHITEHALL, WWW, Visit

RULES = compiled(seeds())
CORPUS = SHARED / "data" / "access-logs"
KEYS = {"2026-03-03": b"monday's key", "2026-03-04": b"tuesday's key"}


def extractor(**changes: Any) -> Extractor:
    secrets = Pseudonyms(b"the programme's key", lambda day: KEYS.get(day, b"a key"))
    return Extractor(RULES, secrets, **changes)


def features(line: str, app: str = "", **changes: Any) -> Features:
    record = Reader(Memory(app=app)).read(line.encode()).record
    assert isinstance(record, Request)
    return extractor(**changes).features(record)


def verdict(line: str, app: str = "", **changes: Any) -> Verdict:
    return Classifier(RULES).verdict(features(line, app, **changes))


def seen(**changes: Any) -> tuple[str, str]:
    """Return class and stored activity of a visit in nginx's log."""
    found = verdict(samples.nginx(Visit(**changes)))
    return found.actor, found.counts_as


@pytest.mark.parametrize(
    ("visit", "actor"),
    [
        ({"agent": "kube-probe/1.30"}, "healthcheck"),
        ({"target": "/healthcheck/ready"}, "healthcheck"),
        ({"agent": "gds-api-adapters/99.1 (publisher)"}, "machine"),
        ({"target": "/auth/gds/api/users/1", "method": "PUT"}, "machine"),
        ({"ip": "192.0.2.12"}, "e2e"),
        ({"ip": "192.0.2.12", "method": "HEAD"}, "machine"),
        ({"host": WWW, "target": "/vat-rates?cachebust=a1b2c3"}, "e2e"),
        ({"target": "/x?cachebust=1772532000?cachebust=1772532000123"}, "e2e"),
        ({"agent": "Mozilla/5.0 (compatible; bingbot/2.0; +http://x)"}, "bot"),
        ({"agent": "Slackbot-LinkExpanding 1.0"}, "bot"),
        ({"target": "/wp-login.php"}, "bot"),
        ({"target": "/backup.sql?x=1"}, "bot"),
        ({"target": "/config.json"}, "bot"),
        ({"agent": "-"}, "bot"),
        ({"agent": "Some-Tool 1.0"}, "bot"),
        ({"agent": "Mozilla/5.0 (compatible; Watcher/2; +https://watcher.example)"}, "bot"),
        ({"agent": "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)"}, "unknown_human"),
        ({"target": "/government/uploads/tides.sql", "host": DRAFT}, "unknown_human"),
        ({"ip": "203.0.113.9, 192.0.2.12"}, "e2e"),
        ({"ip": "192.0.2.12, 203.0.113.9"}, "unknown_human"),
        ({"target": "/government/admin/publications/5728281"}, "unknown_human"),
        ({"target": "/assets/whitehall/application.css"}, "static"),
        ({"target": "/sidekiq"}, "developer"),
        ({"target": "/government/admin"}, "unknown_human"),
    ],
)
def test_actor_classes(visit: dict[str, Any], actor: str) -> None:
    assert seen(**visit)[0] == actor


@pytest.mark.parametrize(
    ("visit", "activity"),
    [
        ({"target": "/auth/gds/callback?code=1&state=2"}, "login"),
        ({"target": "/auth/gds"}, "login"),
        ({"target": "/government/admin/people/7/edit"}, "edit"),
        ({"target": "/government/admin/people/7", "method": "POST"}, "edit_noneditionable"),
        ({"target": "/government/admin/publications/70", "method": "POST"}, "edit"),
        ({"target": "/government/admin/people/7"}, "browse"),
        ({"target": "/government/admin/publications", "method": "POST"}, "create"),
        ({"target": "/government/admin/editions/70/submit", "method": "POST"}, "submit"),
        ({"target": "/government/admin/editions/70/publish", "method": "POST"}, "publish"),
        (
            {"target": "/government/admin/editions/70/update_bypass_id", "method": "POST"},
            "share_create",
        ),
        ({"host": DRAFT, "target": "/guidance/tides?cachebust=1772532000"}, "preview_draft"),
        ({"host": DRAFT, "target": "/foreign-travel-advice/x?cache=1772532000"}, "preview_draft"),
        ({"host": DRAFT, "target": "/guidance/tides"}, "preview_draft"),
        ({"host": WWW, "target": "/government/people/x?cachebust=1772532000"}, "view_published"),
        ({"host": WWW, "target": "/x", "referrer": f"https://{WHITEHALL}/a"}, "view_published"),
        ({"host": WWW, "target": "/x"}, "browse"),
    ],
)
def test_activities(visit: dict[str, Any], activity: str) -> None:
    assert seen(**visit)[1] == activity


def test_a_share_link_is_opened_by_a_recipient() -> None:
    target = f"/guidance/tides?token={samples.token(HARBOURS, START - 9000)}"
    found = features(samples.nginx(Visit(host=DRAFT, target=target)))
    assert Classifier(RULES).verdict(found)[:2] == ("share_recipient", "share_open")
    assert found.content_id == HARBOURS


def test_a_shared_address_is_a_recipients_however_new_it_is() -> None:
    target = f"/guidance/tides?token={samples.token(HARBOURS, START - 9)}&utm_source=share"
    assert seen(host=DRAFT, target=target) == ("share_recipient", "share_open")
    opened = {"host": DRAFT, "target": target, "referrer": f"https://{WHITEHALL}/a"}
    assert seen(**opened)[0] == "unknown_human"


def test_a_log_that_notes_no_agents_tells_no_robot() -> None:
    assert verdict(samples.rails(Visit(agent=""))).human
    assert not verdict(samples.alb(Visit(agent="-"))).human


def test_a_token_made_just_now_or_opened_from_an_app_is_the_makers_own_preview() -> None:
    fresh = f"/guidance/tides?token={samples.token(HARBOURS, START - 20)}"
    assert seen(host=DRAFT, target=fresh) == ("unknown_human", "preview_draft")
    old = f"/guidance/tides?token={samples.token(HARBOURS, START - 9000)}"
    by_click = {"host": DRAFT, "target": old, "referrer": f"https://{WHITEHALL}/"}
    assert seen(**by_click) == ("unknown_human", "preview_draft")
    assert seen(host=DRAFT, target=fresh + "&utm_source=share")[1] == "share_open"


def test_a_token_that_is_none_is_a_recipients_all_the_same() -> None:
    for token in ("x", "a.b.c", "a.W10.c", "a.eyJpYXQiOiAieCJ9.c", "%00"):
        assert seen(host=DRAFT, target=f"/a?token={token}")[1] == "share_open"


def test_the_nearest_public_address_is_the_visitors() -> None:
    nat, person = "192.0.2.11", "203.0.113.9"
    assert seen(ip=f"{nat}, {person}")[0] == "unknown_human"
    assert seen(ip=f"{person}, {nat}, 10.1.2.3")[0] == "e2e"
    assert seen(ip=f"{person}, {nat}, 203.0.113.250", host=WWW)[0] == "e2e"
    assert seen(ip=f"{person}, {nat}, 203.0.113.77", host=WWW)[0] == "e2e"
    assert seen(ip="nonsense, 999.1.1.1")[0] == "unknown_human"


def test_an_inner_hop_does_not_count_and_is_known_by_who_is_behind() -> None:
    line = samples.nginx(
        Visit(host="draft-router", target="/guidance/x"), http_x_forwarded_host=DRAFT
    )
    found = verdict(line)
    assert (found.actor, found.activity, found.counts) == ("unknown_human", "preview_draft", False)


def test_a_host_that_nobody_knows_does_not_count() -> None:
    assert not verdict(samples.nginx(Visit(host=f"new.{samples.DOMAIN}"))).counts
    assert not verdict(samples.nginx(Visit(host="example.com"))).counts
    assert verdict(samples.nginx(Visit())).counts


def test_people_are_known_by_category_and_uid() -> None:
    line = samples.nginx(Visit(), signon_uid=samples.UID)
    for category, actor in {
        "": "end_user",
        "developer": "developer",
        "trainee": "training",
        "e2e": "e2e",
        "gds_content": "end_user",
    }.items():
        assert verdict(line, category_of=lambda _, it=category: it).actor == actor


def test_an_application_says_what_its_user_did() -> None:
    visit = Visit(method="PATCH")
    assert verdict(samples.beacon(visit)).counts_as == "edit_noneditionable"
    assert verdict(samples.beacon(visit, kind="guide")).counts_as == "edit"
    assert verdict(samples.beacon(visit, signal="share_create")).counts_as == "share_create"
    assert verdict(samples.beacon(visit, signal="training")).actor == "training"
    assert verdict(samples.beacon(visit, signal="<b>")).actor == "end_user"


def test_a_rails_line_belongs_to_the_app_or_to_the_host_that_has_its_path() -> None:
    assert features(samples.rails(Visit())).known_host == RULES.hosts[WHITEHALL]
    draft = Visit(target="/guidance/x", route="detailed_guide#show")
    found = verdict(samples.rails(draft), app="draft-frontend")
    assert (found.activity, found.kind) == ("preview_draft", "detailed_guide")
    assert features(samples.rails(draft)).known_host is None


@pytest.mark.parametrize(
    ("target", "host", "kind"),
    [
        ("/government/admin/groups/x", WHITEHALL, "policy_groups"),
        ("/government/admin/elsewhere", WHITEHALL, ""),
        ("/government/publications/a/b", DRAFT, "html_publication"),
        ("/government/ministers/x", WWW, "roles"),
        ("/world/ruritania/news", WWW, "world_location_news"),
    ],
)
def test_kinds_of_content(target: str, host: str, kind: str) -> None:
    assert verdict(samples.nginx(Visit(target=target, host=host))).kind == kind


def test_nothing_personal_is_left_in_the_features() -> None:
    secret = samples.token(HARBOURS, START)
    visit = Visit(
        host=DRAFT,
        ip="203.0.113.77",
        target=f"/a/anna@example.org/{secret}/10.9.8.7/<b>?token={secret}&name=Anna",
    )
    found = features(samples.nginx(visit, signon_uid=samples.UID))
    kept = repr(found._replace(known_host=None))
    for personal in (
        "203.0.113",
        "10.9.8.7",
        "anna@",
        "Anna",
        "eyJ",
        "Mozilla",
        samples.UID,
        "<b>",
    ):
        assert personal not in kept
    assert found.path == "/a/-hidden-/-hidden-/-hidden-/~b~"


def test_a_visitor_has_another_pseudonym_on_another_day() -> None:
    one, same, next_day = (
        features(samples.nginx(Visit(at=START + seconds))) for seconds in (0, 60, 86400)
    )
    assert one.visitor == same.visitor != next_day.visitor
    with_uid = samples.nginx(Visit(at=START + 86400), signon_uid=samples.UID)
    assert (
        features(with_uid).person == features(samples.nginx(Visit(), signon_uid=samples.UID)).person
    )


def test_days_and_hours_are_londons() -> None:
    july = START + 120 * 86400
    late = features(samples.nginx(Visit(at=july - july % 86400 + 23.5 * 3600)))
    assert (late.day, late.hour) == ("2026-07-02", 0)


def test_a_time_in_the_future_is_refused() -> None:
    with pytest.raises(Unreadable, match="future"):
        features(samples.nginx(Visit()), latest=START - 1)


def test_the_same_request_has_the_same_key_and_another_has_another() -> None:
    first = features(samples.nginx(Visit()))
    assert features(samples.nginx(Visit())).key == first.key
    for changes in ({"at": START + 1}, {"request_id": "other"}, {"method": "HEAD"}):
        assert features(samples.nginx(Visit(**changes))).key != first.key


def test_a_rejected_line_keeps_its_shape_and_none_of_its_words() -> None:
    line = b'{"http_host": "a.example", "user": "Anna", "request_uri": "/a?token=eyJhbGciOi'
    shape = redaction.excerpt(line)
    assert shape.startswith('{"http_host": "x.x", "x": "x", "request_uri": "/x?x=x')


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda rules: rules.pop("marks"), "marks"),
        (lambda rules: rules["hosts"]["hosts"][2].update(role="x"), "hosts[2].role"),
        (lambda rules: rules["marks"]["marks"][1].update(pattern="("), "marks[1].pattern"),
        (lambda rules: rules["actors"]["actors"][0].update({"class": ""}), "actors[0].class"),
        (lambda rules: rules["actors"]["actors"][0]["any"][0].update(x=[]), "actors[0].any[0].x"),
        (lambda rules: rules["activities"].update(activities=7), "activities.activities"),
        (lambda rules: rules["networks"].update(nat=["300.1.1.1"]), "networks"),
        (lambda rules: rules["sync"]["sync"][0].update(weekday=7), "sync[0]"),
    ],
)
def test_rules_that_can_not_be_used_are_refused_with_their_place(
    change: Callable[[dict[str, Any]], Any], place: str
) -> None:
    document = deepcopy(seeds())
    change(document)
    with pytest.raises(InvalidUsageRules) as raised:
        compiled(document)
    assert place in str(raised.value)


def scored(folder: Path) -> Counter[str]:
    """Count the lines of a labelled corpus, and those that the rules get right."""
    people = PEOPLE | {"editor", "trainee"}
    truth: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    with (folder / "truth-labels.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            truth[row["source_file"]][int(row["line"])] = row
    found: Counter[str] = Counter()
    for name, labels in truth.items():
        app = next((short for short in ("whitehall-admin", "draft-frontend") if short in name), "")
        reader, extract, classify = Reader(Memory(app=app)), extractor(), Classifier(RULES)
        pieces = plain(io.BytesIO((folder / name).read_bytes()), Tally())
        for number, line in enumerate(lines(pieces), 1):
            record = reader.read(line.data or b"").record
            want = labels.get(number, {"actor_class": "noise"})
            is_person, is_noise = want["actor_class"] in people, want["actor_class"] == "noise"
            found["lines"] += 1
            if not isinstance(record, Request):
                found["classes"] += is_noise
                continue
            have = classify.verdict(extract.features(record))
            found["classes"] += have.human if is_person else have.actor == want["actor_class"]
            if want["actor_class"] in {"editor", "share_recipient"}:
                found["people"] += 1
                found["activities"] += have.activity == want["activity"]
    return found


def test_a_labelled_corpus_is_understood() -> None:
    if not CORPUS.exists():
        pytest.skip("no labelled logs beside the project")
    found = scored(CORPUS)
    assert found["classes"] >= 0.99 * found["lines"]
    assert found["activities"] >= 0.97 * found["people"]
