"""Give renderings made so far their pack: they show a draft by itself."""

from django.db import migrations


def give_renderings_their_pack(apps, schema_editor):
    Pack = apps.get_model("preview", "Pack")
    PackDraft = apps.get_model("preview", "PackDraft")
    Rendering = apps.get_model("preview", "Rendering")
    for pack in Pack.objects.exclude(own_draft=None).iterator():
        PackDraft.objects.get_or_create(pack=pack, draft_id=pack.own_draft_id)
    for rendering in Rendering.objects.select_related("version__draft").iterator():
        draft = rendering.version.draft
        pack, _ = Pack.objects.get_or_create(own_draft=draft)
        PackDraft.objects.get_or_create(pack=pack, draft=draft)
        rendering.pack = pack
        rendering.audience = "full" if draft.limited else "open"
        rendering.content_id, rendering.locale = draft.content_id, draft.locale
        rendering.save()


class Migration(migrations.Migration):
    dependencies = [("preview", "0003_packs_of_many_drafts")]

    operations = [migrations.RunPython(give_renderings_their_pack, migrations.RunPython.noop)]
