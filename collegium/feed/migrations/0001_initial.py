import django.db.models.deletion
from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mix",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mix",
                        serialize=False,
                        to="members.member",
                    ),
                ),
                (
                    "sides",
                    models.CharField(
                        choices=[("professional", "Professional"), ("both", "Both")], default="both", max_length=12
                    ),
                ),
                (
                    "one_in",
                    models.SmallIntegerField(
                        default=1, help_text="At most one personal post in this many; 1 is no cap."
                    ),
                ),
                (
                    "seen",
                    models.BigIntegerField(
                        default=0, help_text="The newest post on the home page when it was last read."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("slug", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("body", models.CharField(max_length=1250)),
                ("html", models.CharField(max_length=50000)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("reaction_count", models.PositiveIntegerField(default=0)),
                ("form_key", models.UUIDField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="members.member"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="feed.comment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                ("body", models.CharField(max_length=5000)),
                ("html", models.CharField(max_length=200000)),
                (
                    "audience",
                    models.SmallIntegerField(
                        choices=[
                            (0, "Everyone"),
                            (1, "Members"),
                            (2, "My network"),
                            (3, "Connections"),
                            (4, "Only me"),
                        ],
                        default=3,
                    ),
                ),
                (
                    "facet",
                    models.CharField(
                        choices=[("professional", "Professional"), ("personal", "Personal")],
                        default="professional",
                        max_length=12,
                    ),
                ),
                (
                    "commenting",
                    models.CharField(
                        choices=[
                            ("anyone", "Anyone"),
                            ("connections", "Connections"),
                            ("mentioned", "Mentioned"),
                            ("nobody", "Nobody"),
                        ],
                        default="anyone",
                        max_length=12,
                    ),
                ),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("reaction_count", models.PositiveIntegerField(default=0)),
                ("comment_count", models.PositiveIntegerField(default=0)),
                (
                    "form_key",
                    models.UUIDField(
                        blank=True, help_text="Of the form that made it: a double submit is one post.", null=True
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="members.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="feed.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="members.member"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="feed.post"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="comment",
            name="post",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="feed.post"
            ),
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", collegium.lib.ids.IdField(serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("like", "Like"),
                            ("celebrate", "Celebrate"),
                            ("support", "Support"),
                            ("love", "Love"),
                            ("insightful", "Insightful"),
                            ("funny", "Funny"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to="feed.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to="members.member",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to="feed.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostTopic",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "topic_id", "post_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="post_topics", to="feed.post"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="feed.topic"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["author", "-id"], include=("audience", "facet"), name="feed_timeline"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("author", "form_key"), name="feed_post_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="feed_post_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(
                fields=("member", "post", "comment"), name="feed_mentioned_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["post", "id"], include=("author", "parent"), name="feed_thread"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=("author", "form_key"), name="feed_comment_once"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="feed_comment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.UniqueConstraint(fields=("member", "post"), name="feed_one_reaction_a_post"),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.UniqueConstraint(fields=("member", "comment"), name="feed_one_reaction_a_comment"),
        ),
        migrations.AddConstraint(
            model_name="reaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comment__isnull", True), ("post__isnull", False)),
                    models.Q(("comment__isnull", False), ("post__isnull", True)),
                    _connector="OR",
                ),
                name="feed_reaction_to_one_thing",
            ),
        ),
    ]
