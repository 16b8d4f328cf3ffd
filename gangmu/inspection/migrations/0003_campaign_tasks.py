"""Tasks that come from a measure of a 巡察整改, and their parts, say so: they used to pass for findings of a visit."""

from django.db import migrations


def _tell(apps, old, new):
    tasks = apps.get_model("tasks", "Task").objects.filter(source=old)
    found = list(tasks.filter(measure__isnull=False).values_list("pk", flat=True))
    while found:
        tasks.filter(pk__in=found).update(source=new)
        found = list(tasks.filter(parent_id__in=found).values_list("pk", flat=True))


def tell(apps, schema_editor):
    _tell(apps, "finding", "campaign")


def untell(apps, schema_editor):
    _tell(apps, "campaign", "finding")


class Migration(migrations.Migration):

    dependencies = [
        ("inspection", "0002_visits_in_full"),
        ("tasks", "0003_handed_in_by"),
    ]

    operations = [migrations.RunPython(tell, untell)]
