"""The database itself refuses to change or remove an event."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER events_event_no_{verb} BEFORE {verb} ON events_event "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
]
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
)


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE[0].format(verb=verb))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION)
    schema_editor.execute(
        "CREATE TRIGGER events_event_append_only BEFORE UPDATE OR DELETE ON events_event "
        "FOR EACH ROW EXECUTE FUNCTION events_refuse()"
    )
    schema_editor.execute(
        "CREATE TRIGGER events_event_no_truncate BEFORE TRUNCATE ON events_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()"
    )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER events_event_no_{verb}")
        return
    schema_editor.execute("DROP TRIGGER events_event_append_only ON events_event")
    schema_editor.execute("DROP TRIGGER events_event_no_truncate ON events_event")
    schema_editor.execute("DROP FUNCTION events_refuse()")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
