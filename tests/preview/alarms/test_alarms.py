"""Alarms: what stands out is told once, to those who should look."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from preview.accounts.mock import example_people
from preview.alarms.actions import watch
from preview.alarms.models import Alarm
from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.mail.models import Letter
from preview.mail.sealing import unseal
from preview.mail.templates import text_of
from preview.outbox import actions as outbox

pytestmark = pytest.mark.django_db
PACK = uuid.UUID(int=7)


def deny(times: int, *, source: str = "client:a", reason: str = "revoked", **more: str) -> None:
    for _ in range(times):
        record_entry(
            action="share_link.deny",
            actor=source,
            subject="link:1",
            pack=PACK,
            reason=reason,
            **more,
        )


def rules() -> list[str]:
    return sorted(alarm.rule for alarm in watch())


def test_a_quiet_trail_raises_nothing() -> None:
    deny(19)
    assert rules() == []


def test_what_a_probe_was_refused_raises_nothing() -> None:
    deny(30, client="probe")
    assert rules() == []
    deny(19, client="person")
    assert rules() == []


def test_many_refusals_of_one_browser_raise_two_alarms_once() -> None:
    deny(20)
    assert rules() == ["denials_of_pack", "denials_of_source"]
    deny(5)
    assert rules() == []
    assert Entry.objects.filter(action="alarm.raise").count() == 2


def test_refusals_of_many_browsers_are_about_the_pack() -> None:
    for number in range(20):
        deny(1, source=f"client:{number}")
    (alarm,) = watch()
    assert (alarm.rule, alarm.subject, alarm.pack, alarm.count) == (
        "denials_of_pack",
        f"pack:{PACK}",
        PACK,
        20,
    )


def test_refusals_spread_over_hours_raise_nothing() -> None:
    now = timezone.now()
    for minutes in range(0, 60, 3):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            deny(1)
            assert rules() == []


@pytest.mark.parametrize("client", ["scanner", "bot", "script"])
def test_a_link_opened_by_a_machine_raises_an_alarm(client: str) -> None:
    for kind in ("person", client):
        record_entry(
            action="share_link.confirm", actor="link:1", subject="link:1", pack=PACK, client=kind
        )
    (alarm,) = watch()
    assert (alarm.rule, alarm.count) == ("opened_by_machines", 1)


def test_more_people_than_a_link_is_for_raise_an_alarm() -> None:
    deny(1, reason="too_many_people")
    assert rules() == ["over_the_cap"]


def test_it_is_raised_again_after_six_hours() -> None:
    deny(1, reason="too_many_people")
    assert rules() == ["over_the_cap"]
    with time_machine.travel(timezone.now() + timedelta(hours=7)):
        deny(1, reason="too_many_people")
        assert rules() == ["over_the_cap"]


def test_admins_and_auditors_are_written_to_or_those_of_the_setting(settings: Any) -> None:
    example_people()
    deny(1, reason="too_many_people")
    watch()
    letters = Letter.objects.filter(template="alarm")
    assert {one.to for one in letters} == {"ada@harbours.example", "audrey@orchards.example"}
    text = text_of("alarm", unseal(bytes(letters[0].sealed)))
    assert f"/audit?pack={PACK}" in text.body
    settings.ALARM_EMAILS = ["night@harbours.example"]
    Alarm.objects.all().delete()
    watch()
    assert Letter.objects.latest("created_at").to == "night@harbours.example"


def test_listeners_hear_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = outbox.Listener("webhooks.tell", "default")
    known = outbox.listeners() | {"alarm.raised": (heard,)}
    monkeypatch.setattr(outbox, "listeners", lambda: known)
    deny(1, reason="too_many_people")
    watch()
    delivery = outbox.Delivery.objects.get(topic="alarm.raised")
    assert delivery.payload["rule"] == "over_the_cap"
    assert delivery.payload["subject"] == "link:1"
