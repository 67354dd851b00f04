import django.db.models.deletion
from django.db import migrations, models

import collegium.career.partial
import collegium.lib.ids
import collegium.members.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("career", "0001_initial"),
        ("members", "0003_pronunciation_indexed_language"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("since", collegium.career.partial.PartialDateField(blank=True, max_length=10)),
                ("until", collegium.career.partial.PartialDateField(blank=True, max_length=10)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=collegium.members.models.Fold("name"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
                (
                    "high",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.member"
                    ),
                ),
                (
                    "low",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("low", "high", "folded"), name="vouching_confirmed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))), name="vouching_confirmed_canonical"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by", models.F("low")), ("asked_by", models.F("high")), _connector="OR"
                        ),
                        name="vouching_confirmed_asked_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="vouching_confirms_a_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__regex", "^(\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?)?$")
                        ),
                        name="vouching_since_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__regex", "^(\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?)?$")
                        ),
                        name="vouching_until_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements_given",
                        to="members.member",
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="career.holding",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Whose skill it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "holding"], name="vouching_endorsed")],
                "constraints": [
                    models.UniqueConstraint(fields=("holding", "giver"), name="vouching_endorsed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("member")), _negated=True),
                        name="vouching_endorsed_not_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForeignEndorsement",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("direction", models.CharField(choices=[("received", "Received"), ("given", "Given")], max_length=8)),
                ("skill", models.CharField(max_length=100)),
                ("name", models.CharField(help_text="Of the other person, as in the archive.", max_length=200)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("status", models.CharField(blank=True, help_text="As in the archive: ACCEPTED …", max_length=20)),
                (
                    "said",
                    collegium.career.partial.PartialDateField(
                        blank=True, help_text="When, as exactly as the archive knows.", max_length=10
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="foreign_endorsements",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "direction", "skill", "name", "url"), name="vouching_foreign_endorsement_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said__regex", "^(\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?)?$")),
                        name="vouching_foreign_endorsed_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForeignRecommendation",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("direction", models.CharField(choices=[("received", "Received"), ("given", "Given")], max_length=8)),
                ("name", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("company", models.CharField(blank=True, max_length=200)),
                ("text", models.CharField(max_length=5000)),
                (
                    "status",
                    models.CharField(blank=True, help_text="As in the archive: VISIBLE, HIDDEN …", max_length=20),
                ),
                ("said", collegium.career.partial.PartialDateField(blank=True, max_length=10)),
                (
                    "fingerprint",
                    models.CharField(help_text="Of the text, so that an archive in twice is in once.", max_length=64),
                ),
                ("shown", models.BooleanField(default=False)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="foreign_recommendations",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "direction", "fingerprint"), name="vouching_foreign_recommendation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="vouching_foreign_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said__regex", "^(\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?)?$")),
                        name="vouching_foreign_said_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown", False),
                            models.Q(("direction", "received"), ("status", "VISIBLE")),
                            _connector="OR",
                        ),
                        name="vouching_foreign_showable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                (
                    "general",
                    models.BooleanField(
                        default=False,
                        help_text="Written about no position; a position may be deleted, and leaves the words behind.",
                    ),
                ),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("manager", "Manager"),
                            ("report", "Direct report"),
                            ("team", "Colleague in the same team"),
                            ("colleague", "Colleague in another team"),
                            ("client", "Client"),
                            ("supplier", "Supplier"),
                            ("partner", "Business partner"),
                            ("teacher", "Teacher"),
                            ("student", "Student"),
                            ("classmate", "Fellow student"),
                            ("mentor", "Mentor"),
                            ("mentee", "Mentee"),
                            ("volunteer", "Fellow volunteer"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("body", models.CharField(max_length=3000)),
                (
                    "draft",
                    models.CharField(
                        blank=True, help_text="An edit of what is shown, not yet approved.", max_length=3000
                    ),
                ),
                (
                    "draft_relationship",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manager", "Manager"),
                            ("report", "Direct report"),
                            ("team", "Colleague in the same team"),
                            ("colleague", "Colleague in another team"),
                            ("client", "Client"),
                            ("supplier", "Supplier"),
                            ("partner", "Business partner"),
                            ("teacher", "Teacher"),
                            ("student", "Student"),
                            ("classmate", "Fellow student"),
                            ("mentor", "Mentor"),
                            ("mentee", "Mentee"),
                            ("volunteer", "Fellow volunteer"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "remark",
                    models.CharField(blank=True, help_text="What the recipient asks to change.", max_length=500),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("returned", "Returned"),
                            ("shown", "Shown"),
                            ("hidden", "Hidden"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations_given",
                        to="members.member",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of the recipient.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="career.item",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "state", "-id"], name="vouching_recommended"),
                    models.Index(fields=["author", "-id"], name="vouching_recommendations_by"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "recipient", "item"), name="vouching_recommended_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("general", True)),
                        fields=("author", "recipient"),
                        name="vouching_recommended_once_in_general",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("recipient")), _negated=True),
                        name="vouching_recommended_not_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="vouching_recommends_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("draft", ""), ("state", "shown"), _connector="OR"),
                        name="vouching_draft_of_what_is_shown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft", ""), ("draft_relationship", "")),
                            models.Q(
                                models.Q(("draft", ""), _negated=True),
                                models.Q(("draft_relationship", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vouching_draft_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationRequest",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                (
                    "relationship",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manager", "Manager"),
                            ("report", "Direct report"),
                            ("team", "Colleague in the same team"),
                            ("colleague", "Colleague in another team"),
                            ("client", "Client"),
                            ("supplier", "Supplier"),
                            ("partner", "Business partner"),
                            ("teacher", "Teacher"),
                            ("student", "Student"),
                            ("classmate", "Fellow student"),
                            ("mentor", "Mentor"),
                            ("mentee", "Mentee"),
                            ("volunteer", "Fellow volunteer"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("declined", "Declined"),
                            ("written", "Written"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations_asked",
                        to="members.member",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        help_text="Position of the asker.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="career.item",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations_wished",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["writer", "-id"], name="vouching_requests_to"
                    ),
                    models.Index(fields=["asker", "-id"], name="vouching_requests_by"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "declined"])),
                        fields=("asker", "writer"),
                        name="vouching_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asker", models.F("writer")), _negated=True),
                        name="vouching_asked_not_oneself",
                    ),
                ],
            },
        ),
    ]
