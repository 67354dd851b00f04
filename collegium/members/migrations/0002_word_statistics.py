from django.db import migrations


class Migration(migrations.Migration):
    """How often a word occurs decides which way a search takes (see search/README.md); the usual sample is too coarse."""

    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE members_member ALTER COLUMN folded SET STATISTICS 300",
            "ALTER TABLE members_member ALTER COLUMN folded SET STATISTICS -1",
        ),
    ]
