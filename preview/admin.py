"""Django's own admin, for what has no page yet."""

from django.contrib import admin

from preview.accounts.models import Organisation, Person, PublisherApp


@admin.register(Organisation, PublisherApp)
class NamesAdmin(admin.ModelAdmin[Organisation]):
    """Organisations and apps, as they are."""


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """People, without what Signon alone may set."""

    fields = ("uid", "name", "email", "organisation", "permissions", "disabled")
