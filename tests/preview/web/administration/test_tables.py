"""Django's admin: what it holds, and that nothing is written there past the audit trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin as site
from django.urls import reverse

from preview.accounts.models import Organisation, Person, PublisherApp
from preview.audit.models import Entry
from tests.preview.web.conftest import HARBOURS, Browser, person_called

pytestmark = pytest.mark.django_db
TABLES = {"organisation", "person", "publisherapp", "reply", "notificationmail"}


@pytest.fixture
def admin() -> Any:
    browser = Browser()
    browser.service.force_login(person_called("mock-admin"))
    PublisherApp.objects.create(name="publisher")
    return browser.service


def address(table: str, what: str, *args: object) -> str:
    """Return an address of a table."""
    return reverse(f"admin:preview_{table}_{what}", args=args)


def test_it_holds_what_is_documented_and_nothing_else() -> None:
    assert {one._meta.model_name for one in site.site._registry} == TABLES


@pytest.mark.parametrize("table", sorted(TABLES))
def test_nothing_is_added_or_deleted(admin: Any, table: str) -> None:
    assert admin.get(address(table, "changelist")).status_code == 200
    assert admin.get(address(table, "add")).status_code == 404
    assert admin.post(address(table, "add"), {}).status_code == 404


def test_a_person_is_shown_without_password_and_never_changed(admin: Any) -> None:
    edith = person_called("mock-editor")
    place = address("person", "change", edith.pk)
    Person.objects.filter(pk=edith.pk).update(password="argon2$a-digest")
    page = admin.get(place).content.decode()
    assert "edith@harbours.example" in page
    assert "a-digest" not in page
    sent = {"name": "Eve", "permissions": '["signin", "admin"]', "uid": edith.uid}
    assert admin.post(place, sent).status_code == 404
    assert admin.post(address("person", "delete", edith.pk), {"post": "yes"}).status_code == 404
    assert Person.objects.get(pk=edith.pk).permissions == edith.permissions


def test_an_organisation_s_name_is_mended_with_an_entry_and_its_rules_are_not(admin: Any) -> None:
    place = address("organisation", "change", HARBOURS)
    sent = {"title": "Department of Harbours", "anyone_links_allowed": "", "longest_link_days": "1"}
    for _ in range(2):
        assert admin.post(place, sent).status_code == 302
    found = Organisation.objects.get(pk=HARBOURS)
    assert (found.title, found.anyone_links_allowed) == ("Department of Harbours", True)
    assert found.longest_link_days == 28
    entry = Entry.objects.get(action="organisation.rename")
    assert (entry.actor, entry.subject) == ("person:mock-admin", f"organisation:{HARBOURS}")


def test_an_app_is_never_bound_by_hand(admin: Any) -> None:
    app = PublisherApp.objects.get(name="publisher")
    assert admin.post(address("publisherapp", "change", app.pk), {"name": "x"}).status_code == 404
    app.refresh_from_db()
    assert app.name == "publisher"
