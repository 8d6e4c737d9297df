"""Who is behind requests, which of them are one session, which source counts, what is unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.errors import InvalidInput
from preview.usage import actions, reclassify, retention
from preview.usage.keys import day_key
from preview.usage.models import (
    UsageDate,
    UsageEvent,
    UsageKey,
    UsageObject,
    UsagePerson,
    UsageReject,
)
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay, UsageSession
from preview.usage.ruleset import seeds
from tests.preview.usage import samples
from tests.preview.usage.conftest import derived, rebuild, working_day
from tests.preview.usage.samples import DRAFT, HARBOURS, START, UID, WHITEHALL, WWW, Visit

Put = Callable[..., UsageObject]
EDIT = Visit(method="POST", target="/government/admin/people/700")
HOUR = 3600


def sessions() -> list[UsageSession]:
    rebuild()
    return list(UsageSession.objects.order_by("started_at", "actor"))


def account(category: str = "", organisation: str = HARBOURS) -> list[str]:
    return [samples.USERS_HEADER, f"{UID},A,,harbours,{organisation},,{category}"]


def test_a_session_spans_hosts_and_ends_after_a_pause(put: Put) -> None:
    visits = [
        EDIT,
        Visit(at=START + 60, host=DRAFT, target="/guidance/a?cachebust=1772532060"),
        Visit(at=START + 120, host=WWW, target="/government/people/a?cachebust=1772532120"),
        Visit(at=START + 120 + 31 * 60),
    ]
    put([samples.nginx(one.but(request_id=str(n))) for n, one in enumerate(visits)])
    first, second = sessions()
    assert first.hosts == ["draft-origin", "whitehall-admin", "www"]
    assert first.activities == {"edit_noneditionable": 1, "preview_draft": 1, "view_published": 1}
    assert (first.qualifying, second.qualifying) == (True, False)
    assert (first.audience, first.rung, first.kind) == ("unknown_human", 5, "detailed_guide")


def test_a_published_page_counts_only_after_an_edit(put: Put) -> None:
    view = Visit(host=WWW, target="/government/people/a?cachebust=1772532120")
    put([samples.nginx(view)])
    assert [one.qualifying for one in sessions()] == [False]


def test_what_was_refused_is_no_use(put: Put) -> None:
    put([samples.nginx(EDIT.but(status=403))])
    assert [one.qualifying for one in sessions()] == [False]


def test_a_visitor_who_is_always_refused_is_a_bot(put: Put) -> None:
    tried = [EDIT.but(at=START + n, status=401, request_id=str(n)) for n in range(4)]
    put([samples.nginx(one) for one in tried])
    assert [(one.audience, one.qualifying) for one in sessions()] == [("bot", False)]


def test_a_sign_in_alone_is_no_use(put: Put) -> None:
    put([samples.nginx(Visit(target="/auth/gds/callback?code=a", status=302))])
    assert [(one.qualifying, one.activities) for one in sessions()] == [(False, {"login": 1})]


def test_sessions_split_at_midnight_in_london_and_at_the_weekly_copy(put: Put) -> None:
    monday = datetime(2026, 3, 9, tzinfo=UTC).timestamp()
    times = [monday - 600, monday + 600, monday + 3 * HOUR + 27 * 60, monday + 3 * HOUR + 29 * 60]
    put([samples.nginx(Visit(at=at, request_id=str(at))) for at in times])
    assert len(sessions()) == 4


def test_the_first_rung_is_what_a_line_says(put: Put) -> None:
    put(account("editor"), key="users.csv")
    put([samples.nginx(EDIT, signon_uid=UID)])
    (one,) = sessions()
    assert (one.audience, one.rung, one.organisation) == ("end_user", 1, HARBOURS)
    assert one.person == one.actor == UsagePerson.objects.get().key


def test_another_source_tells_who_a_request_is_of_and_the_browser_stays_theirs(put: Put) -> None:
    put([samples.beacon(EDIT)], key="beacon")
    draft = Visit(at=START + 60, host=DRAFT, target="/guidance/a", request_id="other")
    put([samples.nginx(EDIT), samples.nginx(draft)], key="nginx")
    (one,) = sessions()
    assert (one.audience, one.rung) == ("end_user", 1)
    assert one.hosts == ["draft-origin", "whitehall-admin"]
    rungs = UsageEvent.objects.order_by("at", "format").values_list("format", "rung")
    assert list(rungs) == [("beacon", 1), ("nginx", 1), ("nginx", 3)]


def test_the_second_rung_is_publishing_apis_event(put: Put) -> None:
    row = {"action": "PutContent", "user_uid": UID, "content_id": HARBOURS}
    row |= {"request_id": EDIT.request_id, "created_at": samples.iso(START)}
    put([samples.nginx(EDIT)], key="nginx")
    assert [one.rung for one in sessions()] == [5]
    put([json.dumps(row)], key="events")
    assert [(one.rung, one.audience) for one in sessions()] == [(2, "end_user")]


def signed_in(*, seconds: float = 2, uid: str = UID) -> str:
    at = datetime.fromtimestamp(START + seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"1,{uid},{at},3,Whitehall,47,"


CALLBACK = Visit(target="/auth/gds/callback?code=a", status=302, request_id="callback")


def test_the_third_rung_is_the_return_from_signon(put: Put) -> None:
    put([samples.EVENTS_HEADER, signed_in()], key="signon.csv")
    put([samples.nginx(CALLBACK), samples.nginx(EDIT.but(at=START + 60))], key="nginx")
    assert [(one.rung, one.audience) for one in sessions()] == [(3, "end_user")]


def test_a_return_that_fits_two_people_or_two_visitors_is_nobodys(put: Put) -> None:
    put([samples.EVENTS_HEADER, signed_in(), signed_in(uid="another")], key="signon.csv")
    put([samples.nginx(CALLBACK)], key="nginx")
    assert [one.rung for one in sessions()] == [5]
    put([samples.EVENTS_HEADER, signed_in()], key="signon.csv")
    rival = CALLBACK.but(ip="203.0.113.200", request_id="rival")
    put([samples.nginx(CALLBACK), samples.nginx(rival)], key="nginx")
    assert [one.rung for one in sessions()] == [5, 5]


def test_the_fourth_rung_is_the_organisation(put: Put) -> None:
    draft = Visit(host=DRAFT, target="/guidance/a")
    put([samples.nginx(draft, govuk_user_organisation=HARBOURS)])
    (one,) = sessions()
    assert (one.rung, one.organisation, one.audience, one.person) == (4, HARBOURS, "end_user", "")


def test_a_share_link_is_a_recipients_session(put: Put) -> None:
    token = samples.token(HARBOURS, START - 9000)
    visits = [
        Visit(host=DRAFT, target=f"/guidance/a?token={token}"),
        Visit(at=START + 60, host=DRAFT, target="/guidance/a/next", request_id="b"),
    ]
    put([samples.nginx(one) for one in visits])
    (one,) = sessions()
    assert (one.audience, one.qualifying, one.content_ids) == ("share_recipient", True, [HARBOURS])


def test_developers_are_known_by_category_paths_or_many_apps(put: Put) -> None:
    apps = ("whitehall-admin", "publisher", "content-tagger", "transition")
    many = [
        EDIT.but(host=f"{app}.{samples.DOMAIN}", at=START + n, request_id=app)
        for n, app in enumerate(apps)
    ]
    path = Visit(ip="203.0.113.2", target="/sidekiq", request_id="b")
    put([samples.nginx(one) for one in (*many, path)])
    assert {(one.audience, one.why) for one in sessions()} == {
        ("developer", "many_apps"),
        ("developer", "path"),
    }


def test_a_training_window_makes_training_of_an_organisations_sessions(put: Put) -> None:
    put(account("editor"), key="users.csv")
    put([samples.nginx(EDIT, signon_uid=UID)])
    assert [one.audience for one in sessions()] == ["end_user"]
    at = datetime.fromtimestamp(START, UTC)
    window = actions.add_training_window(
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=3),
        organisation=HARBOURS,
        apps=["whitehall"],
    )
    assert [(one.audience, one.why) for one in sessions()] == [("training", "window")]
    actions.delete_training_window(window_id=window.pk)
    assert [one.audience for one in sessions()] == ["end_user"]


def test_a_window_without_end_is_refused(db: None) -> None:
    now = timezone.now()
    with pytest.raises(InvalidInput):
        actions.add_training_window(starts_at=now, ends_at=now)


def test_practice_is_seen_where_one_submits_and_another_publishes(put: Put) -> None:
    base = "/government/admin/editions/7000"
    visits = [
        Visit(method="POST", target=f"{base}/submit", status=302, request_id="a"),
        Visit(at=START + 9, method="POST", target=f"{base}/publish", status=302, request_id="b"),
    ]
    put([samples.nginx(one.but(ip=f"203.0.113.{n}")) for n, one in enumerate(visits)])
    assert [(one.audience, one.why) for one in sessions()] == [("training", "practice")] * 2


def test_a_category_that_an_admin_set_stays(put: Put) -> None:
    put(account("editor"), key="users.csv")
    put([samples.nginx(EDIT, signon_uid=UID)])
    actions.set_category(person=UsagePerson.objects.get().key, category="trainee")
    put(account("developer"), key="users-2.csv")
    assert [one.audience for one in sessions()] == ["training"]


def test_one_source_counts_and_the_others_enrich(put: Put) -> None:
    token_less = EDIT.but(status=302)
    put([samples.alb(token_less)], key="alb", source="alb")
    put([samples.nginx(token_less)], key="nginx", source="logit")
    put([samples.rails(token_less)], key="rails", source="logit", app="whitehall-admin")
    (one,) = sessions()
    assert one.requests == 1
    counting = UsageCoverage.objects.filter(counting=True).values_list("host", "format")
    assert list(counting) == [("whitehall-admin", "rails")]


def test_a_source_that_missed_half_of_the_requests_does_not_count(put: Put) -> None:
    visits = [EDIT.but(at=START + n, request_id=str(n)) for n in range(6)]
    put([samples.nginx(visits[0])], key="nginx")
    put([samples.alb(one) for one in visits], key="alb")
    (one,) = sessions()
    assert one.requests == 6


def test_an_inner_hop_is_not_counted_again(put: Put) -> None:
    hop = Visit(host="draft-router", target="/guidance/a")
    edge = Visit(host=DRAFT, target="/guidance/a")
    put([samples.nginx(edge), samples.nginx(hop, http_x_forwarded_host=DRAFT)])
    (one,) = sessions()
    assert one.requests == 1


def test_a_zero_is_proved_by_machines_in_every_working_hour(put: Put) -> None:
    quiet = [line for line in working_day() if "kube-probe" in line]
    put(quiet)
    rebuild()
    (whole,) = UsageCoverage.objects.all()
    assert (whole.complete, whole.human_lines, whole.counting) == (True, 0, True)
    put(quiet[:-6], key="a.log")
    rebuild()
    (part,) = UsageCoverage.objects.all()
    assert part.complete is False
    assert part.machine_hours.bit_count() == len(quiet) - 6


def test_daily_counts_add_up_to_the_sessions(put: Put) -> None:
    put(account("editor"), key="users.csv")
    put(working_day(), key="alb")
    put([samples.nginx(EDIT, signon_uid=UID)], key="nginx")
    found = sessions()
    rows = UsageDay.objects.all()
    assert sum(row.sessions for row in rows) == len(found)
    assert sum(row.requests for row in rows) == sum(one.requests for one in found)
    done = UsageActivityDay.objects.all()
    assert sum(row.requests for row in done) == sum(one.requests for one in found)


def test_new_rules_are_tried_on_the_past_and_then_applied(put: Put) -> None:
    put(working_day())
    rebuild()
    before = derived()
    document: Any = deepcopy(seeds())
    for rule in document["activities"]["activities"]:
        if rule.get("counts_as") == "edit_noneditionable":
            rule["counts_as"] = "edit_person"
    document["marks"]["marks"][0]["pattern"] = "^/readyz$"
    from preview.usage.ruleset import compiled

    found = reclassify.dry_run(compiled(document)).as_json()
    assert found["changes"] == [
        {
            "field": "activity",
            "before": "edit_noneditionable",
            "after": "edit_person",
            "requests": 5,
        }
    ]
    assert found["parts_for_new_lines_only"] == ["marks"]
    assert derived() == before
    actions.save_rules(document=document, note="people by name")
    reclassify.reclassify(actions.active_rules())
    rebuild()
    assert UsageActivityDay.objects.filter(activity="edit_person").exists()
    actions.activate_rules(version=actions.save_rules(document=seeds(), activate=False).version)
    reclassify.reclassify(actions.active_rules())
    rebuild()
    assert {**derived(), "days": []} == {**before, "days": []}


def test_machines_that_would_become_people_must_be_imported_again(put: Put) -> None:
    put(working_day())
    document: Any = deepcopy(seeds())
    document["actors"]["actors"] = [{"class": "healthcheck", "any": [{"marks": ["health"]}]}]
    from preview.usage.ruleset import compiled

    assert reclassify.dry_run(compiled(document)).import_again == 4


def test_what_is_old_is_deleted_and_its_day_closed(put: Put) -> None:
    put([*working_day(), "nonsense"])
    rebuild()
    counted = UsageDay.objects.count()
    long_ago = timezone.now() - timedelta(days=9)
    UsageDate.objects.update(rebuilt_at=long_ago)
    UsageReject.objects.update(created_at=long_ago)
    UsageKey.objects.update(created_at=long_ago)
    done = retention.purge()
    assert (done["days_closed"], done["rejects"], done["visitor_keys"]) == (1, 1, 1)
    assert not UsageEvent.objects.exists()
    assert UsageDay.objects.count() == counted
    assert UsageKey.objects.get(name="person").destroyed_at is None
    assert not bytes(UsageKey.objects.get(name="visitor:2026-03-03").secret)
    assert retention.purge()["days_closed"] == 0


def test_a_destroyed_visitors_key_comes_back_as_another(db: None) -> None:
    first = day_key("2026-03-03")
    assert day_key("2026-03-03") == first
    UsageKey.objects.update(created_at=timezone.now() - timedelta(days=3))
    retention.destroy_visitor_keys()
    assert day_key("2026-03-03") not in (first, b"")


def test_a_source_has_two_keys_at_most_and_a_revoked_one_is_not_found(db: None) -> None:
    first = actions.create_source_key(slug="logit")
    second = actions.create_source_key(slug="logit")
    with pytest.raises(InvalidInput, match="two active keys"):
        actions.create_source_key(slug="logit")
    found = actions.find_source_key(first)
    assert found is not None
    actions.revoke_source_key(key_id=str(found.pk))
    assert actions.find_source_key(first) is None
    assert actions.find_source_key(second) is not None
    assert WHITEHALL not in found.digest
