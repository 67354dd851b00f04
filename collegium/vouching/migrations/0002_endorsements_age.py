"""Endorsements remember when they were said last; those there are were said when they were made."""

from django.db import migrations, models

import collegium.lib.ids


class Migration(migrations.Migration):
    dependencies = [("vouching", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="endorsement",
            name="said",
            field=models.BigIntegerField(
                db_default=collegium.lib.ids.NewId(), editable=False, help_text="When it was said last, as a key."
            ),
        ),
        migrations.RunSQL("UPDATE vouching_endorsement SET said = id", migrations.RunSQL.noop),
    ]
