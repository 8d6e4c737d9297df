"""Django's own admin, for what has no page yet."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from preview.accounts.models import Organisation, Person, PublisherApp
from preview.notifications.models import NotificationMail
from preview.review.fact_checks.models import Reply

admin.site.register([Organisation, Person, PublisherApp])


@admin.register(Reply)
class ReplyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """E-mail that came in and belongs to no fact check: to be read, never changed."""

    list_display = ("received_at", "kind", "sender", "subject")
    fields = ("received_at", "kind", "sender", "subject", "said")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reply]:
        """Leave out what belongs to a draft: its own page shows it to whoever may see the draft."""
        return super().get_queryset(request).filter(fact_check=None).defer("raw")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False


@admin.register(NotificationMail)
class NotificationMailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """Mails of notifications: to see what could not be sent and why. They hold no title or text."""

    list_display = ("created_at", "person", "when", "state", "tries", "next_at", "failure")
    list_filter = ("state", "when")
    list_select_related = ("person",)
    fields = (*list_display, "ended_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        obj: NotificationMail | None = None,  # noqa: ARG002 (Django's signature)
    ) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 (Django's signature)
        obj: NotificationMail | None = None,  # noqa: ARG002 (Django's signature)
    ) -> bool:
        """Refuse."""
        return False
