"""What was said elsewhere: what of it came in, what is kept for its author alone, and who sees posts that come in."""

import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_findability"),
        ("portability", "0003_acquaintances"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="audience",
            field=models.SmallIntegerField(
                choices=[
                    (0, "Everyone"),
                    (1, "Members"),
                    (2, "My network"),
                    (3, "Connections"),
                    (4, "Only me"),
                ],
                db_default=4,
                default=4,
                help_text="Of the posts that come in.",
            ),
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "member_id", "mark", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mark", models.BinaryField(max_length=16)),
                ("kind", models.SmallIntegerField(choices=[(1, "Post"), (2, "Comment"), (3, "Article")])),
                (
                    "row",
                    models.BigIntegerField(help_text="The post, comment or article. It points nowhere by constraint."),
                ),
                ("number", models.BigIntegerField(null=True)),
                ("link", models.CharField(blank=True, max_length=500)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("mark", models.BinaryField(max_length=16)),
                (
                    "kind",
                    models.CharField(
                        choices=[("post", "Post"), ("comment", "Comment"), ("reaction", "Reaction")], max_length=10
                    ),
                ),
                (
                    "reaction",
                    models.CharField(blank=True, help_text="As it is called there.", max_length=40),
                ),
                ("text", models.CharField(blank=True, max_length=100000)),
                ("link", models.CharField(blank=True, help_text="Of the post it was about.", max_length=500)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "kind", "-id"], name="portability_remarks_of")],
                "constraints": [models.UniqueConstraint(fields=("member", "mark"), name="portability_remark_once")],
            },
        ),
    ]
