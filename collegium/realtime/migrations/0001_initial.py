import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import collegium.realtime.models

# Fires once a row at commit; the first time it sends what the whole transaction poked, then it only looks at its mark.
# It fires first for the row with the smallest key.
# One word is "topic milliseconds member,member,…" for at most 300 members; words are gathered up to what a NOTIFY may carry.
NOTIFY = """
CREATE FUNCTION realtime_notify() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
    word text;
    words text := '';
BEGIN
    IF current_setting('collegium.poked', true) = mine::text THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('collegium.poked', mine::text, true);
    FOR word IN
        SELECT topic || ' ' || (extract(epoch FROM max(at)) * 1000)::bigint || ' ' || string_agg(member_id::text, ',')
        FROM (
            SELECT topic, member_id, max(at) AS at, (row_number() OVER (PARTITION BY topic) - 1) / 300 AS part
            FROM realtime_poke
            WHERE id >= NEW.id AND batch = mine
            GROUP BY topic, member_id
        ) AS poked
        GROUP BY topic, part
    LOOP
        IF length(words) + length(word) > 7800 THEN
            PERFORM pg_notify('pokes', words);
            words := '';
        END IF;
        words := concat_ws(';', nullif(words, ''), word);
    END LOOP;
    PERFORM pg_notify('pokes', words);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER realtime_notify AFTER INSERT ON realtime_poke
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION realtime_notify()
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.member",
                    ),
                ),
                ("since", models.DateTimeField(help_text="From here on without a gap every poke was kept.")),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["seen_at"], name="realtime_open")],
            },
        ),
        migrations.CreateModel(
            name="Poke",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "batch",
                    models.BigIntegerField(
                        db_default=collegium.realtime.models.CurrentTransaction(),
                        help_text="Sent together: those of one transaction.",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "at"], name="realtime_pokes"),
                    models.Index(fields=["at"], name="realtime_age"),
                ],
            },
        ),
        migrations.RunSQL("ALTER TABLE realtime_poke SET UNLOGGED", "ALTER TABLE realtime_poke SET LOGGED"),
        migrations.RunSQL("ALTER TABLE realtime_line SET UNLOGGED", "ALTER TABLE realtime_line SET LOGGED"),
        migrations.RunSQL(NOTIFY, "DROP FUNCTION realtime_notify()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER realtime_notify ON realtime_poke"),
    ]
