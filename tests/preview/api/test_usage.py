"""The figures of integration's usage over HTTP: for tokens with the scope, naming nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from preview.accounts.actions import create_app_token
from preview.usage.programme.actions import set_organisation
from preview.usage.programme.figures import UsageForecast
from preview.usage.programme.standings import decide
from tests.conftest import client_of
from tests.preview.usage.tables import TODAY, covered_until, used

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Any:
    covered_until(TODAY, 120)
    for person in ("a", "b", "c"):
        used(TODAY - timedelta(days=1), person=person)
    decide(TODAY)
    return client_of(create_app_token(app_name="dashboards", scopes=("usage:read",)).secret)


def test_weeks_come_with_what_they_mean(reader: Any) -> None:
    answer = reader.get("/api/v1/usage/weeks")
    assert answer.status_code == 200
    metrics = {one["name"]: one for one in answer.json()["metrics"]}
    assert {"title", "unit", "definition", "weeks"} <= set(metrics["remaining"])


def test_organisations_come_with_a_few_people_uncounted(reader: Any) -> None:
    rows = reader.get("/api/v1/usage/organisations").json()["organisations"]
    assert [row["people_28"] for row in rows] == ["1 to 4"]
    state = rows[0]["state"]
    chosen = reader.get(f"/api/v1/usage/organisations?state={state}").json()["organisations"]
    assert chosen == rows
    assert reader.get("/api/v1/usage/organisations?state=gone").status_code == 422


def test_a_token_for_drafts_reads_no_figures(api: Any) -> None:
    for what in ("weeks", "organisations", "forecast", "sources"):
        answer = api.get(f"/api/v1/usage/{what}")
        assert answer.status_code == 403
        assert "scope" in answer.json()["detail"]


def test_the_forecast_comes_with_its_range_or_with_why_there_is_none(reader: Any) -> None:
    assert reader.get("/api/v1/usage/forecast").json()["refusal"]
    UsageForecast.objects.all().delete()
    assert reader.get("/api/v1/usage/forecast").status_code == 404


def test_sources_say_how_well_they_deliver(reader: Any) -> None:
    (source,) = reader.get("/api/v1/usage/sources").json()["sources"]
    assert (source["slug"], source["lag_seconds"], source["silent"]) == ("tests", None, True)


def test_organisations_are_chosen_by_what_they_do_and_belong_to(reader: Any) -> None:
    set_organisation(key="harbours", parent="coast", actor="person:a")
    place = "/api/v1/usage/organisations"
    for query in ("", "?parent=coast", "?wave=%00", "?activity=edit_noneditionable&q=harb"):
        rows = reader.get(f"{place}{query}").json()["organisations"]
        assert [(one["organisation"], one["part_of"]) for one in rows] == [("harbours", "coast")]
    for query in ("?parent=hills", "?activity=share_open", "?app=nobodys", "?wave=none"):
        assert reader.get(f"{place}{query}").json() == {"organisations": []}
