"""Usage for Prometheus: few labels, whatever logs say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from preview.ops.usage_metrics import Usage
from preview.usage.programme.standings import decide, today_in_london
from tests.preview.usage.tables import covered_until, used

pytestmark = pytest.mark.django_db


def test_labels_are_names_that_the_rules_know() -> None:
    today = today_in_london()
    covered_until(today - timedelta(days=1), 30)
    used(today, person="p1", sessions=2)
    used(today, 'x"}\nevil 1', app='x"}\nevil', kind="nobody_knows", person="p2")
    used(today, audience="training", kind="publication")
    decide(today)
    registry = CollectorRegistry()
    registry.register(Usage())
    text = generate_latest(registry).decode()
    sessions = "integration_usage_sessions{app="
    assert f'{sessions}"whitehall",kind_group="blocked",series="remaining"}} 2.0' in text
    assert f'{sessions}"other",kind_group="blocked",series="remaining"}} 1.0' in text
    assert f'{sessions}"whitehall",kind_group="could_move",series="training"}} 1.0' in text
    assert 'integration_usage_active_people{window="28d"} 2.0' in text
    assert "integration_usage_displacement_ratio 0.0" in text
    assert "integration_usage_coverage_ratio 1.0" in text
    assert "evil" not in text
    assert "harbours" not in text
