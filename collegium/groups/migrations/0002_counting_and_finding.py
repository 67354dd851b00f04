"""The number of members is kept by the database, whoever writes; and groups are found by their words and by place."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

import collegium.members.models

COUNT = """
CREATE FUNCTION groups_count_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE groups_group g SET member_count = g.member_count + CASE TG_OP WHEN 'INSERT' THEN moved.n ELSE -moved.n END
    FROM (SELECT group_id, count(*) AS n FROM changed GROUP BY group_id ORDER BY group_id) moved
    WHERE g.id = moved.group_id;
    RETURN NULL;
END $$;
CREATE TRIGGER groups_member_came AFTER INSERT ON groups_membership
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION groups_count_members();
CREATE TRIGGER groups_member_left AFTER DELETE ON groups_membership
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION groups_count_members();
"""
FORGET = """
DROP TRIGGER groups_member_left ON groups_membership;
DROP TRIGGER groups_member_came ON groups_membership;
DROP FUNCTION groups_count_members();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0001_initial"),
        ("members", "0005_findability"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="membership",
            name="groups_members_of",
        ),
        migrations.AddField(
            model_name="group",
            name="folded_words",
            field=models.GeneratedField(
                db_persist=True,
                expression=collegium.members.models.Fold(
                    django.db.models.functions.text.Concat(
                        "name", models.Value(" "), "line", models.Value(" "), "place"
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="group",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded_words"], name="groups_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="group",
            index=models.Index(collegium.members.models.Fold("place"), name="groups_by_place"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["group", "-role", "since", "member"], name="groups_members_of"),
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
