import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("career", "0002_skills_put_back"),
        ("members", "0005_findability"),
        ("organizations", "0002_pages_and_merging"),
    ]

    operations = [
        migrations.CreateModel(
            name="Disowned",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "member_id", "organization_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("until", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disowned_by",
                        to="members.member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disowned",
                        to="organizations.organization",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("organization", None), models.Q(("organization_name", ""), _negated=True)),
                fields=["id"],
                name="career_item_untied",
            ),
        ),
    ]
