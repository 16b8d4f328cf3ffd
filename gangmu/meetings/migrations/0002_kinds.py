"""The kinds of meeting that every procuratorate has. Data: a unit may add its own."""

from django.db import migrations

# code, name, track, who is due, quorum, passing line, restricted to those present
KINDS = [
    ("leading_group", "党组会", "gang", "leading_group", ">=1/2", ">1/2", True),
    ("chiefs", "检察长办公会", "mu", "chiefs", ">=1/2", ">1/2", True),
    ("assembly", "支部党员大会", "gang", "members", ">=1/2", ">1/2", False),
    ("committee", "支委会", "gang", "committee", ">=1/2", ">1/2", False),
    ("group", "党小组会", "gang", "group", ">=1/2", ">1/2", False),
    ("lecture", "党课", "gang", "members", ">=1/2", ">1/2", False),
    ("theme_day", "主题党日", "gang", "members", ">=1/2", ">1/2", False),
]


def create(apps, schema_editor):
    kind = apps.get_model("meetings", "MeetingKind")
    for position, row in enumerate(KINDS):
        code, name, track, due, quorum, passing, restricted = row
        kind.objects.update_or_create(
            code=code,
            defaults={"name": name, "track": track, "due": due, "quorum": quorum, "passing": passing,
                      "restricted": restricted, "position": position},
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
