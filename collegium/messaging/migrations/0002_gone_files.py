from django.db import migrations, models

NOTE = """
CREATE FUNCTION messaging_note_gone_files() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO messaging_gonefile (name)
        SELECT name FROM (SELECT stored FROM gone UNION SELECT small FROM gone) AS names (name) WHERE name <> ''
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER messaging_gone_files AFTER DELETE ON messaging_attachment
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION messaging_note_gone_files();
"""
FORGET = "DROP TRIGGER messaging_gone_files ON messaging_attachment; DROP FUNCTION messaging_note_gone_files()"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="GoneFile",
            fields=[("name", models.CharField(max_length=120, primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
