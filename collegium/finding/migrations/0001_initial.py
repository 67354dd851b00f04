"""The tables of searches that are kept, and of the mails about them."""

import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.clock
import collegium.lib.ids
import collegium.members.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0005_findability"),
        ("openings", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("count", models.PositiveIntegerField(help_text="How many openings it told of.")),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Saved",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("address", models.CharField(help_text="What stands after the question mark.", max_length=2000)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("daily", "Every day"), ("weekly", "Once a week, on Monday"), ("never", "No mails")],
                        default="weekly",
                        max_length=6,
                    ),
                ),
                (
                    "chosen_at",
                    models.DateTimeField(default=collegium.lib.clock.now, help_text="When the rhythm was chosen."),
                ),
                ("due_at", models.DateTimeField(blank=True, help_text="When the next mail is due.", null=True)),
                ("since", models.DateTimeField(default=collegium.lib.clock.now)),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often the mail server put off the last mail."
                    ),
                ),
                ("looked_at", models.DateTimeField(default=collegium.lib.clock.now)),
                ("removed_at", models.DateTimeField(blank=True, help_text="Can be put back for a day.", null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="job_searches",
                        to="members.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "search", "opening", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="finding.letter"
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="openings.opening"
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="finding.saved",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="saved",
            index=models.Index(condition=models.Q(("removed_at", None)), fields=["due_at"], name="finding_due"),
        ),
        migrations.AddConstraint(
            model_name="saved",
            constraint=models.UniqueConstraint(
                models.F("member"),
                collegium.members.models.Fold("name"),
                condition=models.Q(("removed_at", None)),
                name="finding_saved_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="saved",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("address", ""), _negated=True)),
                name="finding_saved_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="saved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at", None), ("rhythm", "never")),
                    models.Q(("due_at__isnull", False), ("rhythm__in", ["daily", "weekly"])),
                    _connector="OR",
                ),
                name="finding_due_unless_never",
            ),
        ),
    ]
