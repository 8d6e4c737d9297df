"""Tables of what a person keeps: views of the list of drafts, and what they last looked at."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from preview.accounts.models import Person
from preview.drafts.models import Draft


class SavedView(models.Model):
    """A search of the list of drafts under a name; `filters` are the fields of `desk.filters`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class LastLook(models.Model):
    """The newest version of a draft that a person looked at, and the one they saw before it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looks")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="looks")
    number = models.PositiveIntegerField()
    looked_at = models.DateTimeField(default=timezone.now)
    before = models.PositiveIntegerField(null=True, blank=True)
    before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "draft"], name="last_look_once")]

    def __str__(self) -> str:
        return f"{self.person} looked at version {self.number} of {self.draft_id}"
