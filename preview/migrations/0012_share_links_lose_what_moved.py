from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("preview", "0011_share_links_keep_what_they_had")]

    operations = [
        migrations.RemoveField(model_name="sharelink", name="pinned_version"),
        migrations.RemoveField(model_name="sharelink", name="secret_digest"),
    ]
