"""Django's own admin, for what has no page yet: to be read.

Writing here would pass by the actions and the audit trail, so nothing is added, changed or deleted
but the name of an organisation, which Signon does not tell.
"""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from preview.accounts.models import Organisation, Person, PublisherApp
from preview.audit.actions import record_entry
from preview.notifications.models import NotificationMail
from preview.review.fact_checks.models import Reply

admin.site.unregister(Group)  # permissions are Signon's


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none at run time
    """A table that is looked at; its subclasses name the fields that are shown."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 (Django's signature)
        """Refuse."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly):
    """Organisations: their name may be mended; their rules have a page, which keeps the trail."""

    list_display = ("title", "slug", "content_id")
    search_fields = ("title", "slug")
    fields = list_display
    readonly_fields = ("slug", "content_id")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Ask for the permission `admin`."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(
        self,
        request: HttpRequest,
        obj: Organisation,
        form: ModelForm[Organisation],
        change: bool,
    ) -> None:
        """Save the name, with its entry in the trail: Django does both in one transaction."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            actor = f"person:{request.user.get_username()}"
            record_entry(
                action="organisation.rename", actor=actor, subject=f"organisation:{obj.pk}"
            )


@admin.register(Person)
class PersonAdmin(ReadOnly):
    """People; what is done about them has pages of its own."""

    list_display = ("name", "email", "organisation", "disabled", "blocked_at")
    list_select_related = ("organisation",)
    search_fields = ("name", "email", "uid")
    fields = ("uid", *list_display, "permissions", "last_login", "signed_out_at")


@admin.register(PublisherApp)
class PublisherAppAdmin(ReadOnly):
    """Publisher apps; their tokens have a page, `manage.py bind_app` binds one to Signon."""

    list_display = ("name", "signon_uid", "created_at")
    search_fields = ("name",)
    fields = list_display


@admin.register(Reply)
class ReplyAdmin(ReadOnly):
    """E-mail that came in and belongs to no fact check."""

    list_display = ("received_at", "kind", "sender", "subject")
    fields = ("received_at", "kind", "sender", "subject", "said")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reply]:
        """Leave out what belongs to a draft: its own page shows it to whoever may see the draft."""
        return super().get_queryset(request).filter(fact_check=None).defer("raw")


@admin.register(NotificationMail)
class NotificationMailAdmin(ReadOnly):
    """Mails of notifications: to see what could not be sent and why. They hold no title or text."""

    list_display = ("created_at", "person", "when", "state", "tries", "next_at", "failure")
    list_filter = ("state", "when")
    list_select_related = ("person",)
    fields = (*list_display, "ended_at")
