"""Messages and invitations from elsewhere, for one member's eyes alone, and where they wait for her decision."""

import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_findability"),
        ("portability", "0004_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("mark", models.BinaryField(max_length=16)),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "people",
                    models.JSONField(
                        default=list, help_text="The others: name, and the end of the profile's address or none."
                    ),
                ),
                ("folder", models.CharField(blank=True, help_text="As it is called there.", max_length=40)),
                (
                    "said",
                    models.CharField(
                        blank=True, help_text="Title and names, folded, to be searched.", max_length=200000
                    ),
                ),
                ("count", models.IntegerField(default=0)),
                (
                    "last",
                    models.BigIntegerField(
                        default=0, help_text="When the newest was sent, in milliseconds; 0: not known."
                    ),
                ),
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
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("mark", models.BinaryField(max_length=16)),
                ("sent", models.BigIntegerField(default=0, help_text="In milliseconds since 1970; 0: not known.")),
                ("mine", models.BooleanField()),
                (
                    "name",
                    models.CharField(blank=True, help_text="Who wrote it, as the archive calls her.", max_length=200),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.CharField(blank=True, max_length=100000)),
                ("said", models.CharField(blank=True, help_text="Folded, to be searched.", max_length=200200)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="portability.thread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("talk", models.BinaryField(help_text="The mark of its conversation.", max_length=16)),
                ("mark", models.BinaryField(max_length=16)),
                ("sent", models.BigIntegerField()),
                ("mine", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.CharField(blank=True, max_length=100000)),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="portability.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invited",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("mark", models.BinaryField(max_length=16)),
                ("incoming", models.BooleanField()),
                (
                    "name",
                    models.CharField(blank=True, help_text="The other one, as the archive calls her.", max_length=200),
                ),
                ("slug", models.CharField(blank=True, max_length=200)),
                ("sent", models.BigIntegerField(default=0, help_text="In milliseconds since 1970; 0: not known.")),
                ("text", models.CharField(blank=True, help_text="The note that came with it.", max_length=4000)),
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
                "indexes": [models.Index(fields=["member", "incoming", "-sent", "-id"], name="portability_invited_of")],
                "constraints": [models.UniqueConstraint(fields=("member", "mark"), name="portability_invited_once")],
            },
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["member", "-last", "-id"], name="portability_threads_of"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.UniqueConstraint(fields=("member", "mark"), name="portability_thread_once"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["thread", "-sent", "-id"], name="portability_letters_in"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["member", "-sent", "-id"], name="portability_letters_of"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("thread", "mark"), name="portability_letter_once"),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["of", "talk"], name="portability_waiting_of"),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.CheckConstraint(condition=models.Q(("sent__gte", 0)), name="portability_waiting_sent"),
        ),
    ]
