"""Make the database refuse to change or delete what stands in the audit trail."""

from django.db import migrations

TABLE = "preview_entry"
SQLITE = """
CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END
"""
POSTGRESQL = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The audit trail is append-only.'; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION audit_append_only();
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb, table=TABLE))
    else:
        schema_editor.execute(POSTGRESQL.format(table=TABLE))


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER audit_no_{verb}")
    else:
        schema_editor.execute(f"DROP TRIGGER audit_append_only ON {TABLE}")
        schema_editor.execute("DROP FUNCTION audit_append_only()")


class Migration(migrations.Migration):
    dependencies = [("preview", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
