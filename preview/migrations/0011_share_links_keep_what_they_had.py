"""Share links made so far open for anyone who has them; their addresses and pins move to tables."""

from django.db import migrations


def keep(apps, schema_editor):
    ShareLink = apps.get_model("preview", "ShareLink")
    LinkAddress = apps.get_model("preview", "LinkAddress")
    for link in ShareLink.objects.iterator():
        LinkAddress.objects.create(
            link=link,
            secret_digest=link.secret_digest,
            created_at=link.created_at,
            expires_at=link.expires_at,
        )
        link.kind = "anyone"
        link.ended_reason = "revoked" if link.ended_at else ""
        link.pinned = link.pinned_version_id is not None
        link.save()
        if link.pinned:
            link.pinned_versions.add(link.pinned_version_id)


class Migration(migrations.Migration):
    dependencies = [("preview", "0010_share_links_for_people")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
