"""What the programme knows of people is forgotten like their sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from preview.usage.programme.acting import UsageNudge
from preview.usage.programme.figures import UsagePreview
from preview.usage.programme.forgetting import forget
from preview.usage.programme.models import UsageAnswer
from tests.preview.usage.tables import previewed

pytestmark = pytest.mark.django_db


def test_after_13_months_an_answer_is_nobodys_and_the_rest_is_gone() -> None:
    now = timezone.now()
    for days in (395, 397):
        at = now - timedelta(days=days)
        previewed(at.date(), person="e1")
        UsagePreview.objects.filter(day=at.date()).update(started_at=at)
        UsageNudge.objects.create(event="clicked", person="p1", at=at)
        UsageAnswer.objects.create(reason="HABIT", person="p1", text="Mine", via="go", at=at)
    forget()
    forget()
    assert UsagePreview.objects.count() == UsageNudge.objects.count() == 1
    answers = UsageAnswer.objects.order_by("at").values_list("person", "text", "reason")
    assert list(answers) == [("", "", "HABIT"), ("p1", "Mine", "HABIT")]
