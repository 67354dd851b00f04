"""The tables of the vocabulary, filled before their indexes are made: that takes half the time."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids
from collegium.skills import vocabulary


def fill(apps: object, schema_editor: object) -> None:
    """Put the shipped vocabulary in; every new network has it from its first moment."""
    with schema_editor.connection.cursor() as cursor:  # type: ignore[attr-defined]
        vocabulary.load(cursor)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lib", "0001_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("name", models.CharField(max_length=100)),
                (
                    "uri",
                    models.CharField(
                        blank=True,
                        help_text="Of the concept in ESCO or in our own list; empty for members' words.",
                        max_length=120,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="skills_has_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("uri", ""), _negated=True), fields=("uri",), name="skills_uri_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("folded", models.CharField(max_length=200, primary_key=True, serialize=False)),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spellings", to="skills.skill"
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="spelling",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="skills_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
