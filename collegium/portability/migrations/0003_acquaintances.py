"""People one knows elsewhere: by what somebody is found, what was looked for in a day, and whose day has come."""

import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_findability"),
        ("portability", "0002_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("keys", models.PositiveSmallIntegerField(help_text="Addresses looked for; they count for a day.")),
                ("contacts", models.PositiveIntegerField(help_text="People of the book they belong to.")),
                (
                    "next_line",
                    models.PositiveIntegerField(default=0, help_text="Where to go on; 0: that was all of it."),
                ),
                ("pasted", models.BooleanField(default=False)),
                (
                    "said",
                    models.JSONField(
                        default=dict, help_text="What else is to be said: numbers, and lines that made no sense."
                    ),
                ),
                ("shown", models.BooleanField(default=True, help_text="False once its owner has put the result away.")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("keys__gte", 1), ("keys__lte", 500)), name="portability_lookup_keys"
            ),
        ),
        migrations.CreateModel(
            name="Recognised",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "lookup_id", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("print", models.BinaryField(max_length=32)),
                (
                    "lookup",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognised",
                        to="portability.lookup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Way",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "print", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("print", models.BinaryField(max_length=32)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="sought",
            name="active",
            field=models.BooleanField(default=False, help_text="Its day has come: so many a day are looked for."),
        ),
        # What is there was looked for before there was a number a day.
        migrations.RunSQL("UPDATE portability_sought SET active = true", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="sought",
            index=models.Index(
                condition=models.Q(("active", False)), fields=["member"], name="portability_sought_waiting"
            ),
        ),
    ]
