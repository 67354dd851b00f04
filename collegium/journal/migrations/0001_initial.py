from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("lib", "0001_ground")]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("kind", models.CharField(max_length=60)),
                (
                    "actor",
                    models.BigIntegerField(help_text="The member who did it; empty when the clock did.", null=True),
                ),
                (
                    "subject",
                    models.BigIntegerField(
                        help_text="The row it was done to; the kind says of which table.", null=True
                    ),
                ),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["actor", "-id"], name="journal_by_actor"),
                    models.Index(fields=["kind", "-id"], name="journal_by_kind"),
                ],
            },
        ),
    ]
