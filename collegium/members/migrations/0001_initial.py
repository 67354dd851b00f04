import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import collegium.lib.ids
import collegium.members.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("handle", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("sort_name", models.CharField(blank=True, max_length=100)),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                ("headline", models.CharField(blank=True, max_length=220)),
                ("about", models.CharField(blank=True, max_length=2600)),
                ("place", models.CharField(blank=True, max_length=100)),
                (
                    "photo",
                    models.CharField(blank=True, help_text="Key of the stored picture (see media).", max_length=64),
                ),
                ("cover", models.CharField(blank=True, max_length=64)),
                (
                    "standing",
                    models.CharField(
                        choices=[("active", "Active"), ("awaiting", "Awaiting"), ("suspended", "Suspended")],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "visibility",
                    models.SmallIntegerField(choices=[(0, "Public"), (1, "Members"), (3, "Hidden")], default=1),
                ),
                (
                    "connections_audience",
                    models.SmallIntegerField(choices=[(1, "Members"), (3, "Connections"), (4, "Only Me")], default=3),
                ),
                ("connection_count", models.PositiveIntegerField(default=0)),
                ("follower_count", models.PositiveIntegerField(default=0)),
                (
                    "folded_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=collegium.members.models.Fold("name"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=collegium.members.models.Fold(
                            django.db.models.functions.text.Concat(
                                "name", models.Value(" "), "handle", models.Value(" "), "headline"
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="member", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["id"],
                        condition=models.Q(("standing", "active"), _negated=True),
                        name="members_out_of_standing",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="members_folded_trigram", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["folded_name"], name="members_name_prefix", opclasses=["text_pattern_ops"]),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handle__regex", "^[a-z0-9][a-z0-9-]*$")), name="members_handle_form"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="members_has_a_name"),
                ],
            },
        ),
    ]
