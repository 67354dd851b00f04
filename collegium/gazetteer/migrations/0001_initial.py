"""The tables of places, filled before most of their indexes are made: that takes half the time."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from collegium.gazetteer import loading


def fill(apps: object, schema_editor: object) -> None:
    """Put the shipped places in; every new network has them from its first moment."""
    with schema_editor.connection.cursor() as cursor:  # type: ignore[attr-defined]
        loading.load(cursor)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lib", "0001_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("country", models.CharField(help_text="ISO 3166-1, two capitals.", max_length=2)),
                (
                    "region",
                    models.CharField(blank=True, help_text="GeoNames' first level within the country.", max_length=20),
                ),
                ("latitude", models.FloatField(help_text="Degrees north, WGS 84.")),
                ("longitude", models.FloatField(help_text="Degrees east, WGS 84.")),
                (
                    "people",
                    models.PositiveIntegerField(
                        help_text="How many live there; of two of one name the larger comes first."
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["latitude", "longitude"], name="gazetteer_where")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__gte", -90),
                            ("latitude__lte", 90),
                            ("longitude__gte", -180),
                            ("longitude__lte", 180),
                        ),
                        name="gazetteer_on_the_globe",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="gazetteer_country_form"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("folded", models.CharField(max_length=400)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="gazetteer.place"
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(
                fields=("folded", "place"),
                name="gazetteer_name_once",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="gazetteer_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
