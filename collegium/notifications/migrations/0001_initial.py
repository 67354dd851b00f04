import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        ("lib", "0001_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("cause", models.CharField(help_text="Names what happened; unique for the recipient.", max_length=120)),
                (
                    "subject",
                    models.BigIntegerField(help_text="The row it is about; the kind says of which table.", null=True),
                ),
                ("data", models.JSONField(default=dict)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notifications_list"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["recipient", "-id"],
                        name="notifications_unread",
                    ),
                    models.Index(
                        condition=models.Q(("subject__isnull", False)), fields=["subject"], name="notifications_subject"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("cause", "recipient"), name="notifications_once")],
            },
        ),
    ]
