"""Django's own admin, for what has no page yet."""

from django.contrib import admin

from preview.accounts.models import Organisation, Person, PublisherApp

admin.site.register([Organisation, Person, PublisherApp])
