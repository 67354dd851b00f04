"""The table of `limits`: unlogged, with room on its pages for rows that change all the time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lib", "0001_ground")]
    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("key", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("at", models.DateTimeField()),
                ("full_at", models.DateTimeField()),
                ("wait", models.FloatField()),
            ],
            options={"db_table": "lib_bucket"},
        ),
        migrations.RunSQL(
            "ALTER TABLE lib_bucket SET UNLOGGED; ALTER TABLE lib_bucket SET (fillfactor = 50)",
            "ALTER TABLE lib_bucket SET LOGGED; ALTER TABLE lib_bucket RESET (fillfactor)",
        ),
    ]
